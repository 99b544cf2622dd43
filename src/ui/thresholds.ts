import * as vscode from 'vscode';
import { loadEngine } from './loadEngine.ts';
import { plain, showFailure } from './messages.ts';
import { thresholdEntries, thresholds } from './settings.ts';
import type { Sources } from './sources.ts';

/** Judges anew what is open whenever the thresholds change. What of them cannot be used is told, once a session each. */
export function registerThresholds(sources: Sources): vscode.Disposable {
  const told = new Set<string>();
  const tell = (problems: readonly string[]): void => {
    const fresh = problems.filter((problem) => !told.has(problem));
    for (const problem of fresh) told.add(problem);
    if (fresh.length > 0) warn(fresh).then(undefined, showFailure);
  };
  const judge = async (): Promise<void> => {
    const { limits, problems } = thresholds(await loadEngine());
    tell(problems);
    sources.judge(limits);
  };
  if (thresholdEntries().length > 0) judge().then(undefined, showFailure);
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('packetPath.thresholds')) judge().then(undefined, showFailure);
  });
}

async function warn(problems: readonly string[]): Promise<void> {
  const edit = 'Edit Settings';
  const text = plain(
    `The setting packetPath.thresholds is not used where it says what is not so: ${problems.join('; ')}.`,
  );
  if ((await vscode.window.showWarningMessage(text, edit)) === edit)
    await vscode.commands.executeCommand('workbench.action.openSettings', '@id:packetPath.thresholds');
}
