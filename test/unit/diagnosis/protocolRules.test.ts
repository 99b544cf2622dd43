import { describe, expect, test } from 'vitest';
import {
  type Case,
  findingOf,
  findingsOf,
  listeners,
  netstat,
  reasonOf,
  severitiesOf,
  snmp,
  sockstat,
} from './build.ts';

type Counters = Readonly<Record<string, number>>;

/** Counters that stood at 0 two seconds ago: `Tcp`, `Udp` and `Ip` of snmp, `TcpExt` of netstat. */
function since(
  parts: { Tcp?: Counters; Udp?: Counters; Ip?: Counters; TcpExt?: Counters },
  more: Partial<Case> = {},
): Case {
  const { TcpExt = {}, ...protocols } = parts;
  const zeros = (counters: Counters): Counters => Object.fromEntries(Object.keys(counters).map((name) => [name, 0]));
  const zero = Object.fromEntries(Object.entries(protocols).map(([name, counters]) => [name, zeros(counters)]));
  return {
    before: { ...snmp(zero), ...netstat({ TcpExt: zeros(TcpExt) }), ...more.before },
    after: { ...snmp(protocols), ...netstat({ TcpExt }), ...more.after },
    ...(more.sysctl === undefined ? {} : { sysctl: more.sysctl }),
    ...(more.host === undefined ? {} : { host: more.host }),
  };
}

describe('R33 retransmits', () => {
  test.each<[number, number, string[]]>([
    [10, 1000, []],
    [11, 1000, ['warn']],
    [30, 1000, ['warn']],
    [31, 1000, ['crit']],
    // Too few to speak of shares.
    [500, 999, []],
  ])('%i of %i segments: %j', (RetransSegs, OutSegs, expected) => {
    expect(severitiesOf('R33', since({ Tcp: { RetransSegs, OutSegs } }))).toEqual(expected);
  });

  test('says what repaired them, and that nothing is to tune', () => {
    const finding = findingOf(
      'R33',
      since({ Tcp: { RetransSegs: 60, OutSegs: 1200 }, TcpExt: { TCPFastRetrans: 50, TCPTimeouts: 0 } }),
    );
    expect(finding.title).toBe('TCP sends 5 % of its segments again (30/s)');
    expect(finding.evidence.map(({ field }) => field)).toEqual([
      'Tcp RetransSegs',
      'Tcp OutSegs',
      'TcpExt TCPFastRetrans',
    ]);
    expect(finding.changes).toEqual([]);
    expect(finding.threshold.source).toBe('heuristic');
  });

  test('is not checked without its counters', () => {
    expect(reasonOf('R33', since({ Tcp: { OutSegs: 5000 } }))).toBe('this kernel does not count Tcp RetransSegs');
    expect(reasonOf('R33', { after: {} })).not.toBeNull();
  });
});

describe('R34 timeouts', () => {
  const lossy = (TCPTimeouts: number, TCPSynRetrans: number, sysctl: Record<string, string> = {}) =>
    since({ Tcp: { RetransSegs: 100, OutSegs: 5000 }, TcpExt: { TCPTimeouts, TCPSynRetrans } }, { sysctl });

  test('a third and more of the retransmits; a warning where much is lost', () => {
    expect(severitiesOf('R34', lossy(30, 0))).toEqual([]);
    expect(severitiesOf('R34', lossy(31, 0))).toEqual(['warn']);
  });

  test('SYNs are not counted: they have nothing but the timeout', () => {
    expect(severitiesOf('R34', lossy(60, 45))).toEqual([]);
    expect(severitiesOf('R34', lossy(60, 40))).toEqual(['warn']);
  });

  test('puts SACK, early retransmit and RACK back', () => {
    const off = { 'net.ipv4.tcp_sack': '0', 'net.ipv4.tcp_early_retrans': '0', 'net.ipv4.tcp_recovery': '2' };
    expect(findingOf('R34', lossy(60, 0, off)).changes).toMatchObject([
      { key: 'net.ipv4.tcp_sack', value: '1', current: '0' },
      { key: 'net.ipv4.tcp_early_retrans', value: '3', current: '0' },
      { key: 'net.ipv4.tcp_recovery', value: '3', current: '2' },
    ]);
    const on = { 'net.ipv4.tcp_sack': '1', 'net.ipv4.tcp_early_retrans': '3', 'net.ipv4.tcp_recovery': '1' };
    expect(findingOf('R34', lossy(60, 0, on)).changes).toEqual([]);
  });
});

