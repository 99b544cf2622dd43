import { describe, expect, test } from 'vitest';
import type { InterruptTable } from '../../../src/kernel/interrupts.ts';
import { parseInterrupts } from '../../../src/kernel/interrupts.ts';
import { parseQdiscText } from '../../../src/kernel/qdisc.ts';
import type { Nic, NicIrq, NicQueue, Sample } from '../../../src/model/snapshot.ts';
import {
  type Case,
  cpuTimes,
  ethtool,
  findingOf,
  findingsOf,
  have,
  nicOf,
  severitiesOf,
  snmp,
  statistics,
} from './build.ts';

/** The statistics of eth0, which stood at 0 two seconds ago. */
function counted(counters: Readonly<Record<string, number>>, nic: Partial<Nic> = {}): Case {
  const zeros = Object.fromEntries(Object.keys(counters).map((name) => [name, 0]));
  return { before: statistics({ eth0: zeros }), after: statistics({ eth0: counters }), nics: [nicOf('eth0', nic)] };
}

describe('R14 damage, R15 the link', () => {
  test.each<[number, number, string[]]>([
    [0, 100_000, []],
    [5, 100_000, ['info']],
    [2000, 100_000, ['warn']],
    [50, 100, ['info']],
  ])('%i CRC errors of %i frames: %j', (rx_crc_errors, rx_packets, expected) => {
    expect(severitiesOf('R14', counted({ rx_crc_errors, rx_packets }))).toEqual(expected);
  });

  test.each<[number, string[]]>([
    [0, []],
    [1, ['info']],
    [2, ['warn']],
  ])('%i changes of the carrier: %j', (carrier_changes, expected) => {
    expect(severitiesOf('R15', counted({ carrier_changes }))).toEqual(expected);
  });

  test('nothing of the kernel cures a cable', () => {
    expect(findingOf('R14', counted({ rx_crc_errors: 9, rx_packets: 9 })).changes).toEqual([]);
  });
});

/** Driver counters of eth0, which stood at 0 two seconds ago. */
function driver(counters: Readonly<Record<string, number>>, nic: Partial<Nic> = {}): Case {
  const zeros = Object.fromEntries(Object.keys(counters).map((name) => [name, 0]));
  return { before: ethtool({ eth0: zeros }), after: ethtool({ eth0: counters }), nics: [nicOf('eth0', nic)] };
}

const limits: NicQueue['limits'] = {
  limit: 1,
  limitMin: null,
  limitMax: null,
  inflight: null,
  holdTimeMs: null,
  stallThresholdMs: null,
  stallCount: null,
  stallMaxMs: null,
};

function queue(parts: Partial<NicQueue>): NicQueue {
  const rest = { cpus: [], flowCount: 0, rxQueues: null, maxRate: null, trafficClass: null, limits: null };
  return { direction: 'rx', index: 0, ...rest, ...parts };
}

test.each<[string, string, Case, string[]]>([
  ['R16', 'told to pause', driver({ rx_pause_ctrl_phy: 201 }), ['warn']],
  ['R16', 'seldom', driver({ rx_pause_ctrl_phy: 200 }), []],
  ['R16', 'the time it took is no frame', driver({ rx_prio0_pause_duration: 90_000 }), []],
  ['R17', 'packets', driver({ pps_allowance_exceeded: 1 }, { driver: 'ena' }), ['warn']],
  ['R17', 'connections', driver({ conntrack_allowance_exceeded: 1 }, { driver: 'ena' }), ['crit']],
  ['R17', 'none', driver({ pps_allowance_exceeded: 0 }, { driver: 'ena' }), []],
  ['R41', 'busy', driver({ tx_busy: 201 }), ['warn']],
  ['R41', 'seldom', driver({ tx_busy: 200 }), []],
  ['R41', 'stopped without limits', driver({ tx_queue_stopped: 900 }), ['warn']],
  [
    'R41',
    'stopped by byte queue limits: flow control',
    driver({ tx_queue_stopped: 900 }, { queues: [queue({ direction: 'tx', limits })] }),
    [],
  ],
  ['R42', 'timed out', counted({ 'tx-0/tx_timeout': 1 }), ['crit']],
  ['R42', 'not', counted({ 'tx-0/tx_timeout': 0 }), []],
])('%s %s', (rule, _, parts, expected) => {
  expect(severitiesOf(rule, parts)).toEqual(expected);
});

