import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Observation, observe } from '../../../src/capture/observation.ts';

const folder = new URL('../../fixtures/scenarios/', import.meta.url);
/** Captures that test/hosts/faults kept: of a fault under way, and of the same traffic before it. */
const names = readdirSync(folder).filter((name) => name.endsWith('.netsnap.gz'));

function seen(name: string): Observation {
  return observe(gunzipSync(readFileSync(new URL(name, folder))).toString('utf8'));
}

/** What each fault must be called first; for the steal of the machine that made the captures nobody can. */
const first: Readonly<Record<string, string>> = {
  'accept-queue-backlog': 'R18',
  'accept-queue-somaxconn': 'R18',
  'close-wait': 'R56',
  'fin-wait2': 'R57',
  'local-ports': 'R25',
  'mtu-mismatch': 'R50',
  'qdisc-pfifo-limit': 'R39',
  'qdisc-shaper': 'R39',
  'reassembly-lost': 'R48',
  'reassembly-memory': 'R48',
  reordering: 'R35',
  retransmits: 'R33',
  'reverse-path-filter': 'R55',
  'syn-flood': 'R21',
  'syn-queue': 'R21',
  'tcp-options': 'R62',
  'tcp-rmem': 'R63',
  'time-wait': 'R24',
  'udp-receive-buffer': 'R44',
  'udp-rmem-max': 'R44',
  'udp-send-buffer': 'R45',
  'zero-window': 'R31',
};

const during = names.filter((name) => name.endsWith('.during.netsnap.gz'));

test.each(during)('%s: the fault is the first finding', (name) => {
  const findings = seen(name).diagnosis.findings.filter(({ rule }) => rule !== 'R37');
  expect(findings[0]?.rule).toBe(first[name.replace('.during.netsnap.gz', '')]);
  // What another finding explains is not a second fault.
  const heads = findings.filter(({ explainedBy, severity }) => explainedBy === null && severity !== 'info');
  expect(heads.map(({ rule }) => rule)).toEqual(heads.length === 0 ? [] : [findings[0]?.rule]);
});

test('there is a capture of each', () => {
  expect(during.map((name) => name.replace('.during.netsnap.gz', '')).sort()).toEqual(Object.keys(first).sort());
});

test.each(names.filter((name) => name.endsWith('.before.netsnap.gz')))('%s: nothing to warn of', (name) => {
  const { diagnosis } = seen(name);
  expect(diagnosis.findings.filter(({ rule, severity }) => severity !== 'info' && rule !== 'R37')).toEqual([]);
  expect(diagnosis.checked.length).toBeGreaterThan(20);
});
