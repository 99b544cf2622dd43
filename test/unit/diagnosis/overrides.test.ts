import { expect, it } from 'vitest';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { heuristic, limit } from '../../../src/diagnosis/limit.ts';
import { overridesOf } from '../../../src/diagnosis/overrides.ts';
import { have, ruleOf } from '../../../src/diagnosis/rule.ts';
import { snapshotOf } from './build.ts';

/** Finds what is above its limit. */
const rule = ruleOf({
  id: 'R18',
  title: 'test',
  step: 'I20',
  evidence: 'none',
  fix: 'none',
  lookalikes: 'none',
  limits: { warnPerSecond: limit(1, heuristic, (value) => `above ${value}/s`) },
  needs: () => have(3),
  check: (rate, _, { warnPerSecond }) =>
    rate <= warnPerSecond
      ? []
      : [
          {
            severity: 'warn',
            subject: { kind: 'host' },
            title: `${rate}/s`,
            why: '',
            evidence: [],
            verify: '',
            tab: 'tcp',
          },
        ],
});

it('makes numbers of the user’s the limits of rules, and the finding says whose they are', () => {
  const snapshot = snapshotOf({ after: {} });
  const rates = { ok: false, reason: 'none' } as const;
  const judged = (own: Record<string, number>) =>
    diagnose(snapshot, rates, [rule], overridesOf(Object.entries(own), [rule]).limits).findings;
  expect(judged({})).toMatchObject([{ threshold: { text: 'above 1/s', source: 'heuristic' } }]);
  expect(judged({ 'R18.warnPerSecond': 2 })).toMatchObject([
    { threshold: { text: 'above 2/s', source: 'your settings' } },
  ]);
  expect(judged({ 'R18.warnPerSecond': 3 })).toEqual([]);
});

it.each([
  ['R99.warnPerSecond', 1, 'there is no rule "R99"'],
  ['R18.warn', 1, 'R18 has no threshold "warn": it has warnPerSecond'],
  ['R18.constructor', 1, 'R18 has no threshold "constructor": it has warnPerSecond'],
  ['R18', 1, '"R18" names no threshold: write it as R18.warnPerSecond'],
  ['R18.warnPerSecond', '1', 'R18.warnPerSecond must be a number, 0 or more'],
  ['R18.warnPerSecond', -1, 'R18.warnPerSecond must be a number, 0 or more'],
  ['R18.warnPerSecond', Number.NaN, 'R18.warnPerSecond must be a number, 0 or more'],
])('leaves out %s = %j and says why', (key, value, problem) => {
  expect(overridesOf([[key, value]], [rule])).toEqual({ limits: new Map(), problems: [problem] });
});
