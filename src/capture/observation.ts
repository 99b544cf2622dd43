import { allRules } from '../diagnosis/allRules.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Diagnosis } from '../diagnosis/finding.ts';
import type { LimitOverrides } from '../diagnosis/limit.ts';
import type { RatesResult } from '../model/rates.ts';
import { ratesOf } from '../model/ratesOf.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { readSnapshot } from './readSnapshot.ts';

/** A capture read to the end: what was seen, what changed, what that means. */
export interface Observation {
  readonly snapshot: Snapshot;
  readonly rates: RatesResult;
  readonly diagnosis: Diagnosis;
}

/**
 * From the text of a capture to its findings. Never throws on content. `problems` is what went wrong while it was taken
 * and does not stand in it; `limits` are the user's own thresholds.
 */
export function observe(
  text: string,
  problems: readonly string[] = [],
  limits: LimitOverrides = new Map(),
): Observation {
  const found = readSnapshot(text);
  const snapshot = { ...found, problems: [...problems, ...found.problems] };
  const rates = ratesOf(snapshot);
  return judgedBy(limits, { snapshot, rates });
}

/** What was observed, judged by these thresholds. */
export function judgedBy(limits: LimitOverrides, { snapshot, rates }: Omit<Observation, 'diagnosis'>): Observation {
  return { snapshot, rates, diagnosis: diagnose(snapshot, rates, allRules, limits) };
}
