import { expect, test } from 'vitest';
import type { Found } from '../../../src/diagnosis/finding.ts';
import { keptCapture, keptCaptures } from './keptCapture.ts';

/** Nobody can say for what time a hypervisor took from the machine that made the captures. */
function findingsOf(name: string): Found[] {
  return keptCapture(name).diagnosis.findings.filter(({ rule }) => rule !== 'R37');
}

/** What each fault must be called first. */
const first: Readonly<Record<string, string>> = {
  'accept-queue-backlog': 'R18',
  'accept-queue-somaxconn': 'R18',
  'busy-poll': 'R61',
  'close-wait': 'R56',
  conntrack: 'R46',
  'cpu-full': 'R36',
  'fin-wait2': 'R57',
  'flow-limit': 'R29',
  'local-ports': 'R25',
  'mtu-black-hole': 'R34',
  'mtu-mismatch': 'R50',
  neighbours: 'R49',
  'open-files': 'R58',
  orphans: 'R26',
  'qdisc-pfifo-limit': 'R39',
  'qdisc-shaper': 'R39',
  'reassembly-lost': 'R48',
  'reassembly-memory': 'R48',
  reordering: 'R35',
  retransmits: 'R33',
  'reverse-path-filter': 'R55',
  'rfs-half': 'R54',
  'softnet-backlog': 'R01',
  'syn-flood': 'R21',
  'syn-queue': 'R21',
  'tcp-memory': 'R27',
  'tcp-options': 'R62',
  'tcp-rmem': 'R63',
  'time-squeeze': 'R02',
  'time-squeeze-namespace': 'R02',
  'time-wait': 'R24',
  'udp-receive-buffer': 'R44',
  'udp-rmem-max': 'R44',
  'udp-send-buffer': 'R45',
  'zero-window': 'R31',
};

test.each(Object.entries(first))('%s: %s is the first finding, and no other fault is found', (name, rule) => {
  const findings = findingsOf(`${name}.during`);
  expect(findings[0]?.rule).toBe(rule);
  // What another finding explains is not a second fault.
  const others = findings.slice(1).filter(({ explainedBy, severity }) => explainedBy === null && severity !== 'info');
  expect(others.map(({ rule, title }) => `${rule} ${title}`)).toEqual([]);
});

test('every capture that is kept of a fault is judged here', () => {
  const during = keptCaptures.filter((name) => name.endsWith('.during')).map((name) => name.replace('.during', ''));
  expect([...during].sort()).toEqual(Object.keys(first).sort());
});

test.each(keptCaptures.filter((name) => name.endsWith('.before')))('%s: nothing to warn of', (name) => {
  expect(findingsOf(name).filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect(keptCapture(name).diagnosis.checked.length).toBeGreaterThan(20);
});
