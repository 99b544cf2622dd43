import { allRules } from './allRules.ts';
import type { LimitOverrides } from './limit.ts';
import type { RuleFacts } from './rule.ts';

/** The user's own numbers, and what of them cannot be used: one sentence each. */
export interface OverridesRead {
  readonly limits: LimitOverrides;
  readonly problems: readonly string[];
}

/**
 * Numbers for limits of rules, by `R18.warnPerSecond`. What names no limit, or is no number from 0 on, is left out and
 * told: a mistyped name must not pass for a changed threshold.
 */
export function overridesOf(
  entries: Iterable<readonly [string, unknown]>,
  rules: readonly RuleFacts[] = allRules,
): OverridesRead {
  const limits = new Map<string, number>();
  const problems: string[] = [];
  for (const [key, value] of entries) {
    const problem = problemOf(key, value, rules);
    if (problem !== null) problems.push(problem);
    else if (typeof value === 'number') limits.set(key, value);
  }
  return { limits, problems };
}

function problemOf(key: string, value: unknown, rules: readonly RuleFacts[]): string | null {
  const dot = key.indexOf('.');
  if (dot < 0) return `"${key}" names no threshold: write it as R18.warnPerSecond`;
  const id = key.slice(0, dot);
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) return `there is no rule "${id}"`;
  if (!Object.hasOwn(rule.limits, key.slice(dot + 1))) {
    const names = Object.keys(rule.limits);
    return `${id} has no threshold "${key.slice(dot + 1)}": ${names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`}`;
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return `${key} must be a number, 0 or more`;
  return null;
}
