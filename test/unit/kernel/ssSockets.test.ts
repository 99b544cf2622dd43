import { describe, expect, it } from 'vitest';
import { timerMs } from '../../../src/kernel/sockets/ssDetails.ts';
import { parseSs } from '../../../src/kernel/sockets/ssSockets.ts';
import { parseSsSummary } from '../../../src/kernel/sockets/ssSummary.ts';
import { bitsPerSecond, tcpInfoOf } from '../../../src/kernel/sockets/tcpInfo.ts';
import { fixture } from './fixture.ts';

function only(line: string) {
  const { value, warnings } = parseSs(`${line}\n`);
  expect(warnings).toEqual([]);
  expect(value).toHaveLength(1);
  const [socket] = value;
  if (socket === undefined) throw new Error('no socket');
  return socket;
}

describe('ss with everything asked for', () => {
  it('is read: iproute2 6.1, two lines a socket', () => {
    const { value, warnings } = parseSs(fixture('ss.6.1.tinmeop.txt'));
    expect(warnings).toEqual([]);
    expect(value).toHaveLength(2);
    expect(value[0]).toMatchObject({
      netid: null,
      state: 'ESTAB',
      local: { address: '10.88.1.6', port: '7031', portNumber: 7031, interface: null },
      peer: { address: '10.88.0.2', portNumber: 52_398 },
      users: [{ name: 'python3', pid: 261, fd: 5 }],
      line: 2,
    });
    expect(value[0]?.values.get('ino')).toBe('322229');
    expect(value[0]?.values.get('cgroup')).toBe('unreachable:1');
    expect(value[0]?.values.get('bbr')).toBe('(bw:0bps,mrtt:0.023)');
    expect(value[0]?.skmem?.get('rb')).toBe(1_849_229);
  });

  it('is read: iproute2 4.3', () => {
    const { value, warnings } = parseSs(fixture('ss.xenial.ti.txt'));
    expect(warnings).toEqual([]);
    expect(value).toHaveLength(2);
    const [first] = value;
    expect(tcpInfoOf(first?.values ?? new Map(), first?.flags ?? [])).toMatchObject({
      rtt: 0.018,
      rttvar: 0.009,
      rto: 200,
      cwnd: 10,
      mss: 1448,
      send: 6_435_600_000,
      pacingRate: 18_391_900_000,
      congestion: 'bbr',
      retrans: null,
    });
  });

  it('tells what limits a connection', () => {
    const { values, flags } = only(
      'ESTAB 0 4096 10.0.0.1:80 10.0.0.9:4000 timer:(persist,1.324ms,2) ts sack ecn cubic rto:1400 backoff:3 rtt:1.5/0.25 cwnd:2 ssthresh:7 bytes_retrans:2896 send 15.4Mbps busy:512ms rwnd_limited:500ms(97.7%) sndbuf_limited:12ms(2.3%) unacked:4 retrans:1/459 lost:1 minrtt:0.5',
    );
    expect(tcpInfoOf(values, flags)).toEqual({
      rtt: 1.5,
      rttvar: 0.25,
      minrtt: 0.5,
      rto: 1400,
      backoff: 3,
      cwnd: 2,
      ssthresh: 7,
      mss: null,
      unacked: 4,
      lost: 1,
      retrans: { now: 1, total: 459 },
      bytesSent: null,
      bytesRetrans: 2896,
      busyMs: 512,
      rwndLimitedMs: 500,
      sndbufLimitedMs: 12,
      send: 15_400_000,
      pacingRate: null,
      deliveryRate: null,
      congestion: 'cubic',
    });
  });

  it('is the same on one line and on two', () => {
    const row = 'ESTAB 0 0 10.0.0.1:80 10.0.0.9:4000 timer:(keepalive,119min,0) ino:5 sk:1 <->';
    const details = 'skmem:(r0,rb131072,d3) ts sack cubic rtt:1/2 send 10bps';
    expect(parseSs(`${row}\n\t ${details}\n`)).toEqual(parseSs(`${row} ${details}\n`));
  });
});

describe('ends of a socket', () => {
  it.each([
    ['udp UNCONN 0 0 127.0.0.53%lo:domain 0.0.0.0:*', 'udp', '127.0.0.53', 'lo', 'domain', null],
    ['icmp6 UNCONN 0 0 *%ens33:ipv6-icmp *:*', 'icmp6', '*', 'ens33', 'ipv6-icmp', null],
    ['udp UNCONN 0 0 [fe80::1]%eth0:546 [::]:*', 'udp', 'fe80::1', 'eth0', '546', 546],
    ['udp UNCONN 0 0 fe80::1%eth0:546 :::*', 'udp', 'fe80::1', 'eth0', '546', 546],
    ['tcp LISTEN 0 5 :::22 :::*', 'tcp', '::', null, '22', 22],
    ['tcp ESTAB 0 5 [::ffff:10.0.0.1]:22 [::ffff:10.0.0.2]:99', 'tcp', '::ffff:10.0.0.1', null, '22', 22],
    ['nl UNCONN 768 0 rtnl:systemd-resolve/893 *', 'nl', 'rtnl', null, 'systemd-resolve/893', null],
    ['nl UNCONN 0 0 0:-4112 *', 'nl', '0', null, '-4112', null],
    ['p_raw UNCONN 0 0 LLDP:ens33 *', 'p_raw', 'LLDP', null, 'ens33', null],
    ['p_raw UNCONN 0 0 [35020]:eth0 *', 'p_raw', '[35020]', null, 'eth0', null],
    ['v_str ESTAB 0 0 999900439:1023 0:976', 'v_str', '999900439', null, '1023', 1023],
    ['u_str ESTAB 0 0 /run/a b/c 2 9.sock 93066 * 93067', 'u_str', '/run/a b/c', null, '2', 2],
    ['u_str LISTEN 0 128 @/tmp/.X11-unix/X0 206 * 0', 'u_str', '@/tmp/.X11-unix/X0', null, '206', 206],
  ])('%s', (line, netid, address, device, port, portNumber) => {
    const socket = parseSs(`${line}\n`).value[0];
    expect(socket).toMatchObject({ netid, local: { address, interface: device, port, portNumber } });
  });

  it('needs neither Netid nor State', () => {
    expect(
      only('0      0         10.88.1.6:48246    10.88.0.2:7030   timer:(timewait,776ms,0) ino:0 sk:3852'),
    ).toMatchObject({
      netid: null,
      state: null,
      recvQ: 0,
      timer: { name: 'timewait', ms: 776, retransmits: 0 },
    });
    expect(only('udp   0      0    *:68    *:*')).toMatchObject({ netid: 'udp', state: null });
    expect(only('SYN-RECV 0 0 10.0.0.1:80 10.0.0.9:1')).toMatchObject({ netid: null, state: 'SYN-RECV' });
  });
});

