import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { CaptureStore, StoredCapture } from '../captureStore.ts';
import { captureViewType } from '../panel/captureEditor.ts';
import { entryDocument, wholeDocument } from '../raw/rawDocuments.ts';
import type { RawTexts } from '../raw/rawTexts.ts';

/** Commands on capture files: open, open the bundled sample, open as text, save a copy, delete. */
export function registerCaptureCommands(
  captures: CaptureStore,
  rawTexts: RawTexts,
  extensionUri: vscode.Uri,
): vscode.Disposable {
  const open = (uri: vscode.Uri): Thenable<unknown> =>
    vscode.commands.executeCommand('vscode.openWith', uri, captureViewType);
  return vscode.Disposable.from(
    vscode.commands.registerCommand('packetPath.openCapture', async () => {
      const filters = { 'Packet Path captures': ['netsnap', 'netsnap.gz', 'gz'] };
      const [uri] = (await vscode.window.showOpenDialog({ title: 'Open Capture', filters })) ?? [];
      if (uri !== undefined) await open(uri);
    }),
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
    vscode.commands.registerCommand('packetPath.saveCaptureAs', (capture: StoredCapture) => saveAs(capture.uri)),
    vscode.commands.registerCommand('packetPath.deleteCapture', async (capture: StoredCapture) => {
      const name = basename(capture.uri.path);
      const remove = 'Delete';
      if ((await vscode.window.showWarningMessage(`Delete the capture ${name}?`, { modal: true }, remove)) === remove) {
        await captures.delete(capture.uri);
      }
    }),
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
