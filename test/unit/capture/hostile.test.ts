import { describe, expect, it } from 'vitest';
import { CaptureOutput } from '../../../src/capture/captureOutput.ts';
import { isCapture, parseCapture } from '../../../src/capture/frame.ts';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import { timeOf } from '../fuzz.ts';
import { captureText, grepOf, tailOf } from './captureText.ts';

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

describe('what arrives of a capture', () => {
  it('is not whole because a NIC is called "end"', () => {
    const output = new CaptureOutput('t1', 1024);
    output.take(Buffer.from('@@t1 packet-path 1\n\n@@t1 < ethtool-S@A end\n\n@@t1 > 0 1.00 1.01 ethtool-S@A end\n'));
    expect(output).toMatchObject({ sections: 1 });
    expect(output.isWhole()).toBe(false);
    output.take(Buffer.from('\n@@t1 < end\n\n@@t1 > 0 - - end\n'));
    expect(output.isWhole()).toBe(true);
  });

  const whole = captureText([
    { name: 'date', stdout: '1\n' },
    { name: 'sysctl', stdout: '' },
  ]);

  it('may come byte by byte, without costing more than its bytes or being counted twice', () => {
    const output = new CaptureOutput('t1', 8 * 1024 * 1024);
    for (const byte of Buffer.from(whole)) {
      expect(output.isWhole()).toBe(false);
      output.take(Buffer.of(byte));
    }
    expect(output).toMatchObject({ sections: 3, sawHeader: true });
    expect(output.isWhole()).toBe(true);
    expect(output.capture().toString()).toBe(whole);
    const before = process.memoryUsage().arrayBuffers;
    const one = Buffer.of(120);
    expect(timeOf(() => Array.from({ length: 1_000_000 }, () => output.take(one)))).toBeLessThan(5000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  });

  it('may end in a closing marker that never ends, byte by byte', () => {
    const output = new CaptureOutput('t1', 8 * 1024 * 1024);
    output.take(Buffer.from('@@t1 packet-path 1\n\n@@t1 < a\n\n@@t1 > '));
    const one = Buffer.of(120);
    expect(timeOf(() => Array.from({ length: 500_000 }, () => output.take(one) && output.isWhole()))).toBeLessThan(
      5000,
    );
  });

  it('is bounded over both outputs', () => {
    const output = new CaptureOutput('t1', 10_000);
    expect([output.take(Buffer.alloc(5000)), output.takeError(Buffer.alloc(5000, 'e'))]).toEqual([true, true]);
    expect([output.take(Buffer.alloc(1)), output.takeError(Buffer.alloc(1))]).toEqual([false, false]);
    expect(output.errors).toBe('e'.repeat(4096));
    expect(output.capture()).toHaveLength(5000);
  });

  it('leaves out what came before it when that is a capture of its own, and nothing else', () => {
    for (const [before, kept] of [
      ['Welcome\n', 'Welcome\n'],
      [whole.replaceAll('t1', 't0'), ''],
    ] as const) {
      const output = new CaptureOutput('t1', 10_000);
      output.take(Buffer.from(before + whole));
      expect(output.capture().toString()).toBe(kept + whole);
    }
  });
});

describe('a capture that ends anywhere', () => {
  const counters = tailOf({
    '/proc/net/sockstat': 'sockets: used 1234\nTCP: inuse 5678 orphan 0 tw 0 alloc 9 mem 1\n',
  });
  const text = captureText([
    { name: 'counters@A', stdout: `${counters}\n==> /proc/uptime <==\n1 1\n` },
    { name: 'nic-statistics@A', stdout: grepOf({ '/sys/class/net/eth0/statistics/rx_dropped': '123456' }) },
    {
      name: 'sysctl',
      stdout: grepOf({ '/proc/sys/net/core/somaxconn': '4096', '/proc/sys/net/core/rmem_max': '212992' }),
    },
    { name: 'netdev', stdout: grepOf({ '/sys/class/net/eth0/mtu': '9000' }) },
  ]);

  it('holds what it holds whole: no half number, no nought, and says why the rest is missing', () => {
    const full = readSnapshot(text);
    for (let length = text.indexOf('counters@A') + 11; length < text.length - 40; length++) {
      const { samples, sysctl, nics, problems } = readSnapshot(text.slice(0, length));
      expect(problems.join()).toContain('cut off');
      for (const [now, then] of [
        [samples[0]?.sockstat, full.samples[0]?.sockstat],
        [samples[0]?.nicStatistics, full.samples[0]?.nicStatistics],
        [sysctl, full.sysctl],
      ]) {
        if (now?.ok === true) expect(now).toEqual(then);
        else expect(now).toMatchObject({ kind: 'truncated', reason: expect.stringMatching(/the capture ends/) });
      }
      expect([undefined, null, 9000]).toContain(nics[0]?.mtu);
    }
  });

  it('may be one line of 60 MB', () => {
    const name = 'x'.repeat(60_000_000);
    const long = captureText([{ name: 'ident', stdout: grepOf({ '/proc/sys/kernel/hostname': name }) }]);
    expect(timeOf(() => expect(readSnapshot(long).host.hostname).toHaveLength(203))).toBeLessThan(5000);
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