/** /proc/interrupts of `vectors` receive queues, and CPUs: how often each interrupted which CPU in two seconds. */
function interrupts(counts: readonly (readonly number[])[]): { before: InterruptTable; after: InterruptTable } {
  const table = (factor: number): InterruptTable =>
    parseInterrupts(
      [
        counts[0]?.map((_, cpu) => `CPU${cpu}`).join(' ') ?? '',
        ...counts.map(
          (row, n) => `${n + 30}: ${row.map((count) => count * factor).join(' ')} PCI-MSI ${n}-edge eth0-rx-${n}`,
        ),
        '',
      ].join('\n'),
    ).value;
  return { before: table(0), after: table(1) };
}

function vector(queueNumber: number): NicIrq {
  const nothing = { cpus: null, requested: null, hint: null, node: null };
  return {
    irq: String(30 + queueNumber),
    action: `eth0-rx-${queueNumber}`,
    role: 'rx',
    queue: queueNumber,
    ...nothing,
  };
}

function vectors(counts: readonly (readonly number[])[], more: Partial<Nic> = {}, sample: Partial<Sample> = {}): Case {
  const cpus = counts[0]?.map((_, cpu) => cpu) ?? [];
  const { before, after } = interrupts(counts);
  const idle = cpuTimes(cpus.map((cpu) => ({ cpu })));
  const busy = cpuTimes(cpus.map((cpu) => ({ cpu, softirq: cpu === 0 ? 180 : 0, idle: cpu === 0 ? 20 : 200 })));
  return {
    before: { interrupts: have(before), ...idle, ...statistics({ eth0: { rx_packets: 0 } }) },
    after: { interrupts: have(after), ...busy, ...statistics({ eth0: { rx_packets: 60_000 } }), ...sample },
    nics: [nicOf('eth0', { irqs: counts.map((_, n) => vector(n)), ...more })],
    cpus: { online: cpus },
  };
}

