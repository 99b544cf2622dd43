import { type Observation, observe } from '../capture/observation.ts';
import type { LimitOverrides } from '../diagnosis/limit.ts';
import { isAbort } from '../transport/abort.ts';
import { captureText } from './captureText.ts';
import type { ChosenHost } from './chosenHost.ts';
import { type Examined, type Form, printExamined, printForm } from './diagnoseForms.ts';
import { type ExitStatus, exit } from './exit.ts';
import type { SnapshotOptions } from './snapshot.ts';
import { tell, tellError } from './tell.ts';

export interface DiagnoseOptions extends SnapshotOptions {
  readonly form: Form;
  /** The user's own thresholds. */
  readonly limits: LimitOverrides;
}

/**
 * `diagnose`, one target after the other: a capture file or sosreport when there is one of that name and nothing says that
 * it is a host, else a host. Status 1 when something of warning or worse was found, 2 when one could not be looked at or
 * nothing could be checked. Of a single target that gave nothing it rejects.
 */
export async function diagnose(targets: readonly ChosenHost[], options: DiagnoseOptions): Promise<ExitStatus> {
  const all: Examined[] = [];
  for (const [index, target] of targets.entries()) {
    if (targets.length > 1 && process.stderr.isTTY) tell(`${target.text} (${index + 1} of ${targets.length})...`);
    const one = await examine(target, options);
    if (targets.length === 1 && one.observation === null) throw one.problem;
    if (one.problem !== null) tellError(one.problem, targets.length === 1 ? null : one.name);
    else if (one.observation?.diagnosis.checked.length === 0)
      tell(
        `${targets.length === 1 ? '' : `${one.name}: `}no rule had the data it needs: this says nothing about the host`,
      );
    if (options.form === 'text') printExamined(one, targets.length > 1);
    all.push(one);
  }
  if (options.form !== 'text') printForm(options.form, all);
  return statusOf(all);
}

function statusOf(all: readonly Examined[]): ExitStatus {
  const failed = all.some(
    ({ observation, problem }) =>
      problem !== null || observation === null || observation.diagnosis.checked.length === 0,
  );
  if (failed) return exit.failed;
  const grave = all.some(({ observation }) =>
    observation?.diagnosis.findings.some(({ severity }) => severity !== 'info'),
  );
  return grave ? exit.findings : exit.clean;
}

async function examine(target: ChosenHost, options: DiagnoseOptions): Promise<Examined> {
  const { text: name } = target;
  try {
    const { text, problem, isFile } = await captureText(target, options);
    const observation: Observation = observe(text, problem === null ? [] : [problem.message], options.limits);
    return { name, isFile, observation, problem };
  } catch (error) {
    if (isAbort(error)) throw error;
    return {
      name,
      isFile: false,
      observation: null,
      problem: error instanceof Error ? error : new Error(String(error)),
    };
  }
}
