import type { FindingView } from '../../../webview/protocol.ts';
import type { Evidence, Finding } from '../../diagnosis/finding.ts';
import { stepLabel } from '../../knowledge/steps.ts';
import { fileFor, renderLine } from '../../tuning/renderFile.ts';

/** Findings as the panel shows them: numbers formatted, changes as the text they would write. */
export function findingViews(findings: readonly Finding[]): FindingView[] {
  return findings.map((finding) => ({
    key: finding.key,
    rule: finding.rule,
    severity: finding.severity,
    step: stepLabel(finding.step),
    title: finding.title,
    why: finding.why,
    threshold: `${finding.threshold.text} (${finding.threshold.source})`,
    evidence: finding.evidence.map(evidenceView),
    changes: finding.changes.flatMap((change) => {
      const text = renderLine(change);
      return text.ok ? [{ file: fileFor(change), text: text.text }] : [];
    }),
    advice: finding.advice,
    sideEffects: finding.sideEffects,
    verify: finding.verify,
    tab: finding.tab,
  }));
}

const count = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

function evidenceView(evidence: Evidence): FindingView['evidence'][number] {
  return {
    source: evidence.source,
    field: evidence.field,
    before: evidence.before === null ? '' : count.format(evidence.before),
    // A gauge is its own figure, with its unit.
    after: evidence.before === null ? '' : count.format(evidence.after),
    figure: evidence.seconds === null ? evidence.figure : `${evidence.figure} over ${count.format(evidence.seconds)} s`,
  };
}