describe('interrupts of a NIC', () => {
  test('R04: one of two queues takes most, and the table that does not use the other is evened', () => {
    const rss = have({
      rings: 2,
      table: [0, 0, 0, 0],
      hashKey: null,
      hashFunctions: new Map(),
      inputTransformations: new Map(),
    });
    const hot = vectors(
      [
        [14_000, 0],
        [0, 2000],
      ],
      { rss },
    );
    expect(findingOf('R04', hot)).toMatchObject({
      title: 'eth0 brings 88 % of its interrupts by one of 2 queues (eth0-rx-0)',
      changes: [{ kind: 'ethtool', set: 'rxfh', name: 'equal', value: '2' }],
    });
    expect(
      findingsOf(
        'R04',
        vectors([
          [6000, 0],
          [0, 6000],
        ]),
      ),
    ).toEqual([]);
    expect(
      findingsOf(
        'R04',
        vectors([
          [8000, 0],
          [0, 100],
        ]),
      ),
    ).toEqual([]);
  });

  test('R08: three busy vectors on a CPU while another has none', () => {
    const stacked = vectors([
      [5000, 0],
      [5000, 0],
      [5000, 0],
    ]);
    const finding = findingOf('R08', stacked);
    expect(finding.cpus).toEqual([0]);
    expect(finding.advice).toContain('`echo 1 > /proc/irq/31/smp_affinity_list`');
    expect(
      findingsOf(
        'R08',
        vectors([
          [5000, 0],
          [5000, 0],
          [0, 5000],
        ]),
      ),
    ).toEqual([]);
    expect(
      findingsOf(
        'R08',
        vectors([
          [500, 0],
          [500, 0],
          [500, 0],
        ]),
      ),
    ).toEqual([]);
  });

  test('R53: all of many on one CPU', () => {
    expect(
      severitiesOf(
        'R53',
        vectors([
          [30_000, 0],
          [30_000, 0],
        ]),
      ),
    ).toEqual(['warn']);
    expect(
      findingsOf(
        'R53',
        vectors([
          [30_000, 0],
          [0, 30_000],
        ]),
      ),
    ).toEqual([]);
    expect(
      findingsOf(
        'R53',
        vectors([
          [9000, 0],
          [9000, 0],
        ]),
      ),
    ).toEqual([]);
  });

  test('R09: one queue, no RPS, a full CPU: the mask is that of the others', () => {
    const one = vectors([[9000, 0, 0, 0]], { queues: [queue({})] });
    expect(findingOf('R09', one).changes).toEqual([
      { kind: 'queue', nic: 'eth0', attribute: 'rps_cpus', value: 'e', current: '0', atLeast: false },
    ]);
    expect(findingsOf('R09', vectors([[9000, 0, 0, 0]], { queues: [queue({ cpus: [1] })] }))).toEqual([]);
    expect(findingsOf('R09', vectors([[9000, 0]], { queues: [queue({})] }))).toEqual([]);
    expect(findingsOf('R09', vectors([[0, 9000, 0, 0]], { queues: [queue({})] }))).toEqual([]);
  });

  test('R10: an interrupt for each packet, where nothing coalesces', () => {
    const coalesce = (adaptiveRx: boolean | null, usecs: number) =>
      have({
        adaptiveRx,
        adaptiveTx: null,
        values: new Map([['rx-usecs', usecs]]),
        other: new Map(),
        unsure: false,
      }) as never;
    const each = (adaptiveRx: boolean | null, usecs: number, count = 50_000) =>
      vectors([[count, 0]], { coalesce: coalesce(adaptiveRx, usecs) });
    expect(findingOf('R10', each(false, 0)).changes).toMatchObject([{ name: 'adaptive-rx', value: 'on' }]);
    expect(findingOf('R10', each(null, 1)).changes).toMatchObject([{ name: 'rx-usecs', value: '32', current: '1' }]);
    expect(findingsOf('R10', each(true, 0))).toEqual([]);
    expect(findingsOf('R10', each(false, 8))).toEqual([]);
    // Three packets an interrupt.
    expect(findingsOf('R10', each(false, 0, 20_000))).toEqual([]);
    expect(
      findingOf(
        'R11',
        vectors([[10, 0]], { coalesce: coalesce(false, 500) }, statistics({ eth0: { rx_packets: 100 } })),
      ).title,
    ).toBe('eth0 holds interrupts back for 500 µs at 50 packets/s');
    expect(findingsOf('R11', vectors([[10, 0]], { coalesce: coalesce(false, 500) }))).toEqual([]);
  });

  test('R05: queues that could be more, where the CPU that serves them is full', () => {
    const channels = (current: number, most: number) =>
      have({
        maximum: { rx: null, tx: null, other: null, combined: most },
        current: { rx: null, tx: null, other: null, combined: current },
      });
    const few = (current: number, most: number) => vectors([[9000, 0, 0, 0]], { channels: channels(current, most) });
    expect(findingOf('R05', few(1, 8)).changes).toMatchObject([
      { set: 'channels', name: 'combined', value: '4', current: '1' },
    ]);
    expect(findingsOf('R05', few(4, 8))).toEqual([]);
    expect(findingsOf('R05', few(2, 2))).toEqual([]);
    // CPU 1 serves it, which has nothing to do.
    expect(findingsOf('R05', vectors([[0, 9000]], { channels: channels(1, 8) }))).toEqual([]);
  });
});

test('R54 half of RFS', () => {
  const rfs = (entries: string, flowCount: number): Case => ({
    after: {},
    sysctl: { 'net.core.rps_sock_flow_entries': entries },
    nics: [nicOf('eth0', { queues: [queue({ flowCount }), queue({ index: 1, flowCount })] })],
  });
  expect(findingOf('R54', rfs('32768', 0)).changes).toMatchObject([{ attribute: 'rps_flow_cnt', value: '16384' }]);
  expect(findingOf('R54', rfs('0', 4096)).changes).toMatchObject([
    { key: 'net.core.rps_sock_flow_entries', value: '32768' },
  ]);
  expect(findingsOf('R54', rfs('0', 0))).toEqual([]);
  expect(findingsOf('R54', rfs('32768', 4096))).toEqual([]);
});

