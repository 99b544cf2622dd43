import { expect, test } from 'vitest';
import { sysctlMatches } from '../../../src/languages/sysctl/matches.ts';
import { parseSysctlConf } from '../../../src/languages/sysctl/sysctlConf.ts';
import { findingOf, listeners, netstat, nicOf, ring, softnet, statistics } from '../diagnosis/build.ts';

const drops = findingOf('R01', {
  before: softnet([{ cpu: 0 }]),
  after: softnet([{ cpu: 0, dropped: 9 }]),
  sysctl: { 'net.core.netdev_max_backlog': '1000' },
});
const overflows = findingOf('R18', {
  before: netstat({ TcpExt: { ListenOverflows: 0 } }),
  after: { ...netstat({ TcpExt: { ListenOverflows: 9 } }), ...listeners([{ port: 80, recvQ: 129, sendQ: 128 }]) },
  sysctl: { 'net.core.somaxconn': '128' },
});
const missed = findingOf('R06', {
  before: statistics({ eth0: { rx_missed_errors: 0 } }),
  after: statistics({ eth0: { rx_missed_errors: 1 } }),
  nics: [nicOf('eth0', ring(256, 4096))],
});

test('lines that findings concern, and whether they say enough already', () => {
  const text = [
    'net.core.somaxconn = 128',
    'net/core/netdev_max_backlog = 2500',
    'vm.swappiness = 1',
    '-net.core.somaxconn = 4096',
  ].join('\n');
  const found = sysctlMatches(parseSysctlConf(text), [missed, drops, overflows]);
  expect(
    found.map(({ assignment, finding, change, satisfied, overridden }) => [
      assignment.lineNumber,
      finding.rule,
      change.value,
      satisfied,
      overridden,
    ]),
  ).toEqual([
    [0, 'R18', '4096', false, true],
    [1, 'R01', '2000', true, false],
    [3, 'R18', '4096', true, false],
  ]);
});

test('nothing in common', () => {
  expect(sysctlMatches(parseSysctlConf('a.b = 1\n'), [drops])).toEqual([]);
  expect(sysctlMatches(parseSysctlConf('net.core.netdev_max_backlog = 1\n'), [])).toEqual([]);
});
