import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Observation, observe } from '../../../src/capture/observation.ts';
import type { Nic } from '../../../src/model/snapshot.ts';
import { tuningHost } from '../../../src/report/tuningNotes.ts';
import { allTunings } from '../../../src/tuning/allTunings.ts';
import { subjectOf } from '../../../src/tuning/describe.ts';
import type { Outcome, TuningHost } from '../../../src/tuning/tuning.ts';

/** Real captures: machines with drivers, a namespace, hosts with next to no tools. */
export const captures = [
  'four-drivers.netsnap.gz',
  'debian-11.netsnap.gz',
  'debian-13.netsnap.gz',
  'vm-8cpu.netsnap',
  'namespace-nobody.netsnap.gz',
  'busybox.netsnap.gz',
  'sh-grep-tail.netsnap.gz',
] as const;

export function observed(name: (typeof captures)[number], edit = (text: string): string => text): Observation {
  const bytes = readFileSync(join(import.meta.dirname, '../../fixtures/captures', name));
  return observe(edit((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')));
}

type Options = Partial<Pick<TuningHost, 'nic' | 'rttMs' | 'services'>>;

export function planned(id: string, observation: Observation, options: Options = {}): readonly Outcome[] {
  const tuning = allTunings.find((one) => one.id === id);
  if (tuning === undefined) throw new Error(id);
  return tuning.plan(tuningHost(observation, { nic: null, rttMs: null, services: [], ...options }));
}

/** `eth1 rx ring: 256 -> 1024`, `kept: ...`, `none: ...` of each outcome. */
export function said(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => {
    if (outcome.state === 'kept') return `kept: ${outcome.subject} ${outcome.value}`;
    if (outcome.state === 'missing') return `none: ${outcome.subject}: ${outcome.reason}`;
    return `${subjectOf(outcome.change)}: ${outcome.change.current} -> ${outcome.change.value}`;
  });
}

/** The same observation with one interface otherwise. */
export function withNic(observation: Observation, name: string, parts: Partial<Nic>): Observation {
  const { snapshot } = observation;
  const nics = snapshot.nics.map((nic) => (nic.name === name ? { ...nic, ...parts } : nic));
  return { ...observation, snapshot: { ...snapshot, nics } };
}

/** The same with other sysctls. */
export function withSysctl(observation: Observation, values: Readonly<Record<string, string>>): Observation {
  const { snapshot } = observation;
  if (!snapshot.sysctl.ok) throw new Error(snapshot.sysctl.reason);
  const sysctl = { ...snapshot.sysctl, value: new Map([...snapshot.sysctl.value, ...Object.entries(values)]) };
  return { ...observation, snapshot: { ...snapshot, sysctl } };
}
