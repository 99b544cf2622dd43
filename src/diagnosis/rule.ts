import type { StepId } from '../knowledge/steps.ts';
import type { RatesResult } from '../model/rates.ts';
import type { Sample, Snapshot } from '../model/snapshot.ts';
import type { Finding } from './finding.ts';

/** What every rule gets. */
export interface RuleContext {
  readonly snapshot: Snapshot;
  /** The newest sample: gauges are read from it. */
  readonly sample: Sample;
  /** Rates over a window that is long enough to judge, or why there are none. */
  readonly rates: RatesResult;
}

/** The data a rule works on, or the reason, in words for the user, why it cannot be checked on this snapshot. */
export type Needed<D> = { readonly ok: true; readonly value: D } | { readonly ok: false; readonly reason: string };

/** A rule as it is written: first what it needs, then what it makes of it. */
export interface RuleParts<D> {
  /** `R01`; the number never changes its meaning. */
  readonly id: string;
  /** A few words for lists of what was and was not checked. */
  readonly title: string;
  readonly step: StepId;
  readonly needs: (context: RuleContext) => Needed<D>;
  /** Empty when the figures are healthy. */
  readonly check: (data: D, context: RuleContext) => readonly Finding[];
}

/** A rule as it is run: its data type is nobody else's business. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly step: StepId;
  readonly run: (context: RuleContext) => Needed<readonly Finding[]>;
}

export function ruleOf<D>(parts: RuleParts<D>): Rule {
  const run = (context: RuleContext): Needed<readonly Finding[]> => {
    const data = parts.needs(context);
    return data.ok ? { ok: true, value: parts.check(data.value, context) } : data;
  };
  return { id: parts.id, title: parts.title, step: parts.step, run };
}

export function have<D>(value: D): Needed<D> {
  return { ok: true, value };
}

/** `reason` reads on after "not checked: ". */
export function lack(reason: string): Needed<never> {
  return { ok: false, reason };
}
