import { observe } from '../capture/observation.ts';
import { findingChanges, runningChanges, tuningChanges, tuningHost, undone } from '../report/tuningNotes.ts';
import { allForms, formNamed } from '../tuning/allForms.ts';
import { allTunings } from '../tuning/allTunings.ts';
import { subjectOf } from '../tuning/describe.ts';
import type { Form } from '../tuning/forms/form.ts';
import type { Outcome, Service, Tuning } from '../tuning/tuning.ts';
import { type NotedChange, type Written, writeForm } from '../tuning/writeForm.ts';
import { captureText } from './captureText.ts';
import type { ChosenHost } from './chosenHost.ts';
import { type ExitStatus, exit, UsageError } from './exit.ts';
import type { SnapshotOptions } from './snapshot.ts';
import { tell } from './tell.ts';

export interface TuneOptions extends SnapshotOptions {
  readonly form: Form;
  /** Empty: what findings ask for. */
  readonly tunings: readonly Tuning[];
  readonly nic: string | null;
  readonly rttMs: number | null;
  readonly services: readonly Service[];
  /** The interfaces' settings as they run, to be made permanent, instead. */
  readonly running: boolean;
  /** What takes the changes back instead. */
  readonly undo: boolean;
}

/** As they were typed. */
export interface TuneArguments {
  readonly form?: string | undefined;
  readonly tuning?: string | undefined;
  readonly all: boolean;
  readonly nic?: string | undefined;
  readonly rtt?: string | undefined;
  readonly service: readonly string[];
  readonly running: boolean;
  readonly undo: boolean;
}

/** Makes sense of the options of `tune`. Throws `UsageError`. */
export function tuneOptions(args: TuneArguments): Omit<TuneOptions, keyof SnapshotOptions> {
  const names = allForms.map(({ id }) => id).join(', ');
  const form = formNamed(args.form ?? '');
  if (form === null) throw new UsageError(`--form must be one of ${names}`);
  const rttMs = args.rtt === undefined ? null : Number(args.rtt);
  if (rttMs !== null && !(rttMs > 0 && rttMs <= 10_000))
    throw new UsageError('--rtt must be milliseconds, up to 10000');
  if (args.running && (args.all || args.tuning !== undefined || args.undo))
    throw new UsageError('--running stands alone: what runs has nothing to compute and nothing to take back');
  return {
    form,
    tunings: tuningsNamed(args.tuning, args.all),
    nic: args.nic ?? null,
    rttMs,
    services: args.service.map(serviceOf),
    running: args.running,
    undo: args.undo,
  };
}

function tuningsNamed(text: string | undefined, all: boolean): readonly Tuning[] {
  if (all && text !== undefined) throw new UsageError('either --all or --tuning');
  if (all) return allTunings;
  return (text ?? '')
    .split(',')
    .filter((id) => id !== '')
    .map((id) => {
      const tuning = allTunings.find((one) => one.id === id.trim().toUpperCase());
      if (tuning === undefined) throw new UsageError(`there is no tuning "${id}": T1 to T${allTunings.length}`);
      return tuning;
    });
}

function serviceOf(text: string): Service {
  const [, flow, port] = /^(tcp4|udp4|tcp6|udp6):(\d{1,5})$/.exec(text) ?? [];
  if (flow === undefined || Number(port) < 1 || Number(port) > 65_535)
    throw new UsageError('--service must be like udp4:53 (tcp4, udp4, tcp6 or udp6)');
  return { flow: flow as Service['flow'], port: Number(port) };
}

/**
 * `tune`: changes as text of one form on stdout, each below its reason and its arithmetic; what the form cannot hold and what could
 * not be worked out on stderr. Status 0 when nothing is to be changed, 1 when changes were printed, 2 when there are some and
 * none could be.
 */
export async function tune(target: ChosenHost, options: TuneOptions): Promise<ExitStatus> {
  const { text, problem } = await captureText(target, options);
  const observation = observe(text, problem === null ? [] : [problem.message]);
  const host = tuningHost(observation, options);
  const plans = options.tunings.map((tuning) => ({ tuning, outcomes: tuning.plan(host) }));
  for (const { tuning, outcomes } of plans) for (const outcome of outcomes) tellOutcome(tuning, outcome);
  const running = options.running ? runningChanges(observation, options.nic) : null;
  for (const { subject, reason } of running?.left ?? []) tell(`not kept: ${subject}: ${reason}`);
  const computed = plans.flatMap(({ tuning, outcomes }) => tuningChanges(tuning, outcomes));
  const asked = running?.changes ?? (options.tunings.length === 0 ? findingChanges(observation) : computed);
  const back = options.undo ? undone(asked) : { changes: asked, lost: [] };
  for (const { change } of back.lost) tell(`cannot be taken back: ${subjectOf(change)}: what was there is not known`);
  const written = writeForm(options.form, back.changes, observation.snapshot);
  for (const { change, reason } of written.refused) tell(`not in this form: ${subjectOf(change)}: ${reason}`);
  print(written);
  if (problem !== null) throw problem;
  return statusOf(asked, written);
}

function tellOutcome({ id }: Tuning, outcome: Outcome): void {
  if (outcome.state === 'missing') tell(`${id} no value for ${outcome.subject}: ${outcome.reason}`);
  if (outcome.state === 'kept') tell(`${id} stays: ${outcome.subject} ${outcome.value}: ${outcome.arithmetic.formula}`);
}

function print({ files }: Written): void {
  for (const { path, text, activate } of files) {
    const named = files.length > 1 ? `# ==> ${path}\n` : '';
    const use = [...(files.length > 1 ? [] : [`for ${path}`]), ...activate].map((line) => `# ${line}\n`).join('');
    process.stdout.write(`${named}${text}\n${use}`);
  }
}

function statusOf(asked: readonly NotedChange[], { files }: Written): ExitStatus {
  if (asked.length === 0) return exit.clean;
  return files.length > 0 ? exit.findings : exit.failed;
}
