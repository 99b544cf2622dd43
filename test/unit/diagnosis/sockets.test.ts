import { describe, expect, test } from 'vitest';
import type { OutgoingTuple } from '../../../src/model/tcpSockets.ts';
import { type Case, findingOf, findingsOf, have, listeners, netstat, reasonOf, snmp, sockstat } from './build.ts';

/** So many overflows in two seconds, with the listeners seen in the second sample. */
function overflows(count: number, rows: Parameters<typeof listeners>[0] = [], somaxconn = '4096'): Case {
  return {
    before: { ...netstat({ TcpExt: { ListenOverflows: 7 } }), ...listeners(rows.map((row) => ({ ...row, drops: 0 }))) },
    after: { ...netstat({ TcpExt: { ListenOverflows: 7 + count } }), ...listeners(rows) },
    sysctl: { 'net.core.somaxconn': somaxconn },
  };
}

describe('R18 accept queue', () => {
  test('a listener held by somaxconn raises it', () => {
    const finding = findingOf('R18', overflows(240, [{ port: 80, recvQ: 129, sendQ: 128, drops: 240 }], '128'));
    expect(finding.title).toBe('Accept queues overflow 120/s at 0.0.0.0:80 (129 waiting, limit 128)');
    expect(finding.changes).toMatchObject([{ key: 'net.core.somaxconn', value: '4096', current: '128' }]);
    expect(finding.advice[0]).toContain('0.0.0.0:80: the limit is net.core.somaxconn (128)');
    expect(finding.evidence.map((item) => item.field)).toEqual([
      'TcpExt ListenOverflows',
      '0.0.0.0:80 Recv-Q',
      '0.0.0.0:80 skmem d',
    ]);
  });

  test('with both kinds, each is named', () => {
    const finding = findingOf(
      'R18',
      overflows(240, [
        { port: 80, recvQ: 4097, sendQ: 4096, drops: 9 },
        { port: 81, recvQ: 6, sendQ: 5, drops: 3 },
        { port: 82, recvQ: 5, sendQ: 5, drops: 0 },
      ]),
    );
    expect(finding.changes).toMatchObject([{ value: '8192' }]);
    expect(finding.advice[0]).toMatch(/^0\.0\.0\.0:80: the limit is net.core.somaxconn/);
    expect(finding.advice[1]).toMatch(/^0\.0\.0\.0:81: the limit is not/);
    expect(finding.title).toContain('and 1 more');
  });

  test('the queue may have been full in the first look only', () => {
    const parts = overflows(9);
    const finding = findingOf('R18', {
      ...parts,
      before: { ...parts.before, ...listeners([{ port: 80, recvQ: 6, sendQ: 5 }]) },
      after: { ...parts.after, ...listeners([{ port: 80, recvQ: 0, sendQ: 5 }]) },
    });
    expect(finding.title).toContain('0.0.0.0:80');
  });

  test('unseen listeners are said to be unseen', () => {
    expect(findingOf('R18', overflows(9)).advice[0]).toContain('No queue was full');
    const blind = findingOf('R18', {
      before: netstat({ TcpExt: { ListenOverflows: 0 } }),
      after: netstat({ TcpExt: { ListenOverflows: 9 } }),
    });
    expect(blind.advice[0]).toBe('Which listener it is could not be seen: not in this test.');
  });
});

/** TIME_WAIT now, its limit, and overflows in two seconds. */
function timeWait(tw: number, buckets: string, overflow: number): Case {
  return {
    before: netstat({ TcpExt: { TCPTimeWaitOverflow: 0 } }),
    after: { ...netstat({ TcpExt: { TCPTimeWaitOverflow: overflow } }), ...sockstat({ TCP: { tw } }) },
    sysctl: { 'net.ipv4.tcp_max_tw_buckets': buckets },
  };
}

describe('R24 TIME_WAIT', () => {
  test('the gauge is judged without rates; with neither it is not checked', () => {
    expect(findingOf('R24', { ...timeWait(95_000, '100000', 0), oneSample: true }).severity).toBe('info');
    expect(reasonOf('R24', { after: {} })).toContain('not in both samples, and test: not in this test');
  });
});

const ports = {
  'net.ipv4.ip_local_port_range': '32768 60999',
  'net.ipv4.ip_local_reserved_ports': '',
  'net.ipv4.tcp_timestamps': '1',
  'net.ipv4.tcp_tw_reuse': '2',
};

function outgoing(sockets: number, sysctl: Readonly<Record<string, string>> = ports, peer = '10.0.0.2'): Case {
  const tuple: OutgoingTuple = { localAddress: '10.0.0.1', remoteAddress: peer, remotePort: 5432, sockets };
  return {
    oneSample: true,
    after: { tcpSockets: have({ states: new Map(), outgoing: [tuple], queued: new Map(), listening: [] }) },
    sysctl,
  };
}

