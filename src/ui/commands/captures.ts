import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { CaptureStore, StoredCapture } from '../captureStore.ts';
import { captureFilters, openAny, openCaptureFile } from '../openCapture.ts';
import { entryDocument, wholeDocument } from '../raw/rawDocuments.ts';
import type { RawTexts } from '../raw/rawTexts.ts';

/** Commands on capture files: open, open the bundled sample, open as text, reveal, save a copy, delete. */
export function registerCaptureCommands(
  captures: CaptureStore,
  rawTexts: RawTexts,
  extensionUri: vscode.Uri,
): vscode.Disposable {
  const open = openCaptureFile;
  const choose = async (title: string, options: vscode.OpenDialogOptions): Promise<void> => {
    for (const uri of (await vscode.window.showOpenDialog({ title, ...options })) ?? []) await openAny(captures, uri);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('packetPath.openCapture', async (uri: vscode.Uri | undefined) => {
      if (uri instanceof vscode.Uri) return openAny(captures, uri);
      return choose('Open Capture or Sosreport', { filters: captureFilters, canSelectMany: true });
    }),
    vscode.commands.registerCommand('packetPath.openReportFolder', () =>
      choose('Open Folder of a Sosreport', { canSelectFiles: false, canSelectFolders: true }),
    ),
    vscode.commands.registerCommand('packetPath.openCaptureItem', (capture: StoredCapture) => open(capture.uri)),
    vscode.commands.registerCommand('packetPath.openSample', () =>
      open(vscode.Uri.joinPath(extensionUri, 'media', 'sample.netsnap')),
    ),
    vscode.commands.registerCommand('packetPath.openRaw', async (target: vscode.Uri | StoredCapture | undefined) => {
      if (target === undefined) return;
      const uri = target instanceof vscode.Uri ? target : target.uri;
      await vscode.window.showTextDocument(wholeDocument(uri));
    }),
    vscode.commands.registerCommand(
      'packetPath.openRawEntry',
      async (capture: vscode.Uri | undefined, id: string, line: number, parsed: boolean) => {
        const entry = capture && (await rawTexts.entries(capture)).find((each) => each.id === id);
        if (capture === undefined || entry === undefined) return;
        const at = new vscode.Range(line, 0, line, 0);
        await vscode.window.showTextDocument(entryDocument(capture, entry, parsed), {
          ...(parsed ? {} : { selection: at }),
          viewColumn: vscode.ViewColumn.Active,
        });
      },
    ),
    vscode.commands.registerCommand('packetPath.revealCapture', (capture: StoredCapture) =>
      vscode.commands.executeCommand('revealFileInOS', capture.uri),
    ),
    vscode.commands.registerCommand('packetPath.saveCaptureAs', (capture: StoredCapture) => saveAs(capture.uri)),
    vscode.commands.registerCommand(
      'packetPath.deleteCapture',
      async (capture: StoredCapture, selected: readonly StoredCapture[] = [capture]) => {
        const what =
          selected.length === 1 ? `the capture ${basename(capture.uri.path)}` : `${selected.length} captures`;
        const remove = 'Delete';
        if ((await vscode.window.showWarningMessage(`Delete ${what}?`, { modal: true }, remove)) !== remove) return;
        for (const { uri } of selected) await captures.delete(uri);
      },
    ),
  );
}

async function saveAs(uri: vscode.Uri): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = basename(uri.path);
  const target = await vscode.window.showSaveDialog({
    title: 'Save Capture As',
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target !== undefined) await vscode.workspace.fs.copy(uri, target, { overwrite: true });
}
