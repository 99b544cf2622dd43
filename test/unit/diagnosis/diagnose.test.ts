import { describe, expect, test } from 'vitest';
import { allRules } from '../../../src/diagnosis/allRules.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { formatCount, formatCpus, formatRate, formatShare } from '../../../src/diagnosis/figures.ts';
import type { Finding } from '../../../src/diagnosis/finding.ts';
import { have, ruleOf } from '../../../src/diagnosis/rule.ts';
import { diagnoseCase, netstat, snapshotOf, snmp, softnet } from './build.ts';

const example: Finding = {
  rule: 'R99',
  key: 'R99 host',
  severity: 'warn',
  step: 'I3',
  subject: { kind: 'host' },
  title: '',
  why: '',
  evidence: [],
  threshold: { text: '', source: '' },
  changes: [],
  advice: [],
  sideEffects: '',
  verify: '',
  tab: 'overview',
};

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
    const rule = ruleOf({
      id: 'R99',
      title: 'twice',
      step: 'I3',
      needs: () => have(null),
      check: () => [0, 1, 2].map((): Finding => ({ ...example, severity: 'warn' })),
    });
    const snapshot = snapshotOf({ after: {} });
    const { findings } = diagnose(snapshot, { ok: false, reason: 'none' }, [rule]);
    expect(findings.map((finding) => finding.key)).toEqual(['R99 host', 'R99 host #2', 'R99 host #3']);
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
