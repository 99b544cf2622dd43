import { existsSync } from 'node:fs';
import { readNetsnap } from '../capture/netsnap.ts';
import { observe } from '../capture/observation.ts';
import { isCapture } from '../capture/readSnapshot.ts';
import { type ExitStatus, exit, UsageError } from './exit.ts';
import { printDiagnosis, printJson, printLine } from './output.ts';
import { captureOf, type SnapshotOptions } from './snapshot.ts';

/** `diagnose`: of a capture file when there is one of that name, else of a host. Status 1 when something was found. */
export async function diagnose(target: string, json: boolean, options: SnapshotOptions): Promise<ExitStatus> {
  const text = existsSync(target) ? await readNetsnap(target) : (await captureOf(target, options)).toString('utf8');
  if (!isCapture(text)) throw new UsageError(`${target} is not a capture: it has no "@@NONCE packet-path" line`);
  const { snapshot, rates, diagnosis } = observe(text);
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
  return diagnosis.findings.length > 0 ? exit.findings : exit.clean;
}
