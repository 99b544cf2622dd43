import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Waits until something holds; rejects after ten seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await delay(50);
  }
  throw new Error(`still not so after 10 s: ${holds}`);
}

export function labelsOfTabs(): string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
}

/** Closes all editors without saving. */
export async function closeEverything(): Promise<void> {
  for (const editor of vscode.window.visibleTextEditors) {
    if (!editor.document.isDirty) continue;
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Opens a file of the workspace. */
export async function openFile(path: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no workspace');
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, path));
}

/** What the light bulb offers on a line, by title. */
export async function actionsOn(editor: vscode.TextEditor, line: number): Promise<Map<string, vscode.CodeAction>> {
  const range = editor.document.lineAt(line).range;
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    editor.document.uri,
    range,
  );
  return new Map(actions.map((action) => [action.title, action]));
}

/** The number of the first line that holds a text. */
export function lineWith(document: vscode.TextDocument, text: string): number {
  for (let line = 0; line < document.lineCount; line++) if (document.lineAt(line).text.includes(text)) return line;
  throw new Error(`no line has ${text}`);
}