describe('R25 local ports', () => {
  test('a used-up pair widens the range and reuses TIME_WAIT', () => {
    const finding = findingOf('R25', outgoing(27_000));
    expect(finding.severity).toBe('crit');
    expect(finding.title).toBe('27,000 sockets from 10.0.0.1 to 10.0.0.2:5432 use 96 % of the 28,232 local ports');
    expect(finding.changes).toEqual([
      {
        kind: 'sysctl',
        key: 'net.ipv4.ip_local_port_range',
        value: '1024 65535',
        current: '32768 60999',
        atLeast: false,
      },
      { kind: 'sysctl', key: 'net.ipv4.tcp_tw_reuse', value: '1', current: '2', atLeast: false },
    ]);
    expect(finding.subject).toEqual({ kind: 'peer', localAddress: '10.0.0.1', address: '10.0.0.2', port: 5432 });
  });

  test.each([
    [22_585, null],
    [22_586, 'warn'],
    [26_820, 'warn'],
    [26_821, 'crit'],
  ])('%i of 28,232 ports: %s', (sockets, severity) => {
    expect(findingsOf('R25', outgoing(sockets)).map((finding) => finding.severity)).toEqual(
      severity === null ? [] : [severity],
    );
  });

  test('reserved ports are not there to be used', () => {
    const range = { ...ports, 'net.ipv4.ip_local_port_range': '40000 40099' };
    const reserved = { ...range, 'net.ipv4.ip_local_reserved_ports': '80,39990-40009,40099,50000' };
    expect(findingsOf('R25', outgoing(75, range))).toEqual([]);
    expect(findingOf('R25', outgoing(75, reserved)).title).toContain('84 % of the 89 local ports');
  });

  test.each([
    ['timestamps off', { ...ports, 'net.ipv4.tcp_timestamps': '0' }, '10.0.0.2', ['net.ipv4.ip_local_port_range']],
    ['loopback, reused already', ports, '127.0.0.1', ['net.ipv4.ip_local_port_range']],
    ['widest range', { ...ports, 'net.ipv4.ip_local_port_range': '1024 65535' }, '10.0.0.2', ['net.ipv4.tcp_tw_reuse']],
    [
      'everything set',
      { ...ports, 'net.ipv4.ip_local_port_range': '1000 65535', 'net.ipv4.tcp_tw_reuse': '1' },
      '10.0.0.2',
      [],
    ],
  ])('changes with %s', (_, sysctl, peer, keys) => {
    const { changes } = findingOf('R25', outgoing(64_500, sysctl, peer));
    expect(changes.map((change) => (change.kind === 'sysctl' ? change.key : ''))).toEqual(keys);
  });

  test('a range that starts lower keeps its start', () => {
    const low = { ...ports, 'net.ipv4.ip_local_port_range': '1000 61000' };
    expect(findingOf('R25', outgoing(60_000, low)).changes[0]).toMatchObject({ value: '1000 65535' });
  });

  test('in a container the advice names its own means', () => {
    const finding = findingOf('R25', { ...outgoing(27_000), host: { initialNetns: false } });
    expect(finding.advice.at(-1)).toContain('docker --sysctl');
  });

  test('says why it could not be checked', () => {
    expect(reasonOf('R25', { after: {}, sysctl: ports })).toBe('test: not in this test');
    expect(reasonOf('R25', outgoing(1, {}))).toBe('the capture has no value for net.ipv4.ip_local_port_range');
    expect(reasonOf('R25', outgoing(1, { 'net.ipv4.ip_local_port_range': '9 x' }))).toContain('not a range');
  });
});

function udp(RcvbufErrors: number, InDatagrams: number, rmemMax = '212992'): Case {
  return {
    before: snmp({ Udp: { RcvbufErrors: 0, InDatagrams: 0 } }),
    after: snmp({ Udp: { RcvbufErrors, InDatagrams } }),
    sysctl: { 'net.core.rmem_max': rmemMax },
  };
}

describe('R44 UDP receive buffer', () => {
  test.each([
    ['a large share', 2000, 98_000, 'crit'],
    ['fast, of very many', 900, 10_000_000, 'warn'],
    ['20 in 2 s, of few', 20, 500, 'info'],
    ['above 10/s, of few', 21, 500, 'warn'],
    ['one', 1, 5_000_000, 'info'],
  ])('%s', (_, errors, delivered, severity) => {
    expect(findingOf('R44', udp(errors, delivered)).severity).toBe(severity);
  });

  test('raises rmem_max and leaves rmem_default to the last resort', () => {
    const finding = findingOf('R44', udp(2000, 98_000));
    expect(finding.title).toBe('UDP sockets drop 1,000 datagrams/s: receive buffer full (2 % of all)');
    expect(finding.changes).toMatchObject([{ key: 'net.core.rmem_max', value: '4194304', current: '212992' }]);
    expect(finding.advice.at(-1)).toMatch(/^Only if .*rmem_default/);
    expect(findingOf('R44', udp(2000, 98_000, '4194304')).changes).toMatchObject([{ value: '8388608' }]);
  });

  test('a namespace cannot raise it', () => {
    const finding = findingOf('R44', { ...udp(2000, 98_000), host: { initialNetns: false } });
    expect(finding.changes).toEqual([]);
    expect(finding.advice[1]).toContain('only be raised on the host');
  });
});
