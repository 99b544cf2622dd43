import type { Snapshot } from '../../model/snapshot.ts';
import type { DocumentContext, Problem, Span, SpanEdit } from '../service/languageService.ts';
import type { RuleSetting } from './checkOrder.ts';
import type { Given, RuleInFlow } from './ruleFlow.ts';

/**
 * What was said of a rule the last time, by its text and what jumps leave for it: of a file of thousands of rules a keystroke
 * changes one. Only what the last look at a file of this place and host said is kept.
 */
export interface RuleMemo {
  /** The problems of a rule, by `judge` where they are not known. */
  readonly problemsOf: (inFlow: RuleInFlow, judge: () => RuleVerdict) => RuleVerdict;
  /** The look is over: what it did not ask for is forgotten. */
  readonly done: () => void;
}

export interface RuleVerdict {
  readonly problems: readonly Problem[];
  /** For what rules do to one another. */
  readonly settings: readonly RuleSetting[];
  /** udev leaves the rule out. */
  readonly dropped: boolean;
}

interface Kept {
  readonly path: string | null;
  readonly snapshot: Snapshot | null;
  readonly label: string | null;
  readonly verdicts: ReadonlyMap<string, RuleVerdict>;
}

/** Of a few files: those that are edited side by side. */
const mostFiles = 4;
const kept: Kept[] = [];

export function ruleMemo(text: string, { path, host }: DocumentContext): RuleMemo {
  const snapshot = host?.snapshot ?? null;
  const label = host?.label ?? null;
  const at = kept.findIndex((one) => one.path === path && one.snapshot === snapshot && one.label === label);
  const before = kept[at]?.verdicts;
  const now = new Map<string, RuleVerdict>();
  const names = new Map<readonly Given[], string>();
  const nameOf = (given: readonly Given[]): string => {
    const known = names.get(given);
    if (known !== undefined) return known;
    const name = JSON.stringify(given.map(({ key, attribute, operator, value }) => [key, attribute, operator, value]));
    names.set(given, name);
    return name;
  };
  return {
    problemsOf: (inFlow, judge) => {
      const { rule, left, actionGuarded } = inFlow;
      const key = `${actionGuarded ? 'a' : ''}${rule.open ? 'o' : ''}${nameOf(left)}\n${text.slice(rule.start, rule.end)}`;
      const known = now.get(key) ?? before?.get(key);
      const verdict = known ?? shifted(judge(), -rule.start);
      now.set(key, verdict);
      return verdict.problems.length === 0 ? verdict : shifted(verdict, rule.start);
    },
    done: () => {
      if (at >= 0) kept.splice(at, 1);
      kept.unshift({ path, snapshot, label, verdicts: now });
      kept.length = Math.min(kept.length, mostFiles);
    },
  };
}

function shifted(verdict: RuleVerdict, by: number): RuleVerdict {
  const span = <T extends Span>(one: T): T => ({ ...one, start: one.start + by, end: one.end + by });
  return {
    ...verdict,
    problems: verdict.problems.map((problem) => ({
      ...problem,
      span: span(problem.span),
      related: problem.related.map((place) => (place.span === null ? place : { ...place, span: span(place.span) })),
      fixes: problem.fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => span<SpanEdit>(edit)) })),
    })),
  };
}
