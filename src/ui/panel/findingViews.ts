import type { FindingView } from '../../../webview/protocol.ts';
import type { Evidence, Found } from '../../diagnosis/finding.ts';
import { stepLabel } from '../../knowledge/steps.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { thresholdText } from '../../report/findingTexts.ts';
import { nicsOf } from '../views/findingFilter.ts';
import { changeView } from './changeViews.ts';

/** Findings as the panel shows them: numbers formatted, changes as the text they would write. */
export function findingViews(findings: readonly Found[], snapshot: Snapshot): FindingView[] {
  const titles = new Map(findings.map(({ key, title }) => [key, title]));
  return findings.map((finding) => ({
    key: finding.key,
    rule: finding.rule,
    severity: finding.severity,
    step: stepLabel(finding.step),
    nics: nicsOf(finding),
    title: finding.title,
    why: finding.why,
    explainedBy:
      finding.explainedBy === null
        ? null
        : { ...finding.explainedBy, title: titles.get(finding.explainedBy.key) ?? finding.explainedBy.key },
    threshold: thresholdText(finding),
    evidence: finding.evidence.map(evidenceView),
    changes: finding.changes.map((change) => changeView(change, snapshot)),
    advice: finding.advice,
    sideEffects: finding.sideEffects,
    lookalikes: finding.lookalikes,
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
