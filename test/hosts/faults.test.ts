import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import { type Observation, observe } from '../../src/capture/observation.ts';
import { takeCapture } from '../../src/capture/takeCapture.ts';
import type { Finding } from '../../src/diagnosis/finding.ts';
import { listenerAsleep, udpReceiverAsleep } from './faults.ts';
import { sshCase, targetOf } from './sshCase.ts';
import { startSshd } from './sshd.ts';

function findingOf(observation: Observation, rule: string): Finding | undefined {
  return observation.diagnosis.findings.find((finding) => finding.rule === rule);
}

describe('a real fault', () => {
  it('of a UDP receiver that does not read is found over SSH, with the kernel’s own numbers', async () => {
    const sshd = await startSshd();
    const fault = await udpReceiverAsleep();
    try {
      const { transport } = sshCase(targetOf(sshd));
      const signal = new AbortController().signal;
      const capture = await takeCapture(transport, { intervalSeconds: 2, deadlineMs: 20_000, signal });
      transport.close();
      const observation = observe(capture.toString('utf8'));
      const finding = findingOf(observation, 'R44');
      expect(finding?.severity).toBe('crit');
      const errors = observation.rates.ok
        ? observation.rates.value.protocols.get('Udp')?.get('RcvbufErrors')
        : undefined;
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

  it.runIf(process.getuid?.() === 0)(
    'of a listener that does not accept is found in its own network namespace',
    async () => {
      const fault = await listenerAsleep();
      try {
        const [program = 'sh', ...args] = [...fault.inside, 'sh', '-s', '--', '3'];
        const text = execFileSync(program, args, { input: collectorScript, encoding: 'utf8', maxBuffer: 1 << 26 });
        const observation = observe(text);
        expect(observation.snapshot.host.initialNetns).toBe(false);
        const finding = findingOf(observation, 'R18');
        expect(finding?.title).toContain('7002');
        expect(finding?.changes).toContainEqual(
          expect.objectContaining({ kind: 'sysctl', key: 'net.core.somaxconn', current: '8' }),
        );
        // What the namespace hides is said to be missing, not found healthy or broken.
        const squeeze = findingOf(observation, 'R02');
        expect(squeeze?.changes ?? []).toEqual([]);
      } finally {
        await fault.stop();
      }
    },
  );

  it('leaves nothing behind: a quiet machine has no loss', async () => {
    const text = execFileSync('sh', ['-s', '--', '1'], {
      input: collectorScript,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    const { diagnosis } = observe(text);
    expect(diagnosis.findings.filter((finding) => ['R44', 'R18', 'R24', 'R25', 'R06'].includes(finding.rule))).toEqual(
      [],
    );
    expect(diagnosis.checked).toEqual(expect.arrayContaining(['R01', 'R02', 'R18', 'R24', 'R44']));
  });
});
