import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../../src/capture/readSnapshot.ts';
import type { Rates } from '../../../src/model/rates.ts';
import { ratesOf } from '../../../src/model/ratesOf.ts';
import { type CaptureSection, captureText, grepOf, tailOf } from '../capture/captureText.ts';

interface SampleText {
  readonly uptime?: number;
  readonly boot?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly nics?: Readonly<Record<string, string>>;
  readonly listeners?: string;
  readonly netns?: string;
}

function sample(
  name: 'A' | 'B',
  { uptime = 100, boot = 'b1', files = {}, nics = {}, listeners = '', netns = 'net:[1]' }: SampleText,
): CaptureSection[] {
  const counters = { '/proc/uptime': `${uptime} 50.00\n`, '/proc/sys/kernel/random/boot_id': `${boot}\n`, ...files };
  return [
    { name: `counters@${name}`, stdout: tailOf(counters), at: uptime },
    { name: `nic-statistics@${name}`, stdout: grepOf(nics), at: uptime },
    { name: `netns@${name}`, stdout: `${netns}\n`, at: uptime },
    { name: `listeners@${name}`, stdout: listeners, at: uptime },
  ];
}

function rates(before: SampleText, after: SampleText): ReturnType<typeof ratesOf> {
  return ratesOf(readSnapshot(captureText([...sample('A', before), ...sample('B', { uptime: 102, ...after })])));
}

function value(before: SampleText, after: SampleText): Rates {
  const result = rates(before, after);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

/** A softnet_stat line of 13 columns. */
function softnet(cpu: number, processed: number, dropped = 0): string {
  const hex = (n: number): string => n.toString(16).padStart(8, '0');
  return [processed, dropped, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, cpu].map(hex).join(' ');
}

describe('there are no rates', () => {
  it.each([
    ['across a reboot, told by the boot id', { boot: 'b1' }, { boot: 'b2' }, 'restarted'],
    ['across a reboot, told by the uptime', { uptime: 9000 }, { uptime: 12 }, 'restarted'],
    ['between two network namespaces', { netns: 'net:[1]' }, { netns: 'net:[2]' }, 'namespaces'],
    ['when no time passed', { uptime: 100 }, { uptime: 100 }, 'no time'],
  ])('%s', (_name, before, after, reason) => {
    const result = rates(before, after);
    expect(result).toMatchObject({ ok: false });
    expect(result.ok ? '' : result.reason).toContain(reason);
  });

  it('from one sample', () => {
    expect(ratesOf(readSnapshot(captureText(sample('A', {}))))).toMatchObject({ ok: false });
  });
});

describe('softnet', () => {
  const path = '/proc/net/softnet_stat';

  it('is matched by CPU number, not by line, when a CPU goes and another comes', () => {
    const before = { files: { [path]: `${softnet(0, 10)}\n${softnet(1, 1000)}\n${softnet(2, 500)}\n` } };
    const after = { files: { [path]: `${softnet(0, 30)}\n${softnet(2, 600, 4)}\n${softnet(3, 7)}\n` } };
    const { softnet: perCpu, notes } = value(before, after);
    expect([...perCpu].map(([cpu, rate]) => [cpu, rate.processed?.perSecond])).toEqual([
      [0, 10],
      [2, 50],
    ]);
    expect(perCpu.get(2)?.dropped?.perSecond).toBe(2);
    expect(notes.join('\n')).toContain('CPU 1 went offline');
    expect(notes.join('\n')).toContain('CPU 3 came online');
  });

  it('wraps at 32 bits', () => {
    const { softnet: perCpu } = value(
      { files: { [path]: softnet(0, 0xffff_fff0) } },
      { files: { [path]: softnet(0, 0x10) } },
    );
    expect(perCpu.get(0)?.processed).toMatchObject({ delta: 0x20, perSecond: 0x10 });
  });
});

describe('interrupts', () => {
  const path = '/proc/interrupts';
  const table = (cpus: string, ...rows: string[]): SampleText => ({
    files: { [path]: `      ${cpus}\n${rows.join('\n')}\n` },
  });

  it('are matched by label and CPU number', () => {
    const before = table('CPU0       CPU1       CPU2', ' 24:  10  20  30  PCI-MSI 1-edge eth0-rx-0', 'ERR:  0');
    const after = table('CPU0       CPU2', ' 24:  14  36  PCI-MSI 1-edge eth0-rx-0', 'ERR:  2');
    const { interrupts } = value(before, after);
    expect(interrupts.cpus).toEqual([0, 2]);
    expect(Array.from(interrupts.rows.get('24') ?? [])).toEqual([4, 6]);
    expect(Array.from(interrupts.rows.get('ERR') ?? [])).toEqual([2]);
  });

  it('have no rate when the number was given to another interrupt', () => {
    const { interrupts, notes } = value(
      table('CPU0', ' 24:  10  PCI-MSI 1-edge eth0-rx-0'),
      table('CPU0', ' 24:  900  PCI-MSI 7-edge nvme0q1'),
    );
    expect(interrupts.rows.has('24')).toBe(false);
    expect(notes.join()).toContain('IRQ 24');
  });
});

describe('NICs', () => {
  const file = (nic: string, name: string): string => `/sys/class/net/${nic}/statistics/${name}`;

  it('that were reset have no rate, and the note says so; others keep theirs', () => {
    const before = { nics: { [file('eth0', 'rx_packets')]: '1000', [file('eth1', 'rx_packets')]: '10' } };
    const after = {
      nics: {
        [file('eth0', 'rx_packets')]: '3',
        [file('eth1', 'rx_packets')]: '30',
        [file('eth2', 'rx_packets')]: '5',
      },
    };
    const { nicStatistics, notes } = value(before, after);
    expect(nicStatistics.get('eth0')?.get('rx_packets')).toBeUndefined();
    expect(nicStatistics.get('eth1')?.get('rx_packets')?.perSecond).toBe(10);
    expect(nicStatistics.has('eth2')).toBe(false);
    expect(notes).toEqual(
      expect.arrayContaining([expect.stringContaining('eth0'), expect.stringContaining('eth2 appeared')]),
    );
  });
});

describe('notes', () => {
  it('name the first fifty and how many more there are', () => {
    const nics = (count: number): SampleText => ({
      nics: Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`/sys/class/net/veth${at}/statistics/rx_packets`, '1']),
      ),
    });
    expect(value(nics(1), nics(51)).notes).toHaveLength(50);
    const { notes } = value(nics(1), nics(1001));
    expect(notes).toHaveLength(51);
    expect(notes.at(-1)).toBe('and 950 more');
  });
});