describe('processes', () => {
  it.each([
    ['users:(("sshd",pid=1416,fd=4))', [{ name: 'sshd', pid: 1416, fd: 4 }]],
    ['users:(("sshd",1231,3))', [{ name: 'sshd', pid: 1231, fd: 3 }]],
    [
      'users:(("nginx: worker",pid=7,fd=6),("a\\"),(",pid=8,fd=9))',
      [
        { name: 'nginx: worker', pid: 7, fd: 6 },
        { name: 'a\\"),(', pid: 8, fd: 9 },
      ],
    ],
    ['users:(("sshd",pid=1,proc_ctx=unconfined,fd=3))', [{ name: 'sshd', pid: 1, fd: 3 }]],
  ])('%s', (text, users) => {
    const socket = only(`tcp LISTEN 0 128 *:22 *:* ${text} ino:7`);
    expect(socket.users).toEqual(users);
    expect(socket.values.get('ino')).toBe('7');
  });

  it('may stand right behind the peer', () => {
    expect(only('tcp LISTEN 0 5 *:22 *:*users:(("sshd",pid=1,fd=3))')).toMatchObject({
      peer: { address: '*', port: '*' },
      users: [{ pid: 1 }],
    });
  });

  it('that are cut off are not invented', () => {
    expect(only('tcp LISTEN 0 5 *:22 *:* users:(("sshd",pid=1').users).toEqual([]);
  });
});

describe('words of details', () => {
  it('keeps what it does not know', () => {
    const { values, flags } = only(
      'ESTAB 0 0 10.0.0.1:80 10.0.0.9:4 new_word:7 tcp-ulp-tls version: 1.3 rxconf: none inet-sockopt: ( recverr freebind ) shiny',
    );
    expect(Object.fromEntries(values)).toEqual({
      new_word: '7',
      version: '1.3',
      rxconf: 'none',
      'inet-sockopt': '( recverr freebind )',
    });
    expect(flags).toEqual(['tcp-ulp-tls', 'shiny']);
  });

  it.each([
    ['1.324ms', 1324],
    ['9.007ms', 9007],
    ['204ms', 204],
    ['012ms', 12],
    ['45sec', 45_000],
    ['1min5sec', 65_000],
    ['119min', 7_140_000],
    ['', 0],
    ['soon', null],
  ])('a timer of "%s"', (text, ms) => {
    expect(timerMs(text)).toBe(ms);
  });

  it.each([
    ['4826666667bps', 4_826_666_667],
    ['6435.6Mbps', 6_435_600_000],
    ['13.9Gbps', 13_900_000_000],
    ['17.8Kbps', 17_800],
    ['fast', null],
  ])('a rate of "%s"', (text, rate) => {
    expect(bitsPerSecond(text)).toBe(rate);
  });
});

describe('what is no socket', () => {
  it.each(['ss: invalid option -- H', 'tcp LISTEN 0 128', 'u_str ESTAB 0 0 * 29901', 'LISTEN 0 x *:1 *:*'])(
    '%s',
    (line) => {
      const { value, warnings } = parseSs(`State Recv-Q Send-Q Local\n${line}\n`);
      expect(value).toEqual([]);
      expect(warnings).toMatchObject([{ line: 2 }]);
    },
  );
});

describe('parseSsSummary', () => {
  it('reads iproute2 4.3', () => {
    const { value, warnings } = parseSsSummary(fixture('ss-s.xenial.txt'));
    expect(warnings).toEqual([]);
    expect(value.total).toBe(9);
    expect(Object.fromEntries(value.tcp)).toEqual({
      total: 31,
      estab: 6,
      closed: 23,
      orphaned: 0,
      synrecv: 0,
      timewait: 1,
      ports: 0,
    });
    expect(value.transports.get('*')).toEqual({ total: 374, ip: null, ipv6: null });
    expect(value.transports.get('TCP')).toEqual({ total: 8, ip: 8, ipv6: 0 });
  });

  it('reads iproute2 6.1', () => {
    const { value, warnings } = parseSsSummary(fixture('ss-s.6.1.txt'));
    expect(warnings).toEqual([]);
    expect(Object.fromEntries(value.tcp)).toEqual({ total: 22, estab: 2, closed: 18, orphaned: 0, timewait: 0 });
    expect([...value.transports.keys()]).toEqual(['RAW', 'UDP', 'TCP', 'INET', 'FRAG']);
  });

  it('says what it does not understand', () => {
    expect(parseSsSummary('Total: many\nsomething else\n')).toEqual({
      value: { total: null, tcp: new Map(), transports: new Map() },
      warnings: [{ line: 2, message: 'something else' }],
    });
  });
});
