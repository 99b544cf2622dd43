import { describe, expect, test } from 'vitest';
import { allRules } from '../../../src/diagnosis/allRules.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { formatCount, formatCpus, formatRate, formatShare } from '../../../src/diagnosis/figures.ts';
import type { Draft } from '../../../src/diagnosis/finding.ts';
import { heuristic, type LimitOverrides, limit } from '../../../src/diagnosis/limit.ts';
import { have, ruleOf } from '../../../src/diagnosis/rule.ts';
import { diagnoseCase, netstat, snapshotOf, snmp, softnet } from './build.ts';

const example: Draft = {
  severity: 'warn',
  subject: { kind: 'host' },
  title: '',
  why: '',
  evidence: [],
  sideEffects: 'some',
  verify: '',
  tab: 'overview',
};

const rule99 = {
  id: 'R99',
  title: 'twice',
  step: 'I3',
  evidence: '',
  fix: '',
  lookalikes: 'rain',
  limits: {
    warn: limit(1, 'netdata', (value) => `above ${value}/s a warning`),
    crit: limit(5, heuristic, (value) => `above ${value}/s critical`),
  },
} as const;

describe('diagnose', () => {
  test('worst first, then along the packet’s way', () => {
    const { findings } = diagnoseCase({
      before: {
        ...softnet([{ cpu: 0 }]),
        ...netstat({ TcpExt: { ListenOverflows: 0 } }),
        ...snmp({ Udp: { RcvbufErrors: 0 } }),
      },
      after: {
        ...softnet([{ cpu: 0, dropped: 1 }]),
        ...netstat({ TcpExt: { ListenOverflows: 100 } }),
        ...snmp({ Udp: { RcvbufErrors: 100 } }),
      },
    });
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['R18 crit', 'R01 warn', 'R44 warn']);
  });

  test('every rule is either checked or says why not', () => {
    const { findings, checked, notChecked } = diagnoseCase({ after: {} });
    expect(findings).toEqual([]);
    expect(checked).toEqual([]);
    expect(notChecked.map((entry) => entry.rule)).toEqual(allRules.map((rule) => rule.id));
    for (const { reason } of notChecked) expect(reason).not.toBe('');
  });

  test('two findings on one subject have two keys, whoever made them', () => {
    const rule = ruleOf({ ...rule99, needs: () => have(null), check: () => [0, 1, 2].map(() => example) });
    const snapshot = snapshotOf({ after: {} });
    const { findings } = diagnose(snapshot, { ok: false, reason: 'none' }, [rule]);
    expect(findings.map((finding) => finding.key)).toEqual(['R99 host', 'R99 host #2', 'R99 host #3']);
  });

  test('the user’s settings replace a limit, and a finding says so', () => {
    const rule = ruleOf({
      ...rule99,
      needs: () => have(3),
      check: (rate, _, { warn, crit }) =>
        rate > warn ? [{ ...example, severity: rate > crit ? 'crit' : 'warn' }] : [],
    });
    const found = (limits: LimitOverrides) =>
      diagnose(snapshotOf({ after: {} }), { ok: false, reason: 'none' }, [rule], limits).findings;
    expect(found(new Map())[0]).toMatchObject({
      severity: 'warn',
      lookalikes: 'rain',
      sideEffects: 'None: nothing is changed.',
      threshold: { text: 'above 1/s a warning, above 5/s critical', source: 'netdata; heuristic' },
    });
    expect(found(new Map([['R99.crit', 2]]))[0]).toMatchObject({
      severity: 'crit',
      threshold: { text: 'above 1/s a warning, above 2/s critical', source: 'netdata; your settings' },
    });
    expect(found(new Map([['R99.warn', 3]]))).toEqual([]);
  });

  test('a capture without samples is not healthy', () => {
    const snapshot = { ...snapshotOf({ after: {} }), samples: [] };
    const { checked, notChecked } = diagnose(snapshot, { ok: false, reason: 'no samples' });
    expect(checked).toEqual([]);
    expect(new Set(notChecked.map((entry) => entry.reason))).toEqual(new Set(['the capture holds no sample']));
  });

  test('ids are unique', () => {
    expect(new Set(allRules.map((rule) => rule.id)).size).toBe(allRules.length);
  });
});

describe('figures', () => {
  test.each([
    [0, '0/s'],
    [0.004, '<0.01/s'],
    [0.5, '0.5/s'],
    [9.999, '10/s'],
    [12.34, '12.3/s'],
    [120, '120/s'],
    [1_234_567.8, '1,234,568/s'],
  ])('rate %d', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });

  test('the rest', () => {
    expect(formatRate(3, 'drops')).toBe('3 drops/s');
    expect([0, 0.00001, 0.0024, 0.05, 0.934].map(formatShare)).toEqual(['0 %', '<0.01 %', '0.24 %', '5 %', '93 %']);
    expect([999, 1000, 1_234_567].map(formatCount)).toEqual(['999', '1,000', '1,234,567']);
    expect([[3], [0, 3, 7], [0, 1, 2, 3, 4]].map(formatCpus)).toEqual([
      'CPU 3',
      'CPUs 0, 3 and 7',
      'CPUs 0, 1, 2 and 2 more',
    ]);
  });
});