test.each<[string, Case, string[]]>([
  ['DSACKs for a third', since({ Tcp: { RetransSegs: 100, InSegs: 0 }, TcpExt: { TCPDSACKRecv: 31 } }), ['info']],
  ['fewer', since({ Tcp: { RetransSegs: 100, InSegs: 0 }, TcpExt: { TCPDSACKRecv: 30 } }), []],
  ['of few retransmits', since({ Tcp: { RetransSegs: 49, InSegs: 0 }, TcpExt: { TCPDSACKRecv: 49 } }), []],
  ['out of order', since({ Tcp: { RetransSegs: 0, InSegs: 10_000 }, TcpExt: { TCPOFOQueue: 101 } }), ['info']],
  ['in order', since({ Tcp: { RetransSegs: 0, InSegs: 10_000 }, TcpExt: { TCPOFOQueue: 100 } }), []],
])('R35 %s', (_, parts, expected) => {
  expect(severitiesOf('R35', parts)).toEqual(expected);
});

test.each<[string, Counters, number, string[]]>([
  ['a client', { ActiveOpens: 200, PassiveOpens: 0 }, 3, ['warn']],
  ['few opens', { ActiveOpens: 99, PassiveOpens: 0 }, 50, []],
  ['one in a hundred', { ActiveOpens: 200, PassiveOpens: 0 }, 2, []],
])('R22 %s', (_, Tcp, TCPSynRetrans, expected) => {
  expect(severitiesOf('R22', since({ Tcp, TcpExt: { TCPSynRetrans } }))).toEqual(expected);
});

test('R22 tells a server from a client', () => {
  const parts = since({ Tcp: { ActiveOpens: 10, PassiveOpens: 500 }, TcpExt: { TCPSynRetrans: 50 } });
  expect(findingOf('R22', parts).title).toContain('SYN-ACKs');
});

describe('R20 other drops of listeners', () => {
  test.each<[number, number, string[]]>([
    [10, 10, []],
    [12, 10, []],
    [13, 10, ['warn']],
    [20, 9, ['crit']],
  ])('%i drops, %i of them overflows: %j', (ListenDrops, ListenOverflows, expected) => {
    expect(severitiesOf('R20', since({ TcpExt: { ListenDrops, ListenOverflows } }))).toEqual(expected);
  });
});

describe('R21 SYN queue', () => {
  const cookies = (sent: number, received: number, mode = '1', TCPReqQFullDrop = 0) =>
    since(
      {
        TcpExt: { TCPReqQFullDoCookies: sent, SyncookiesSent: sent, SyncookiesRecv: received, TCPReqQFullDrop },
      },
      {
        sysctl: { 'net.ipv4.tcp_syncookies': mode, 'net.core.somaxconn': '128', 'net.ipv4.tcp_max_syn_backlog': '128' },
      },
    );

  test('clients that come back raise somaxconn', () => {
    const finding = findingOf('R21', cookies(100, 90));
    expect(finding.severity).toBe('crit');
    expect(finding.changes).toMatchObject([{ key: 'net.core.somaxconn', value: '4096' }]);
  });

  test('a flood changes nothing', () => {
    const finding = findingOf('R21', cookies(100, 2));
    expect(finding.why).toContain('nobody who wants to connect');
    expect(finding.changes).toEqual([]);
  });

  test('with cookies off it drops, and both settings matter', () => {
    const finding = findingOf('R21', cookies(0, 0, '0', 40));
    expect(finding.title).toBe('SYN queues are full: 20 SYNs/s dropped');
    expect(finding.changes).toMatchObject([
      { key: 'net.ipv4.tcp_syncookies', value: '1' },
      { key: 'net.ipv4.tcp_max_syn_backlog', value: '4096' },
    ]);
  });

  test('cookies that are always sent mean nothing; two in two seconds neither', () => {
    expect(findingsOf('R21', cookies(1000, 900, '2'))).toEqual([]);
    expect(findingsOf('R21', cookies(2, 2))).toEqual([]);
  });
});

