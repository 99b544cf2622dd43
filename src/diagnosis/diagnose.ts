import type { RatesResult } from '../model/rates.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { allRules } from './allRules.ts';
import { causesFirst } from './causes.ts';
import type { Diagnosis, Finding } from './finding.ts';
import type { LimitOverrides } from './limit.ts';
import type { Rule } from './rule.ts';

/** Over less, one burst or one late reading decides: the clock of /proc/uptime ticks in 10 ms, samples take as long. */
const minimumSeconds = 0.9;

/** Every rule on one snapshot. Findings come worst first, causes before symptoms; equals keep the order of `allRules`. */
export function diagnose(
  snapshot: Snapshot,
  rates: RatesResult,
  rules: readonly Rule[] = allRules,
  limits: LimitOverrides = new Map(),
): Diagnosis {
  const findings: Finding[] = [];
  const checked: string[] = [];
  const notChecked: { rule: string; title: string; reason: string }[] = [];
  const sample = snapshot.samples.at(-1);
  for (const rule of rules) {
    const verdict =
      sample === undefined
        ? { ok: false as const, reason: 'the capture holds no sample' }
        : rule.run({ snapshot, sample, rates: longEnough(rates) }, limits);
    if (verdict.ok) {
      checked.push(rule.id);
      findings.push(...verdict.value);
    } else {
      notChecked.push({ rule: rule.id, title: rule.title, reason: verdict.reason });
    }
  }
  return { findings: causesFirst(withUniqueKeys(findings)), checked, notChecked };
}

/** A hostile capture may name one subject twice; trees and maps go by the key. */
function withUniqueKeys(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const nth = (seen.get(finding.key) ?? 0) + 1;
    seen.set(finding.key, nth);
    return nth === 1 ? finding : { ...finding, key: `${finding.key} #${nth}` };
  });
}

function longEnough(rates: RatesResult): RatesResult {
  if (!rates.ok || rates.value.seconds >= minimumSeconds) return rates;
  const reason = `window too short: the samples are ${rates.value.seconds.toFixed(2)} s apart, rates need ${minimumSeconds} s`;
  return { ok: false, reason };
}
