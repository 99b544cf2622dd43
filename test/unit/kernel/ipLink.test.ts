import { describe, expect, it } from 'vitest';
import { parseIpLink } from '../../../src/kernel/ipLink.ts';
import { fixture } from './fixture.ts';

const json = parseIpLink(fixture('ip-link.virtual.json'));
const text = parseIpLink(fixture('ip-link.virtual.txt'));

describe('parseIpLink', () => {
  it('reads the same of both forms', () => {
    expect(json.warnings).toEqual([]);
    expect(text).toEqual(json);
  });

  it('reads details and statistics under the names of sysfs', () => {
    expect(json.value.map(({ name, kind, lower, master }) => [name, kind, lower, master])).toEqual([
      ['lo', null, null, null],
      ['br0', 'bridge', null, null],
      ['veth1', 'veth', 'veth0', null],
      ['veth0', 'veth', 'veth1', 'br0'],
      ['mv0', 'macvlan', 'veth1', null],
      ['vx0', 'vxlan', null, null],
    ]);
    const veth0 = json.value[3];
    expect(veth0).toMatchObject({
      minMtu: 68,
      maxMtu: 65535,
      qdisc: 'noqueue',
      operstate: 'UP',
      promiscuity: 1,
      allmulti: 1,
      numTxQueues: 4,
      gsoMaxSize: 65536,
      tsoMaxSize: 524280,
      groMaxSize: 65536,
      parent: null,
      xdp: null,
    });
    expect(Object.fromEntries(veth0?.statistics ?? [])).toMatchObject({
      rx_bytes: 532,
      rx_packets: 6,
      rx_missed_errors: 0,
      rx_over_errors: 0,
      multicast: 0,
      tx_bytes: 680,
      tx_carrier_errors: 0,
      tx_heartbeat_errors: 0,
      collisions: 0,
      carrier_changes: 2,
    });
  });

  it('reads iproute2 4.3, whose columns stand in another order', () => {
    const { value, warnings } = parseIpLink(fixture('ip-link.xenial.txt'));
    expect(warnings).toEqual([]);
    expect(value.map(({ name, lower }) => [name, lower])).toEqual([
      ['lo', null],
      ['eth0', 'if17'],
      ['eth1', 'if18'],
    ]);
    expect(Object.fromEntries(value[2]?.statistics ?? [])).toMatchObject({ rx_dropped: 3027, rx_missed_errors: 0 });
    expect(value[2]?.minMtu).toBeNull();
  });

  it('reads what newer ones add: other hosts’ frames, unhandled ones, the bus, XDP', () => {
    const entry = {
      ifname: 'eth0',
      xdp: { mode: 1, prog: { id: 12 } },
      parentbus: 'pci',
      parentdev: '0000:01:00.0',
      stats64: { rx: { otherhost: 65, nohandler: 3, bytes: 'x' }, tx: {} },
    };
    expect(parseIpLink(JSON.stringify([entry, {}])).value).toMatchObject([
      {
        xdp: 'drv 12',
        parent: 'pci 0000:01:00.0',
        statistics: new Map([
          ['rx_otherhost_dropped', 65],
          ['rx_nohandler', 3],
        ]),
      },
    ]);
    const lines = [
      '7: bond0: <UP> mtu 1500 xdp/id:12 qdisc mq state UP',
      '    link/ether 02:00:00:00:00:01 brd x promiscuity 0',
      '    bond_slave state ACTIVE',
    ];
    const counters = ['    RX errors: length crc frame fifo overrun nohandler otherhost', '        0 0 0 0 0 3 65'];
    expect(parseIpLink([...lines, ...counters, ''].join('\n')).value).toMatchObject([
      { kind: null, xdp: 'xdp/id:12', operstate: 'UP', statistics: expect.objectContaining({}) },
    ]);
    expect(parseIpLink([...lines, ...counters, ''].join('\n')).value[0]?.statistics.get('rx_otherhost_dropped')).toBe(
      65,
    );
  });

  it('says what it could not read, and makes no zero of it', () => {
    const cut = fixture('ip-link.virtual.json').slice(0, -30);
    expect(parseIpLink(cut)).toMatchObject({ value: [], warnings: [{ line: 1 }] });
    const short = parseIpLink('1: lo: <UP> mtu 1\n    RX: bytes packets errors\n    5 6\n');
    expect(short.value[0]?.statistics).toEqual(
      new Map([
        ['rx_bytes', 5],
        ['rx_packets', 6],
      ]),
    );
    expect(short.warnings).toEqual([{ line: 3, message: 'fewer counters than heads, or cut short' }]);
    expect(parseIpLink('Option "-j" is unknown, try "ip -help".\n').warnings).toHaveLength(1);
  });
});