test('R23 cookies off matter where something listens', () => {
  const off = (rows: Parameters<typeof listeners>[0], mode: string): Case => ({
    after: listeners(rows),
    sysctl: { 'net.ipv4.tcp_syncookies': mode },
  });
  const web = [{ port: 80, recvQ: 0, sendQ: 128 }];
  expect(findingOf('R23', off(web, '0'))).toMatchObject({ severity: 'info', changes: [{ value: '1' }] });
  expect(findingsOf('R23', off([], '0'))).toEqual([]);
  expect(findingsOf('R23', off(web, '1'))).toEqual([]);
});

describe('R19 long accept queues', () => {
  const looks = (first: number, second: number, sendQ = 100, overflows = 0): Case => ({
    before: { ...listeners([{ port: 80, recvQ: first, sendQ }]), ...netstat({ TcpExt: { ListenOverflows: 0 } }) },
    after: {
      ...listeners([{ port: 80, recvQ: second, sendQ }]),
      ...netstat({ TcpExt: { ListenOverflows: overflows } }),
    },
  });

  test.each<[number, number, string[]]>([
    [75, 80, ['warn']],
    [74, 100, []],
    [101, 101, ['crit']],
  ])('%i, then %i of 100: %j', (first, second, expected) => {
    expect(severitiesOf('R19', looks(first, second))).toEqual(expected);
  });

  test('a burst, a small listener, and what overflows are not its', () => {
    expect(findingsOf('R19', looks(0, 100))).toEqual([]);
    expect(findingsOf('R19', looks(5, 5, 5))).toEqual([]);
    expect(findingsOf('R19', looks(101, 101, 100, 50))).toEqual([]);
    expect(reasonOf('R19', { after: listeners([]), oneSample: true })).toContain('one look');
  });
});

test.each<[string, string, Case, string[]]>([
  ['R28', 'drops', since({ TcpExt: { TCPBacklogDrop: 2 } }), ['warn']],
  ['R28', 'one drop', since({ TcpExt: { TCPBacklogDrop: 1 } }), ['info']],
  ['R28', 'none', since({ TcpExt: { TCPBacklogDrop: 0 } }), []],
  ['R30', 'data thrown away', since({ TcpExt: { PruneCalled: 1, RcvPruned: 1 } }), ['crit']],
  ['R30', 'repacked often', since({ TcpExt: { PruneCalled: 21, RcvPruned: 0 } }), ['warn']],
  ['R30', 'repacked', since({ TcpExt: { PruneCalled: 20, TCPRcvCollapsed: 500 } }), []],
  ['R31', 'closed often', since({ TcpExt: { TCPToZeroWindowAdv: 3 } }), ['warn']],
  ['R31', 'closed', since({ TcpExt: { TCPToZeroWindowAdv: 2 } }), []],
  ['R45', 'above 10/s', since({ Udp: { SndbufErrors: 21 } }), ['warn']],
  ['R45', '10/s', since({ Udp: { SndbufErrors: 20 } }), []],
  ['R48', 'two in a hundred', since({ Ip: { ReasmFails: 2, ReasmReqds: 100 } }), ['warn']],
  ['R48', 'one in a hundred', since({ Ip: { ReasmFails: 1, ReasmReqds: 100 } }), []],
  ['R48', 'few fragments', since({ Ip: { ReasmFails: 9, ReasmReqds: 99 } }), []],
  ['R55', 'many', since({ TcpExt: { IPReversePathFilter: 3 } }), ['warn']],
  ['R55', 'some', since({ TcpExt: { IPReversePathFilter: 1 } }), ['info']],
  ['R55', 'none', since({ TcpExt: { IPReversePathFilter: 0 } }), []],
])('%s %s', (rule, _, parts, expected) => {
  expect(severitiesOf(rule, parts)).toEqual(expected);
});

test('R30 doubles what buffers may grow to, up to the newest default', () => {
  const pruned = (rmem: string) =>
    findingOf('R30', since({ TcpExt: { PruneCalled: 1, OfoPruned: 5 } }, { sysctl: { 'net.ipv4.tcp_rmem': rmem } }));
  expect(pruned('4096 131072 6291456').changes).toMatchObject([{ value: '4096 131072 12582912' }]);
  expect(pruned('4096 131072 33554432').changes).toEqual([]);
});

