import type { StepId } from '../knowledge/steps.ts';
import type { RatesResult } from '../model/rates.ts';
import type { Missing } from '../model/reading.ts';
import type { Sample, Snapshot } from '../model/snapshot.ts';
import { type Draft, type Finding, keyOf } from './finding.ts';
import { type LimitOverrides, type Limits, type Numbers, numbersOf, thresholdOf } from './limit.ts';

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

/** What a reader is told of a rule, whatever it finds: `docs/rules.md` is made of it. */
export interface RuleFacts {
  /** `R01`; the number never changes its meaning. */
  readonly id: string;
  /** A few words for lists of what was and was not checked. */
  readonly title: string;
  readonly step: StepId;
  /** Files, fields and the figure made of them. */
  readonly evidence: string;
  /** What its findings propose. */
  readonly fix: string;
  /** What else looks the same, or why a true figure may be no fault. */
  readonly lookalikes: string;
  readonly limits: Limits;
}

/** A rule as it is written: first what it needs, then what it makes of it. */
export interface RuleParts<D, L extends Limits> extends RuleFacts {
  readonly limits: L;
  readonly needs: (context: RuleContext, limits: Numbers<L>) => Needed<D>;
  /** Empty when the figures are healthy. */
  readonly check: (data: D, context: RuleContext, limits: Numbers<L>) => readonly Draft[];
}

/** A rule as it is run: its data type is nobody else's business. */
export interface Rule extends RuleFacts {
  readonly run: (context: RuleContext, overrides: LimitOverrides) => Needed<readonly Finding[]>;
}

export function ruleOf<D, L extends Limits>(parts: RuleParts<D, L>): Rule {
  const { needs, check, ...facts } = parts;
  const run: Rule['run'] = (context, overrides) => {
    const limits = numbersOf(parts.id, parts.limits, overrides);
    const data = needs(context, limits);
    if (!data.ok) return data;
    const threshold = thresholdOf(parts.limits, limits);
    const findings = check(data.value, context, limits).map((draft): Finding => {
      const { changes = [], advice = [], sideEffects, cpus = [], nics = [], misset = false, ...rest } = draft;
      return {
        rule: parts.id,
        key: keyOf(parts.id, draft.subject),
        step: parts.step,
        threshold,
        lookalikes: parts.lookalikes,
        ...rest,
        changes,
        advice,
        cpus,
        nics,
        misset,
        sideEffects: changes.length === 0 || sideEffects === undefined ? 'None: nothing is changed.' : sideEffects,
      };
    });
    return { ok: true, value: findings };
  };
  return { ...facts, run };
}

export function have<D>(value: D): Needed<D> {
  return { ok: true, value };
}

/** What was not read, by its source: the reason alone (`no such file`) does not say of what. */
export function notRead({ source, reason }: Missing): Needed<never> {
  return lack(`${source}: ${reason}`);
}

/** `reason` reads on after "not checked: ". */
export function lack(reason: string): Needed<never> {
  return { ok: false, reason };
}
