import { describe, expect, test } from 'vitest';
import type { ProcNetStat } from '../../../src/kernel/procNetStat.ts';
import { type Case, cpuTimes, findingOf, findingsOf, have, reasonOf, severitiesOf, softnet } from './build.ts';

type Ticks = Parameters<typeof cpuTimes>[0];

/** Ticks of each CPU in the two seconds between the samples. */
function spent(rows: Ticks): Case {
  return { before: cpuTimes(rows.map(({ cpu }) => ({ cpu }))), after: cpuTimes(rows) };
}

describe('R36 softirq', () => {
  test.each<[number, string[]]>([
    [100, []],
    [101, ['warn']],
    [160, ['warn']],
    [161, ['crit']],
  ])('%i of 200 ticks: %j', (softirq, expected) => {
    expect(severitiesOf('R36', spent([{ cpu: 0, softirq, idle: 200 - softirq }]))).toEqual(expected);
  });

  test('names the worst, and that others are idle', () => {
    const finding = findingOf(
      'R36',
      spent([
        { cpu: 0, idle: 200 },
        { cpu: 1, softirq: 190, idle: 10 },
        { cpu: 2, softirq: 120, idle: 80 },
      ]),
    );
    expect(finding.title).toBe('CPU 1 spends 95 % of its time in softirq and 1 more CPUs above 50 %');
    expect(finding.why).toContain('1 of 3 CPUs are idle');
    expect(finding.cpus).toEqual([1, 2]);
  });
});

test.each<[number, string[]]>([
  [10, []],
  [11, ['warn']],
  [41, ['crit']],
])('R37 %i of 200 ticks stolen: %j', (steal, expected) => {
  expect(severitiesOf('R37', spent([{ cpu: 0, steal, idle: 200 - steal }]))).toEqual(expected);
});

test('R37 one CPU of many that is stolen from is no matter of the host', () => {
  const others = [1, 2, 3].map((cpu) => ({ cpu, idle: 200 }));
  expect(findingsOf('R37', spent([{ cpu: 0, steal: 20, idle: 180 }, ...others]))).toEqual([]);
});

describe('R03 imbalance', () => {
  /** Packets a second of each CPU. */
  const packets = (rates: readonly number[], lo = 0): Case => {
    const rows = (factor: number) => softnet(rates.map((rate, cpu) => ({ cpu, processed: rate * factor })));
    const counters = (rx_packets: number) => {
      const names = [
        'bytes',
        'packets',
        'errs',
        'drop',
        'fifo',
        'frame',
        'compressed',
        'multicast',
        'colls',
        'carrier',
      ];
      const zeros = Object.fromEntries(names.flatMap((name) => [`rx_${name}`, `tx_${name}`].map((key) => [key, 0])));
      return { netDev: have([{ name: 'lo', counters: { ...zeros, rx_packets } }]) as never };
    };
    return { before: { ...rows(0), ...counters(0) }, after: { ...rows(2), ...counters(2 * lo) } };
  };

  test('one CPU with more than half of much', () => {
    expect(findingOf('R03', packets([60_000, 5000, 5000, 5000])).title).toBe(
      'CPU 0 takes 80 % of 75,000 packets/s; 3 others share the rest',
    );
  });

  test.each<[string, Case]>([
    ['even', packets([20_000, 20_000, 20_000, 20_000])],
    ['little', packets([30_000, 1000, 1000, 1000])],
    ['few CPUs', packets([60_000, 1000])],
    ['loopback, which no queue spreads', packets([60_000, 5000, 5000, 5000], 70_000)],
  ])('silent: %s', (_, parts) => {
    expect(findingsOf('R03', parts)).toEqual([]);
  });
});

const table = (entries: number, columns: Readonly<Record<string, number>>): ProcNetStat => ({
  entries,
  columns: new Map(Object.entries(columns).map(([name, value]) => [name, [value]])),
});

describe('R46 conntrack', () => {
  const tracked = (count: number, drop = 0, host: Case['host'] = {}): Case => ({
    before: { netStat: new Map([['nf_conntrack', have(table(count, { drop: 0, early_drop: 0 }))]]) },
    after: {
      conntrackCount: have(count),
      netStat: new Map([['nf_conntrack', have(table(count, { drop, early_drop: 0 }))]]),
    },
    sysctl: { 'net.netfilter.nf_conntrack_max': '1000' },
    host,
  });

  test.each<[number, number, string[]]>([
    [750, 0, []],
    [751, 0, ['warn']],
    [951, 0, ['crit']],
    [10, 1, ['crit']],
  ])('%i of 1,000, %i dropped: %j', (count, drop, expected) => {
    expect(severitiesOf('R46', tracked(count, drop))).toEqual(expected);
  });

  test('is raised on the host only', () => {
    expect(findingOf('R46', tracked(1000)).changes).toMatchObject([{ value: '65536', current: '1000' }]);
    expect(findingOf('R46', tracked(1000, 0, { initialNetns: false })).changes).toEqual([]);
  });

  test('says so where nothing is tracked', () => {
    expect(reasonOf('R46', { after: {} })).not.toBeNull();
  });
});

test('R47 inserts that race', () => {
  const failed = (insert_failed: number): Case => ({
    before: { netStat: new Map([['nf_conntrack', have(table(1, { insert_failed: 0 }))]]) },
    after: { netStat: new Map([['nf_conntrack', have(table(1, { insert_failed }))]]) },
  });
  expect(severitiesOf('R47', failed(0))).toEqual([]);
  expect(severitiesOf('R47', failed(1))).toEqual(['info']);
  expect(severitiesOf('R47', failed(3))).toEqual(['warn']);
});

describe('R49 neighbours', () => {
  const neighbours = (entries: number, table_fulls = 0): Case => ({
    before: { netStat: new Map([['arp_cache', have(table(entries, { table_fulls: 0 }))]]) },
    after: { netStat: new Map([['arp_cache', have(table(entries, { table_fulls }))]]) },
    sysctl: Object.fromEntries(
      [128, 512, 1024].map((size, at) => [`net.ipv4.neigh.default.gc_thresh${at + 1}`, `${size}`]),
    ),
  });

  test.each<[number, number, string[]]>([
    [512, 0, []],
    [513, 0, ['warn']],
    [922, 0, ['crit']],
    [5, 1, ['crit']],
  ])('%i entries, %i times full: %j', (entries, fulls, expected) => {
    expect(severitiesOf('R49', neighbours(entries, fulls))).toEqual(expected);
  });

  test('doubles the three thresholds', () => {
    expect(findingOf('R49', neighbours(1000)).changes).toMatchObject([
      { value: '256' },
      { value: '1024' },
      { value: '2048' },
    ]);
  });
});