describe('offloads', () => {
  const feature = (name: string, active: boolean, fixed = false) => ({
    features: have([{ name, active, fixed, requested: null }]),
  });

  test('R12: GRO off under load', () => {
    const tcp = (InSegs: number) => snmp({ Tcp: { InSegs } });
    const load = (nic: Partial<Nic>, segments = 200_000): Case => ({
      before: { ...tcp(0), ...statistics({ eth0: { rx_packets: 0 } }) },
      after: { ...tcp(segments), ...statistics({ eth0: { rx_packets: segments } }) },
      nics: [nicOf('eth0', nic)],
    });
    const name = 'generic-receive-offload';
    expect(findingOf('R12', load(feature(name, false))).changes).toMatchObject([{ name: 'gro', value: 'on' }]);
    expect(findingsOf('R12', load(feature(name, true)))).toEqual([]);
    expect(findingsOf('R12', load(feature(name, false, true)))).toEqual([]);
    expect(findingsOf('R12', load(feature(name, false), 90_000))).toEqual([]);
  });

  test('R13: LRO where packets are sent on', () => {
    const router = (value: string, active = true): Case => ({
      after: {},
      sysctl: { 'net.ipv4.ip_forward': value },
      nics: [nicOf('eth0', feature('large-receive-offload', active))],
    });
    expect(findingOf('R13', router('1')).changes).toMatchObject([{ name: 'lro', value: 'off' }]);
    expect(findingsOf('R13', router('0'))).toEqual([]);
    expect(findingsOf('R13', router('1', false))).toEqual([]);
  });
});

describe('qdiscs', () => {
  const shown = (kind: string, sent: number, dropped: number, requeues = 0, parent = 'root') =>
    parseQdiscText(
      `qdisc ${kind} 8001: dev eth0 ${parent} refcnt 2\n Sent ${sent * 100} bytes ${sent} pkt (dropped ${dropped}, overlimits 0 requeues ${requeues})\n backlog 0b 0p requeues ${requeues}\n`,
    );
  const qdisc = (kind: string, sent: number, dropped: number, requeues = 0): Case => ({
    before: { qdiscs: have(shown(kind, 0, 0).value) },
    after: { qdiscs: have(shown(kind, sent, dropped, requeues).value) },
    nics: [nicOf('eth0', { queues: [queue({ direction: 'tx' })] })],
  });

  test.each<[string, number, number, string[]]>([
    ['pfifo_fast', 99_000, 0, []],
    ['pfifo_fast', 99_500, 500, ['info']],
    ['pfifo_fast', 98_000, 2000, ['warn']],
    ['fq_codel', 98_000, 2000, ['warn']],
    ['mq', 98_000, 2000, []],
  ])('R39 %s: %i sent, %i dropped: %j', (kind, sent, dropped, expected) => {
    expect(severitiesOf('R39', qdisc(kind, sent, dropped))).toEqual(expected);
  });

  test('R39 replaces pfifo_fast by fq_codel, and nothing else', () => {
    expect(findingOf('R39', qdisc('pfifo_fast', 1, 1)).changes).toEqual([
      { kind: 'qdisc', nic: 'eth0', value: 'fq_codel', current: 'pfifo_fast', atLeast: false },
    ]);
    expect(findingOf('R39', qdisc('tbf', 1, 1)).changes).toEqual([]);
    expect(findingOf('R39', qdisc('tbf', 1, 1)).why).toContain('the rate this qdisc is set to');
  });

  test('R40 requeues', () => {
    expect(severitiesOf('R40', qdisc('fq', 10_000, 0, 101))).toEqual(['warn']);
    expect(findingsOf('R40', qdisc('fq', 10_000, 0, 100))).toEqual([]);
  });

  test.each<[number, string[]]>([
    [0, ['info']],
    [1000, []],
    [20_000, []],
    [20_001, ['info']],
  ])('R43 txqueuelen %i: %j', (txQueueLen, expected) => {
    const parts = qdisc('pfifo_fast', 1, 0);
    expect(severitiesOf('R43', { ...parts, nics: [nicOf('eth0', { txQueueLen })] })).toEqual(expected);
    expect(findingsOf('R43', { ...qdisc('fq', 1, 0), nics: [nicOf('eth0', { txQueueLen })] })).toEqual([]);
  });
});