describe('protocol counters', () => {
  it('are 64-bit, by name, without what is a state and not a counter', () => {
    const snmp = (out: number, estab: number): SampleText => ({
      files: { '/proc/net/snmp': `Tcp: CurrEstab OutSegs\nTcp: ${estab} ${out}\n` },
    });
    const { protocols } = value(snmp(100, 50), snmp(300, 10));
    expect(protocols.get('Tcp')?.get('OutSegs')?.perSecond).toBe(100);
    expect(protocols.get('Tcp')?.has('CurrEstab')).toBe(false);
  });
});

describe('listeners', () => {
  it('that share a port add up their drops', () => {
    const rows = (d1: number, d2: number): SampleText => ({
      listeners: [d1, d2]
        .map((d) => `LISTEN 0 128 0.0.0.0:80 0.0.0.0:* skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d${d})`)
        .join('\n'),
    });
    expect(value(rows(1, 2), rows(5, 2)).listenerDrops.get('0.0.0.0:80')).toMatchObject({
      before: 3,
      after: 7,
      perSecond: 2,
    });
  });
});

describe('parts that were read later than the counters', () => {
  it('are divided by their own time', () => {
    const stats = (name: string, at: number, value: number): CaptureSection => ({
      name,
      at,
      stdout: `NIC statistics:\n     rx_drops: ${value}\n`,
    });
    const nic = { name: 'netdev', stdout: grepOf({ '/sys/class/net/eth0/device/uevent': 'DRIVER=virtio_net' }) };
    const text = captureText([
      nic,
      ...sample('A', {}),
      stats('ethtool-S@A eth0', 100, 10),
      ...sample('B', { uptime: 102 }),
      stats('ethtool-S@B eth0', 104, 50),
    ]);
    const result = ratesOf(readSnapshot(text));
    expect(result.ok && result.value.ethtoolStats.get('eth0')?.get('rx_drops')).toMatchObject({
      delta: 40,
      seconds: 4,
      perSecond: 10,
    });
  });
});
