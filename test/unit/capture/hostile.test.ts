import { describe, expect, it } from 'vitest';
import { parseCapture } from '../../../src/capture/frame.ts';
import { isCapture, readSnapshot } from '../../../src/capture/readSnapshot.ts';
import { captureText, grepOf } from './captureText.ts';

/** Milliseconds; generous, since what is tested is the difference between linear and quadratic. */
function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

describe('a capture made to hurt', () => {
  it('may hold many sections that are never closed', () => {
    const text = `@@pp packet-path 1\n${'\n@@pp < a\n'.repeat(100_000)}`;
    let sections = 0;
    expect(timeOf(() => (sections = parseCapture(text).sections.length))).toBeLessThan(2000);
    expect(sections).toBe(100_000);
  });

  it('is read up to the 100,000th section, which it says', () => {
    const { sections, problems } = parseCapture(`@@pp packet-path 1\n${'\n@@pp < a\n'.repeat(100_001)}`);
    expect(sections).toHaveLength(100_000);
    expect(problems).toEqual(['the capture has more than 100000 sections: the rest of it is not read']);
  });

  it('may repeat closing and error markers', () => {
    const text = `@@pp packet-path 1\n\n@@pp < a\n1${'\n@@pp !\nx'.repeat(50_000)}${'\n@@pp > 0 1 2 a'.repeat(50_000)}`;
    expect(timeOf(() => parseCapture(text))).toBeLessThan(2000);
    expect(parseCapture(text).sections).toMatchObject([{ name: 'a', status: 0, stdout: '1' }]);
  });

  it('may name its interrupts without end', () => {
    for (const action of [`eth0-${'1'.repeat(300_000)}x`, `eth0${'@'.repeat(300_000)}x`]) {
      const nic = { name: 'netdev', stdout: grepOf({ '/sys/class/net/eth0/device/uevent': 'DRIVER=igb' }) };
      const msi = { name: 'msi', stdout: '/sys/class/net/eth0/device/msi_irqs 24\n' };
      const text = captureText([nic, msi, { name: 'irq', stdout: grepOf({ '/sys/kernel/irq/24/actions': action }) }]);
      expect(timeOf(() => expect(readSnapshot(text).nics[0]?.irqs).toHaveLength(1))).toBeLessThan(2000);
    }
  });

  it('may not have one queue twice', () => {
    const files = ['rx-0/rps_cpus', 'rx-00/rps_cpus', 'rx-0/tx_maxrate'].map((file) => [
      `/sys/class/net/eth0/queues/${file}`,
      '0',
    ]);
    const { nics } = readSnapshot(captureText([{ name: 'queues', stdout: grepOf(Object.fromEntries(files)) }]));
    expect(nics[0]?.queues.map(({ direction, index }) => `${direction}-${index}`)).toEqual(['rx-0']);
  });

  it('is known by its header alone', () => {
    const text = `motd\n@@pp packet-path 1\n${'\n@@pp < a\n'.repeat(1_000_000)}`;
    expect(timeOf(() => expect(isCapture(text)).toBe(true))).toBeLessThan(200);
    expect(isCapture('@@pp packet-way 1\n')).toBe(false);
  });

  it('names no control character in its problems', () => {
    expect(parseCapture('@@pp packet-path 1\n\n@@pp < a\u001b[31m\u202eb\n').problems.join()).not.toMatch(
      /[\p{Cc}\p{Cf}]/u,
    );
  });
});

describe('what a host says of itself', () => {
  const host = (parts: { date?: string; hostname?: string; os?: string; kernel?: string }) =>
    readSnapshot(
      captureText([
        { name: 'date', stdout: `${parts.date ?? '1795412619'}\n` },
        {
          name: 'ident',
          stdout: grepOf({
            '/proc/sys/kernel/hostname': parts.hostname ?? 'web-1',
            '/proc/sys/kernel/osrelease': parts.kernel ?? '6.1.0',
            '/etc/os-release': `PRETTY_NAME="${parts.os ?? 'Debian'}"`,
          }),
        },
      ]),
    ).host;

  it('is taken as it is when it is plain', () => {
    expect(host({})).toMatchObject({
      hostname: 'web-1',
      kernel: '6.1.0',
      os: 'Debian',
      takenAt: 1_795_412_619_000,
    });
  });

  it.each(['99999999999999', '-99999999999999', '1e300', '0.0001', 'Infinity', '', 'x', '12345678901234567890'])(
    'is no date: %j',
    (date) => {
      expect(host({ date }).takenAt).toBeNull();
    },
  );

  it('shows no control character and is bounded', () => {
    const evil = `a\u001b]0;x\u0007\u202e${'b'.repeat(5000)}`;
    const { hostname, kernel, os } = host({ hostname: evil, kernel: evil, os: evil });
    for (const word of [hostname, kernel, os]) {
      expect(word).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(word?.length).toBeLessThan(210);
    }
    expect(host({ hostname: '\u0007' }).hostname).toBeNull();
  });
});
