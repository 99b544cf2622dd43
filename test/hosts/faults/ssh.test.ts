import { expect, it } from 'vitest';
import { observe } from '../../../src/capture/observation.ts';
import { takeCapture } from '../../../src/capture/takeCapture.ts';
import { sshCase, targetOf } from '../sshCase.ts';
import { startSshd } from '../sshd.ts';
import { udpReceiverAsleep } from '../udpReceiverAsleep.ts';

it('a UDP receiver that does not read is found over SSH, with the kernel’s own numbers', async () => {
  const sshd = await startSshd();
  const fault = await udpReceiverAsleep();
  try {
    const { transport } = sshCase(targetOf(sshd));
    const signal = new AbortController().signal;
    const capture = await takeCapture(transport, { intervalSeconds: 2, deadlineMs: 20_000, signal });
    transport.close();
    const { diagnosis, rates } = observe(capture.toString('utf8'));
    const finding = diagnosis.findings.find(({ rule }) => rule === 'R44');
    expect(finding?.severity).toBe('crit');
    const errors = rates.ok ? rates.value.protocols.get('Udp')?.get('RcvbufErrors') : undefined;
    expect(errors?.perSecond).toBeGreaterThan(1000);
    expect(finding?.evidence.some(({ before, after }) => before === errors?.before && after === errors?.after)).toBe(
      true,
    );
    expect(finding?.changes.map((change) => change.kind === 'sysctl' && change.key)).toContain('net.core.rmem_max');
  } finally {
    await fault.stop();
    await sshd.stop();
  }
});
