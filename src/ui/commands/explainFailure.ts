import * as vscode from 'vscode';
import type { Host } from '../../hosts/host.ts';
import { plain, showFailure } from '../messages.ts';
import { type Problem, problemText } from '../problems.ts';

const retryButton = 'Retry';
const systemSsh = 'Use System ssh';
const copyDetails = 'Copy Details';
const showLog = 'Show Log';

/** Says what went wrong, with what may help. A host key that changed is never accepted here, nor tried again. */
export function explainFailure(host: Host, problem: Problem, retry: () => Promise<void>): void {
  const isKey = problem.kind === 'host-key-changed' || problem.kind === 'host-key-revoked';
  const buttons = [...(problem.remedy === 'system-ssh' ? [systemSsh] : []), isKey ? copyDetails : retryButton, showLog];
  const act = async (answer: string | undefined): Promise<void> => {
    if (answer === retryButton) await retry();
    if (answer === copyDetails) await copyProblem(host, problem);
    if (answer === showLog) await vscode.commands.executeCommand('packetPath.showLog');
    if (answer === systemSsh) {
      await useSystemSsh(host);
      await retry();
    }
  };
  vscode.window
    .showErrorMessage(plain(problemText(host.label, problem)), ...buttons)
    .then(act)
    .then(undefined, showFailure);
}

/** From now on the host, or the one that a network namespace is of, is reached by the system's `ssh`. */
export async function useSystemSsh(host: Host): Promise<void> {
  await vscode.commands.executeCommand('packetPath.useSystemSsh', host.kind === 'netns' ? host.parent.id : host.id);
}

/** Puts what went wrong on the clipboard. */
export async function copyProblem(host: Host, problem: Problem): Promise<void> {
  await vscode.env.clipboard.writeText(problemText(host.label, problem));
}
