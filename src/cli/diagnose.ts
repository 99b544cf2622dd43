import { stat } from 'node:fs/promises';
import { observe } from '../capture/observation.ts';
import { readCapture } from '../capture/readCapture.ts';
import { isCapture } from '../capture/readSnapshot.ts';
import { isSosreport } from '../capture/sos/readSosreport.ts';
import type { ChosenHost } from './chosenHost.ts';
import { type ExitStatus, exit, UsageError } from './exit.ts';
import { printDiagnosis, printJson, printLine } from './output.ts';
import { captureOf, type SnapshotOptions } from './snapshot.ts';

/**
 * `diagnose`: of a capture file or sosreport when there is one of that name and nothing says that it is a host, else of a host. Status 1 when something was found, 2 when
 * nothing could be checked. Throws after it has printed what there is when the capture did not come to its end.
 */
export async function diagnose(target: ChosenHost, json: boolean, options: SnapshotOptions): Promise<ExitStatus> {
  const { text, problem } = await captureText(target, options);
  if (!isCapture(text)) throw new UsageError(`${target.text} is not a capture: it has no "@@NONCE packet-path" line`);
  const { snapshot, rates, diagnosis } = observe(text, problem === null ? [] : [problem.message]);
  if (json) {
    printJson({
      host: snapshot.host,
      seconds: rates.ok ? rates.value.seconds : null,
      problems: snapshot.problems,
      ...diagnosis,
    });
  } else {
    for (const problem of snapshot.problems) printLine(`note: ${problem}`);
    printDiagnosis(diagnosis);
  }
  if (problem !== null) throw problem;
  if (diagnosis.findings.length > 0) return exit.findings;
  if (diagnosis.checked.length > 0) return exit.clean;
  process.stderr.write('packet-path: no rule had the data it needs: this says nothing about the host\n');
  return exit.failed;
}

async function captureText(
  target: ChosenHost,
  options: SnapshotOptions,
): Promise<{ text: string; problem: Error | null }> {
  if (!target.surely && (await isReadable(target.text))) return { text: await readCapture(target.text), problem: null };
  const { capture, problem } = await captureOf(target, options);
  return { text: capture.toString('utf8'), problem };
}

/** A file, or a pipe (`/dev/stdin`, what a shell makes of `<(...)`); a directory may have the name of a host. */
async function isReadable(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isDirectory() || (await isSosreport(path));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')))
      throw error;
    if (/\/|\.netsnap(\.gz)?$/.test(path))
      throw new UsageError(`there is no file ${path}, and no host has such a name`);
    return false;
  }
}
