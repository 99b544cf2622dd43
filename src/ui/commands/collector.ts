import * as vscode from 'vscode';
import { collectorByHand, collectorUsage } from '../../capture/collectorScript.ts';
import { showFailure } from '../messages.ts';

/** The collector for a host that cannot be reached from here: on the clipboard, or in a file. */
export function registerCollectorCommand(): vscode.Disposable {
  return vscode.commands.registerCommand('packetPath.copyCollector', async () => {
    await vscode.env.clipboard.writeText(collectorByHand);
    // Not waited for: the command is done when the clipboard holds it.
    tellOf().then(undefined, showFailure);
  });
}

async function tellOf(): Promise<void> {
  const saveAs = 'Save As...';
  const answer = await vscode.window.showInformationMessage(
    `Collector copied. Paste it into a file on the host and run there: ${collectorUsage}. Net: Open Capture... opens what it wrote.`,
    saveAs,
  );
  if (answer !== saveAs) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: 'Save Collector As',
    filters: { 'Shell scripts': ['sh'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, 'collector.sh') }),
  });
  if (target !== undefined) await vscode.workspace.fs.writeFile(target, Buffer.from(collectorByHand));
}
