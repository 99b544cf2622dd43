import { basename } from 'node:path';
import * as vscode from 'vscode';
import { isCapture } from '../capture/frame.ts';
import { decodeNetsnap } from '../capture/netsnap.ts';
import { isSosreport, readSosreport } from '../capture/sos/readSosreport.ts';
import type { CaptureStore } from './captureStore.ts';
import { loadEngine } from './loadEngine.ts';
import { plain } from './messages.ts';
import { captureViewType } from './panel/captureEditor.ts';

/** What the file dialog offers. */
export const captureFilters = {
  'Captures and sosreports': ['netsnap', 'gz', 'tar', 'xz', 'tgz', 'txz'],
  'All files': ['*'],
};

/** Opens a capture file in its panel. */
export async function openCaptureFile(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, captureViewType);
}

/** Opens a capture where it is; of a sosreport the capture that is made of it and kept. Rejects when it is neither. */
export async function openAny(captures: CaptureStore, uri: vscode.Uri): Promise<void> {
  if (uri.scheme !== 'file' || !(await isSosreport(uri.fsPath))) {
    if (uri.scheme === 'file' && ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0)
      throw new Error(`${basename(uri.path)} is no sosreport: it has no sos_commands/. Open the report's own folder.`);
    return openCaptureFile(uri);
  }
  await openCaptureFile(await keptReport(captures, uri));
}

/** The same, with a copy of a capture file kept in the Captures view, as of what is dropped there. */
export async function keepAndOpen(captures: CaptureStore, uri: vscode.Uri): Promise<void> {
  const isFile = ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  if (!isFile || (uri.scheme === 'file' && (await isSosreport(uri.fsPath)))) return openAny(captures, uri);
  await keepBytes(captures, basename(uri.path), await vscode.workspace.fs.readFile(uri));
}

/** Keeps and opens a capture of which there is nothing but its bytes. Rejects for what is none. */
export async function keepBytes(captures: CaptureStore, name: string, bytes: Uint8Array): Promise<void> {
  const text = await decodeNetsnap(bytes);
  if (!isCapture(text))
    throw new Error(
      `${name} is no capture: it has no "@@NONCE packet-path" line. A sosreport opens as a folder, .tar, .tar.gz or .tar.xz.`,
    );
  await openCaptureFile(await kept(captures, name.replace(/\.netsnap(\.gz)?$/, ''), 'file', text));
}

async function keptReport(captures: CaptureStore, uri: vscode.Uri): Promise<vscode.Uri> {
  const name = basename(uri.path);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: plain(`Reading ${name}`), cancellable: true },
    async (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return kept(
        captures,
        name.replace(/\.(tar|tgz|txz)(\..*)?$/, ''),
        'sosreport',
        await readSosreport(uri.fsPath, abort.signal),
      );
    },
  );
}

/** Named after the host and the time that the capture tells, else after its file and now. */
async function kept(
  captures: CaptureStore,
  name: string,
  kind: 'file' | 'sosreport',
  text: string,
): Promise<vscode.Uri> {
  const { readSnapshot } = await loadEngine();
  const { hostname, takenAt } = readSnapshot(text).host;
  // A year of more than four digits has no place in a file's name.
  const when = takenAt !== null && takenAt > 0 && takenAt < Date.UTC(9999) ? new Date(takenAt) : new Date();
  return captures.import(hostname ?? name, when, kind, text);
}
