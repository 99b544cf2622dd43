import * as vscode from 'vscode';
import type { OpenedText } from '../../languages/service/languageService.ts';
import { appendLines } from '../../languages/text/lines.ts';
import { loadLanguages } from './loadLanguages.ts';

export const openConverted = 'packetPath.openConverted';

/**
 * Opens a text that is to become another file of the host: at the end of that file where the workspace has it, else as a new one
 * that is saved there.
 */
export function registerOpenConverted(): vscode.Disposable {
  return vscode.commands.registerCommand(openConverted, async (from: vscode.Uri, opened: OpenedText) => {
    const place = await placeOf(from, opened.path);
    const existing = place === null ? null : await opening(place);
    if (existing !== null) {
      const { start, end, text } = appendLines(existing.getText(), opened.text.replace(/\r?\n$/, '').split('\n'));
      const edit = new vscode.WorkspaceEdit();
      edit.replace(existing.uri, new vscode.Range(start.line, start.character, end.line, end.character), text);
      await vscode.workspace.applyEdit(edit);
      await vscode.window.showTextDocument(existing, vscode.ViewColumn.Beside);
      return;
    }
    if (place === null) {
      const document = await vscode.workspace.openTextDocument({ language: opened.language, content: opened.text });
      await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
      return;
    }
    const document = await vscode.workspace.openTextDocument(place.with({ scheme: 'untitled' }));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), opened.text);
    await vscode.workspace.applyEdit(edit);
    await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
  });
}

/** Where a file of the host is in the workspace, told from another one; null where that one has no place on a host. */
async function placeOf(from: vscode.Uri, path: string): Promise<vscode.Uri | null> {
  const { languageOfFile, hostPlace } = await loadLanguages();
  const language = languageOfFile(from.path);
  const place = language === null ? null : hostPlace(language, from.path);
  return place === null ? null : from.with({ path: place.root + path });
}

/** A file that is there; null for one that is not. */
async function opening(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return null;
  }
  return vscode.workspace.openTextDocument(uri);
}
