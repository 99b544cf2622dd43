import { describe, expect, test } from 'vitest';
import { type Observation, observe } from '../../../src/capture/observation.ts';
import { allRules } from '../../../src/diagnosis/allRules.ts';
import type { Finding } from '../../../src/diagnosis/finding.ts';
import { findingMarkdown } from '../../../src/report/markdown.ts';
import type { Change } from '../../../src/tuning/change.ts';
import { connectionCases } from './cases/connectionCases.ts';
import { captureOf, type Edit } from './cases/edits.ts';
import { hostCases } from './cases/hostCases.ts';
import { listenerCases } from './cases/listenerCases.ts';
import { nicCases } from './cases/nicCases.ts';
import { offloadCases } from './cases/offloadCases.ts';
import { queueCases } from './cases/queueCases.ts';
import { retransmitCases } from './cases/retransmitCases.ts';
import { tableCases } from './cases/tableCases.ts';
import { tcpCases } from './cases/tcpCases.ts';

const cases = [
  ...connectionCases,
  ...hostCases,
  ...nicCases,
  ...queueCases,
  ...offloadCases,
  ...retransmitCases,
  ...tcpCases,
  ...listenerCases,
  ...tableCases,
];

function observed(capture: string, edits: readonly Edit[]): Observation {
  return observe(edits.reduce((text, edit) => edit(text), captureOf(capture)));
}

function findingsOf({ diagnosis }: Observation, rule: string): Finding[] {
  return diagnosis.findings.filter((finding) => finding.rule === rule);
}

function reasonOf({ diagnosis }: Observation, rule: string): string | undefined {
  return diagnosis.notChecked.find((one) => one.rule === rule)?.reason;
}

function changeText(change: Change): string {
  const name =
    'key' in change
      ? change.key
      : 'attribute' in change
        ? change.attribute
        : 'name' in change
          ? change.name
          : 'action' in change
            ? change.action
            : change.kind;
  return `${name} ${change.current ?? '?'} -> ${change.value}`;
}

describe.each(cases)('$rule', ({ rule, capture, fires, silent, notChecked }) => {
  test.each(fires)('fires: $what', (one) => {
    const seen = observed(one.capture ?? capture, one.edits);
    const [finding, ...others] = findingsOf(seen, rule);
    if (finding === undefined) throw new Error(`nothing found; ${reasonOf(seen, rule) ?? 'it was checked'}`);
    expect(others).toEqual([]);
    if (typeof one.title === 'string') expect(finding.title).toBe(one.title);
    else expect(finding.title).toMatch(one.title);
    expect(finding.severity).toBe(one.severity);
    if (one.changes !== undefined) expect(finding.changes.map(changeText)).toEqual(one.changes);
    expectWhole(finding);
  });

  test.each(silent)('silent: $what', (one) => {
    const seen = observed(one.capture ?? capture, one.edits);
    expect(reasonOf(seen, rule)).toBeUndefined();
    expect(findingsOf(seen, rule).map(({ title }) => title)).toEqual([]);
  });

  if (notChecked.length > 0)
    test.each(notChecked)('not checked: $what', (one) => {
      const seen = observed(one.capture ?? capture, one.edits);
      expect(findingsOf(seen, rule)).toEqual([]);
      expect(reasonOf(seen, rule) ?? 'it was checked').toMatch(one.reason);
    });
});

/** What every finding has to say. */
function expectWhole(finding: Finding): void {
  expect(finding.title).toMatch(/\d|off|lowest|RFS/);
  expect(finding.evidence.length).toBeGreaterThan(0);
  for (const { source, field, figure } of finding.evidence) expect([source, field, figure]).not.toContain('');
  for (const text of [
    finding.why,
    finding.lookalikes,
    finding.verify,
    finding.threshold.text,
    finding.threshold.source,
  ])
    expect(text.trim()).not.toBe('');
  // Nothing to change is said in words.
  expect(finding.changes.length + finding.advice.length).toBeGreaterThan(0);
  const markdown = findingMarkdown({ ...finding, explainedBy: null }, []);
  expect(markdown).not.toMatch(/undefined|NaN|\[object|null/);
}

test('every rule has a capture that fires it and one that must not', () => {
  expect(cases.map(({ rule }) => rule).sort()).toEqual(allRules.map(({ id }) => id).sort());
});
