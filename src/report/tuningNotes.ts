import type { Observation } from '../capture/observation.ts';
import type { Finding } from '../diagnosis/finding.ts';
import { allTunings } from '../tuning/allTunings.ts';
import { describe, subjectOf } from '../tuning/describe.ts';
import { inverseOf } from '../tuning/inverse.ts';
import { permanentOf } from '../tuning/permanent.ts';
import { type Arithmetic, nicsFor, type Outcome, type Tuning, type TuningHost } from '../tuning/tuning.ts';
import type { NotedChange } from '../tuning/writeForm.ts';
import { figureText, movementText, thresholdText } from './findingTexts.ts';

/** Evidence that a comment names; a finding of a large host may have hundreds of lines. */
const shownEvidence = 3;

/** What findings ask for, worst first, one change a setting, with reason and figures. */
export function findingChanges({ diagnosis }: Observation): AskedChange[] {
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
      return [{ change, notes, asks: finding }];
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

/** A change with who asks for it, as a comment of one line names that. */
export interface AskedChange extends NotedChange {
  readonly asks: Pick<Finding, 'rule' | 'title' | 'severity'>;
}

/** What all tunings would change on a host: their own order, one change a setting. */
export function computedChanges(observation: Observation): AskedChange[] {
  const host = tuningHost(observation, { nic: null, rttMs: null, services: [] });
  const seen = new Set<string>();
  return allTunings.flatMap((tuning) => {
    const outcomes = tuning.plan(host).filter((outcome) => {
      const subject = outcome.state === 'change' ? subjectOf(outcome.change) : '';
      return outcome.state === 'change' && !seen.has(subject) && seen.add(subject) !== undefined;
    });
    const noted = tuningChanges(tuning, outcomes);
    return noted.map((one, index): AskedChange => {
      const outcome = outcomes[index];
      const formula = outcome?.state === 'change' ? outcome.arithmetic.formula : '';
      return { ...one, asks: { rule: tuning.id, title: formula, severity: 'info' } };
    });
  });
}

/** What keeps an interface as it runs now; of null all those that tunings are for. */
export function runningChanges(
  { snapshot, rates }: Observation,
  nic: string | null,
): {
  readonly changes: AskedChange[];
  readonly left: readonly { readonly subject: string; readonly reason: string }[];
} {
  const all = nicsFor({ snapshot, rates, nic, rttMs: null, services: [] }).map((one) => permanentOf(one, snapshot));
  const asks = { rule: 'kept', title: 'as it runs now', severity: 'info' } as const;
  return {
    changes: all.flatMap(({ changes }) => changes.map((change) => ({ ...change, asks }))),
    left: all.flatMap(({ left }) => left),
  };
}
