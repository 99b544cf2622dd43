import { describe, expect, it } from 'vitest';
import { parseNetDev } from '../../../src/kernel/netDev.ts';
import { parseSnmp, parseSnmp6 } from '../../../src/kernel/snmp.ts';
import { parseSockstat } from '../../../src/kernel/sockstat.ts';
import { fixture } from './fixture.ts';

const numbers = '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16';

describe('parseNetDev', () => {
  it('reads a real file', () => {
    const { value } = parseNetDev(fixture('net_dev.txt'));
    expect(value.map((row) => row.name)).toEqual('lo enp2s0 enp1s0 enp0s8 enp0s3 enp0s6 enp0s7 enp0s9'.split(' '));
    expect(value[1]?.counters).toMatchObject({
      rx_bytes: 121_282,
      rx_multicast: 1,
      tx_bytes: 121_752,
      tx_packets: 282,
    });
  });

  it.each([
    [`eth0:${numbers}`, 'eth0'],
    [`  eth0:1: ${numbers}`, 'eth0:1'],
    [`eth0:1:${numbers}`, 'eth0:1'],
    [`eth0.100: ${numbers}`, 'eth0.100'],
  ])('splits "%s"', (line, name) => {
    const { value } = parseNetDev(`${line}\n`);
    expect(value).toMatchObject([{ name, counters: { rx_bytes: 1, rx_multicast: 8, tx_bytes: 9, tx_compressed: 16 } }]);
  });

  it.each(['eth0: 1 2 3', 'eth0', `eth0: -1 ${numbers}`, `: ${numbers}`])('rejects "%s"', (line) => {
    expect(parseNetDev(`${line}\n`)).toEqual({ value: [], warnings: [{ line: 1, message: expect.any(String) }] });
  });
});

describe('parseSnmp', () => {
  it('reads a real snmp and netstat', () => {
    const snmp = parseSnmp(fixture('snmp.txt')).value;
    expect([...snmp.keys()]).toEqual(['Ip', 'Icmp', 'IcmpMsg', 'Tcp', 'Udp', 'UdpLite']);
    expect(snmp.get('Tcp')?.get('MaxConn')).toBe(-1);
    const netstat = parseSnmp(fixture('netstat.txt')).value;
    expect([...netstat.keys()]).toEqual(['TcpExt', 'IpExt', 'MPTcpExt']);
    expect(netstat.get('TcpExt')?.size).toBe(125);
    expect(netstat.get('TcpExt')?.has('TCPAOGood')).toBe(false);
  });

  it('joins pairs of the same prefix', () => {
    const { value, warnings } = parseSnmp('IcmpMsg: InType0 InType3\nIcmpMsg: 1 2\nIcmpMsg: OutType8\nIcmpMsg: 3\n');
    expect(Object.fromEntries(value.get('IcmpMsg') ?? [])).toEqual({ InType0: 1, InType3: 2, OutType8: 3 });
    expect(warnings).toEqual([]);
  });

  it.each([
    ['fewer values', 'Ip: A B C\nIp: 1 2\n', { A: 1, B: 2 }, 2],
    ['more values', 'Ip: A\nIp: 1 2\n', { A: 1 }, 2],
    ['a value that is none', 'Ip: A B\nIp: 1 x\n', { A: 1 }, 2],
    ['a cut value', 'Ip: A B C\nIp: 1 2', { A: 1 }, 2],
    ['names without values', 'Tcp: X Y\nIp: A\nIp: 1\n', { A: 1 }, 1],
    ['values without names', 'Ip: 7\nIp: A\nIp: 1\n', { A: 1 }, 1],
    ['no prefix', 'nothing here\nIp: A\nIp: 1\n', { A: 1 }, 1],
  ])('reads what there is: %s', (_, text, ip, line) => {
    const { value, warnings } = parseSnmp(text);
    expect(Object.fromEntries(value.get('Ip') ?? [])).toEqual(ip);
    expect(warnings).toEqual([{ line, message: expect.any(String) }]);
  });

  it('reads 64-bit counters', () => {
    expect(parseSnmp('IpExt: InOctets\nIpExt: 18446744073709551615\n').value.get('IpExt')?.get('InOctets')).toBe(
      2 ** 64,
    );
  });
});

describe('parseSnmp6', () => {
  it('reads a real file', () => {
    const { value } = parseSnmp6(fixture('snmp6.txt'));
    expect(value.has('Ip6InReceives')).toBe(true);
    expect(value.size).toBe(fixture('snmp6.txt').trim().split('\n').length);
  });

  it('reports a line without a number', () => {
    const { value, warnings } = parseSnmp6('Ip6InReceives\nIp6InDelivers \t 5\n');
    expect(Object.fromEntries(value)).toEqual({ Ip6InDelivers: 5 });
    expect(warnings).toHaveLength(1);
  });
});

describe('parseSockstat', () => {
  it('reads by key', () => {
    const { value } = parseSockstat(fixture('sockstat.txt'));
    expect(value.get('sockets')?.get('used')).toBe(66);
    expect(Object.fromEntries(value.get('TCP') ?? [])).toEqual({ inuse: 5, orphan: 0, tw: 65, alloc: 6, mem: 0 });
    expect(value.get('FRAG')?.get('memory')).toBe(0);
  });

  it('reads sockstat6, which has no mem', () => {
    expect(Object.fromEntries(parseSockstat(fixture('sockstat6.txt')).value.get('TCP6') ?? [])).toEqual({ inuse: 0 });
  });

  it.each(['sockets: used', 'TCP inuse 5', 'TCP: inuse x'])('reports "%s"', (text) => {
    expect(parseSockstat(`${text}\n`).value.get('TCP')).toBeUndefined();
    expect(parseSockstat(`${text}\n`).warnings).toHaveLength(1);
  });
});
