import type { Observation } from '../capture/observation.ts';
import type { Finding } from '../diagnosis/finding.ts';
import { describe, subjectOf } from '../tuning/describe.ts';
import { inverseOf } from '../tuning/inverse.ts';
import type { Arithmetic, Outcome, Tuning, TuningHost } from '../tuning/tuning.ts';
import type { NotedChange } from '../tuning/writeForm.ts';
import { figureText, movementText, thresholdText } from './findingTexts.ts';

/** Evidence that a comment names; a finding of a large host may have hundreds of lines. */
const shownEvidence = 3;

/** What findings ask for, worst first, one change a setting, with reason and figures. */
export function findingChanges({ diagnosis }: Observation): NotedChange[] {
  const seen = new Set<string>();
  return diagnosis.findings.flatMap((finding) =>
    finding.changes.flatMap((change) => {
      const subject = subjectOf(change);
      if (seen.has(subject)) return [];
      seen.add(subject);
      const evidence = finding.evidence.slice(0, shownEvidence).map((one) => {
        const movement = movementText(one);
        return `  ${one.source} ${one.field}: ${movement === '' ? '' : `${movement}, `}${figureText(one)}`;
      });
      const notes = [
        `${finding.rule} ${finding.title}`,
        describe(change),
        ...evidence,
        `  threshold: ${thresholdText({ ...finding, explainedBy: null })}`,
        ...costs(finding),
      ];
      return [{ change, notes }];
    }),
  );
}

function costs({ sideEffects }: Finding): string[] {
  return sideEffects === '' ? [] : [`  costs: ${sideEffects}`];
}

/** What one tuning would change on a host, with its terms. */
export function tuningChanges(tuning: Tuning, outcomes: readonly Outcome[]): NotedChange[] {
  const made = outcomes.filter((outcome) => outcome.state === 'change');
  return made.map(({ change, arithmetic }, index) => ({
    change,
    notes: [
      `${tuning.id} ${tuning.title}: ${describe(change)}`,
      ...arithmeticLines(arithmetic).map((line) => `  ${line}`),
      // The same of all.
      ...(index === 0 ? [`  costs: ${tuning.sideEffects}`] : []),
    ],
  }));
}

/** The terms, each with where it is from, and the formula. */
export function arithmeticLines({ terms, formula }: Arithmetic): string[] {
  return [...terms.map(({ name, value, source }) => `${name}: ${value} (${source})`), formula];
}

/** What takes changes back, last one first; what was there and was not read is left out. */
export function undone(changes: readonly NotedChange[]): {
  readonly changes: NotedChange[];
  readonly lost: NotedChange[];
} {
  const inverses: NotedChange[] = [];
  const lost: NotedChange[] = [];
  for (const noted of [...changes].reverse()) {
    const change = inverseOf(noted.change);
    if (change === null) lost.push(noted);
    else inverses.push({ change, notes: [`back: ${describe(change)}`] });
  }
  return { changes: inverses, lost };
}

/** What tunings are worked out from, of what was observed. */
export function tuningHost(
  { snapshot, rates }: Observation,
  options: Pick<TuningHost, 'nic' | 'rttMs' | 'services'>,
): TuningHost {
  return { snapshot, rates, ...options };
}