test('R48 enlarges the memory for fragments only where it is full', () => {
  const fails = (memory: number) =>
    findingOf(
      'R48',
      since(
        { Ip: { ReasmFails: 50, ReasmReqds: 1000 } },
        { after: sockstat({ FRAG: { inuse: 9, memory } }), sysctl: { 'net.ipv4.ipfrag_high_thresh': '4194304' } },
      ),
    );
  expect(fails(4_000_000).changes).toMatchObject([{ value: '8388608' }]);
  expect(fails(1_000_000).changes).toEqual([]);
});

test('R55 loosens a strict filter', () => {
  const drops = (mode: string) =>
    findingOf(
      'R55',
      since({ TcpExt: { IPReversePathFilter: 9 } }, { sysctl: { 'net.ipv4.conf.all.rp_filter': mode } }),
    );
  expect(drops('1').changes).toMatchObject([{ key: 'net.ipv4.conf.all.rp_filter', value: '2' }]);
  expect(drops('2').changes).toEqual([]);
});

describe('R26 orphans', () => {
  const orphaned = (orphan: number, TCPAbortOnMemory = 0): Case =>
    since(
      { TcpExt: { TCPAbortOnMemory } },
      {
        after: sockstat({ TCP: { orphan } }),
        sysctl: { 'net.ipv4.tcp_max_orphans': '1000', 'net.ipv4.tcp_orphan_retries': '0' },
      },
    );

  test.each<[number, string[]]>([
    [250, []],
    [251, ['warn']],
    [501, ['crit']],
  ])('%i of 1,000: %j', (orphan, expected) => {
    expect(severitiesOf('R26', orphaned(orphan))).toEqual(expected);
  });

  test('killed connections are critical; fewer retries free them sooner', () => {
    expect(findingOf('R26', orphaned(1, 3))).toMatchObject({
      severity: 'crit',
      changes: [
        { key: 'net.ipv4.tcp_orphan_retries', value: '3' },
        { key: 'net.ipv4.tcp_max_orphans', value: '16384' },
      ],
    });
  });
});

describe('R27 memory', () => {
  const held = (mem: number, TCPMemoryPressures = 0): Case =>
    since(
      { TcpExt: { TCPMemoryPressures } },
      { after: sockstat({ TCP: { mem } }), sysctl: { 'net.ipv4.tcp_mem': '1000 2000 3000' } },
    );

  test.each<[number, string[]]>([
    [2000, []],
    [2001, ['warn']],
    [2701, ['crit']],
  ])('%i pages: %j', (mem, expected) => {
    expect(severitiesOf('R27', held(mem))).toEqual(expected);
  });

  test('half as much again, in pages', () => {
    const finding = findingOf('R27', held(10, 1));
    expect(finding.changes).toMatchObject([{ key: 'net.ipv4.tcp_mem', value: '1500 3000 4500' }]);
    expect(findingOf('R27', held(2560)).title).toBe('TCP holds 2,560 of at most 3,000 pages (85 %, 10 MiB)');
  });
});

test('R62 puts options back that are off; R61 tells of sockets that spin', () => {
  const keys = { window_scaling: '1', sack: '0', timestamps: '0', moderate_rcvbuf: '1' };
  const sysctl = Object.fromEntries(Object.entries(keys).map(([key, value]) => [`net.ipv4.tcp_${key}`, value]));
  const finding = findingOf('R62', { after: {}, sysctl });
  expect(finding.title).toBe('tcp_sack, tcp_timestamps are off');
  expect(finding.changes).toMatchObject([{ value: '1' }, { value: '1' }]);
  expect(
    findingsOf('R62', { after: {}, sysctl: { ...sysctl, 'net.ipv4.tcp_sack': '1', 'net.ipv4.tcp_timestamps': '1' } }),
  ).toEqual([]);
  const poll = (value: string) => ({ after: {}, sysctl: { 'net.core.busy_read': value, 'net.core.busy_poll': '0' } });
  expect(findingOf('R61', poll('50')).title).toContain('50 µs (net.core.busy_read)');
  expect(findingsOf('R61', poll('0'))).toEqual([]);
});
