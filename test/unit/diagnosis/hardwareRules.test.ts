import { describe, expect, test } from 'vitest';
import { pciGigabits } from '../../../src/diagnosis/rules/hardware.ts';
import { parseIpLink } from '../../../src/kernel/ipLink.ts';
import { type Case, findingOf, findingsOf, have, netstat, nicOf, severitiesOf, snmp } from './build.ts';

test('R52 a slot slower than the NIC', () => {
  const slot = (speed: number, width: number, mbits: number): Case => ({
    after: {},
    nics: [nicOf('eth0', { speed: mbits, pciLink: { speed, width, maxSpeed: 8, maxWidth: 8 } })],
  });
  expect([pciGigabits({ speed: 5, width: 8 }), pciGigabits({ speed: 8, width: 8 })].map(Math.round)).toEqual([32, 63]);
  expect(findingOf('R52', slot(8, 1, 10_000)).title).toContain(
    '10 Gbit/s has a PCI Express link of 8 GT/s x 1: 8 Gbit/s',
  );
  // Narrower than it could be, and wide enough.
  expect(findingsOf('R52', slot(8, 4, 10_000))).toEqual([]);
  expect(findingsOf('R52', slot(8, 8, 100_000))).toEqual([]);
});

test('R38 powersave of a driver that does not follow the load', () => {
  const governed = (governor: string, name: string): Case => ({
    after: {},
    cpus: { power: { governors: new Map([[governor, [name]]]), idleStates: [] } },
  });
  expect(severitiesOf('R38', governed('powersave', 'acpi-cpufreq'))).toEqual(['info']);
  expect(findingsOf('R38', governed('powersave', 'intel_pstate'))).toEqual([]);
  expect(findingsOf('R38', governed('performance', 'acpi-cpufreq'))).toEqual([]);
});

test('R50 a port below its bond, and packets that do not fit', () => {
  const links = parseIpLink(
    '2: eth0: <UP> mtu 1500 qdisc mq master bond0 state UP qlen 1000\n    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff\n',
  ).value;
  const [port] = links;
  if (port === undefined) throw new Error('no link');
  const bonded = (mtu: number): Case => ({
    before: { ...snmp({ Ip: { FragFails: 0 } }), ...netstat({ TcpExt: { TCPMTUPFail: 0 } }) },
    after: { ...snmp({ Ip: { FragFails: mtu === 9000 ? 0 : 4 } }), ...netstat({ TcpExt: { TCPMTUPFail: 0 } }) },
    nics: [nicOf('eth0', { mtu: 1500, ipLink: have(port) }), nicOf('bond0', { mtu, physical: false })],
    sysctl: { 'net.ipv4.tcp_mtu_probing': '0' },
  });
  expect(findingOf('R50', bonded(9000)).changes).toMatchObject([{ attribute: 'mtu', value: '9000', current: '1500' }]);
  expect(findingOf('R50', bonded(1500)).changes).toMatchObject([{ key: 'net.ipv4.tcp_mtu_probing', value: '1' }]);
});

describe('sockets that stay', () => {
  const states = (state: string, before: number, after: number): Case => {
    const of = (v4: number) => ({
      tcpSockets: have({ states: new Map([[state, { v4, v6: 0 }]]), outgoing: [], queued: new Map() }) as never,
    });
    return { before: of(before), after: of(after) };
  };

  test.each<[number, number, string[]]>([
    [290, 300, ['warn']],
    [300, 300, ['info']],
    [90, 100, []],
  ])('R56 %i, then %i in CLOSE_WAIT: %j', (before, after, expected) => {
    expect(severitiesOf('R56', states('CLOSE_WAIT', before, after))).toEqual(expected);
  });

  test('R57, R58', () => {
    expect(severitiesOf('R57', states('FIN_WAIT2', 1000, 1001))).toEqual(['info']);
    expect(findingsOf('R57', states('FIN_WAIT2', 900, 1000))).toEqual([]);
    const files = (open: number): Case => ({ after: {}, sysctl: { 'fs.file-nr': `${open} 0 1000` } });
    expect([700, 701, 901].map((open) => severitiesOf('R58', files(open)))).toEqual([[], ['warn'], ['crit']]);
  });
});
