import type { Host } from '../hosts/host.ts';
import type { Severity } from '../model/severity.ts';
import { isAbort } from '../transport/abort.ts';
import { type Problem, problemOf } from './problems.ts';
import type { Outcome } from './runAll.ts';
import type { Source } from './sources.ts';

/** What is kept of one host's snapshot for the list of results: a few words, never the observation. */
export type SnapshotResult = { readonly host: Host } & (
  | { readonly kind: 'worked'; readonly findings: number; readonly worst: Severity | null }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'skipped' }
);

/** A part of the list; there is none without rows. */
export interface ResultGroup {
  readonly name: 'Waiting for you' | 'Failed' | 'Not taken' | 'Worked';
  readonly results: readonly SnapshotResult[];
}

/** Giving up at a prompt is no failure of the host. */
export function resultOf(host: Host, outcome: Outcome<Source>): SnapshotResult {
  if (outcome.kind === 'skipped') return { host, kind: 'skipped' };
  if (outcome.kind === 'failed') {
    return isAbort(outcome.error)
      ? { host, kind: 'skipped' }
      : { host, kind: 'failed', problem: problemOf(outcome.error) };
  }
  // Worst first.
  const { findings } = outcome.result.observation.diagnosis;
  return { host, kind: 'worked', findings: findings.length, worst: findings[0]?.severity ?? null };
}

const rank: Readonly<Record<Severity, number>> = { crit: 0, warn: 1, info: 2 };

/** What is to be done comes first: hosts that wait for the user, failures, what was not taken; then findings, worst first. */
export function groupsOf(results: readonly SnapshotResult[]): ResultGroup[] {
  const waits = (result: SnapshotResult): boolean => result.kind === 'failed' && result.problem.attention;
  const order = (result: SnapshotResult): number =>
    result.kind === 'worked' && result.worst !== null ? rank[result.worst] : 3;
  const groups: ResultGroup[] = [
    { name: 'Waiting for you', results: results.filter(waits) },
    { name: 'Failed', results: results.filter((result) => result.kind === 'failed' && !waits(result)) },
    { name: 'Not taken', results: results.filter(({ kind }) => kind === 'skipped') },
    {
      name: 'Worked',
      results: results.filter(({ kind }) => kind === 'worked').sort((x, y) => order(x) - order(y)),
    },
  ];
  return groups.filter((group) => group.results.length > 0);
}

/** `47 worked, 2 failed, 1 waiting for you`; what there is none of is left out. */
export function summaryOf(groups: readonly ResultGroup[]): string {
  return [...groups]
    .reverse()
    .map(({ name, results }) => `${results.length} ${name.toLowerCase()}`)
    .join(', ');
}
