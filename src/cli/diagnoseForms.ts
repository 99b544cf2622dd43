import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Observation } from '../capture/observation.ts';
import { reportMarkdown } from '../report/markdown.ts';
import { reportHtml } from '../report/page.ts';
import type { Failed } from '../report/reported.ts';
import { type SarifReported, sarifLog } from '../report/sarif.ts';
import { noFaultSentence } from '../report/verdict.ts';
import { UsageError } from './exit.ts';
import { printDiagnosis, printJson, printLine } from './output.ts';

/** How findings are printed. */
export type Form = 'text' | 'json' | 'markdown' | 'sarif' | 'html';

/** A host or file that was looked at. */
export interface Examined {
  /** As it was typed. */
  readonly name: string;
  readonly isFile: boolean;
  /** Null when it gave nothing; then there is a problem. */
  readonly observation: Observation | null;
  /** Why there is nothing, or why what there is is not whole. */
  readonly problem: Error | null;
}

/** The form that the options name. Throws `UsageError` for two. */
export function formOf(chosen: Readonly<Record<Exclude<Form, 'text'>, boolean>>): Form {
  const named = (['json', 'markdown', 'sarif', 'html'] as const).filter((form) => chosen[form]);
  if (named.length > 1) throw new UsageError(`only one of --${named.join(', --')}`);
  return named[0] ?? 'text';
}

/** One as lines; `isOneOfSeveral` names it first. */
export function printExamined({ name, observation, problem }: Examined, isOneOfSeveral: boolean): void {
  if (isOneOfSeveral) printLine(`== ${name} ==`);
  for (const note of observation?.snapshot.problems ?? []) printLine(`note: ${note}`);
  if (observation !== null) printDiagnosis(observation);
  else if (problem !== null) printLine(`not looked at: ${problem.message}`);
  if (isOneOfSeveral) process.stdout.write('\n');
}

/** All of them as one text. */
export function printForm(form: Exclude<Form, 'text'>, all: readonly Examined[]): void {
  if (form === 'json') {
    const [first, second] = all.map(asJson);
    printJson(second === undefined ? first : all.map(asJson));
    return;
  }
  const reported = all.flatMap(({ name, isFile, observation }): SarifReported[] =>
    observation === null ? [] : [{ name, observation, artifact: isFile ? uriOf(name) : null }],
  );
  const failed = all.flatMap(({ name, observation, problem }): Failed[] =>
    observation === null ? [{ name, problem: problem?.message ?? 'no reason given' }] : [],
  );
  if (form === 'sarif') printJson(sarifLog(reported, failed));
  else process.stdout.write(form === 'html' ? reportHtml(reported, failed) : reportMarkdown(reported, failed));
}

function asJson({ name, observation, problem }: Examined): unknown {
  if (observation === null) return { target: name, error: problem?.message ?? 'no reason given' };
  const { snapshot, rates, diagnosis } = observation;
  return {
    target: name,
    host: snapshot.host,
    seconds: rates.ok ? rates.value.seconds : null,
    problems: snapshot.problems,
    verdict: noFaultSentence(observation),
    ...diagnosis,
  };
}

/** Relative ones stay so: a log is read where its files lie elsewhere. */
function uriOf(path: string): string {
  return isAbsolute(path) ? pathToFileURL(path).href : encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}
