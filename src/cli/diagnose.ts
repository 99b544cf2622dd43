import { observe } from '../capture/observation.ts';
import { captureText } from './captureText.ts';
import type { ChosenHost } from './chosenHost.ts';
import { type ExitStatus, exit } from './exit.ts';
import { printDiagnosis, printJson, printLine } from './output.ts';
import type { SnapshotOptions } from './snapshot.ts';

/**
 * `diagnose`: of a capture file or sosreport when there is one of that name and nothing says that it is a host, else of a host. Status 1 when something was found, 2 when
 * nothing could be checked. Throws after it has printed what there is when the capture did not come to its end.
 */
export async function diagnose(target: ChosenHost, json: boolean, options: SnapshotOptions): Promise<ExitStatus> {
  const { text, problem } = await captureText(target, options);
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
