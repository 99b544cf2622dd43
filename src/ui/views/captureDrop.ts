import * as vscode from 'vscode';
import type { CaptureStore, StoredCapture } from '../captureStore.ts';
import { plain } from '../messages.ts';
import { keepAndOpen, keepBytes } from '../openCapture.ts';

const uriList = 'text/uri-list';
/** More at once is a mistake. */
const mostAtOnce = 20;

/** Files and folders dropped on the Captures view are opened and kept; its rows can be dragged out of it. */
export function captureDrop(captures: CaptureStore): vscode.TreeDragAndDropController<StoredCapture> {
  return {
    dropMimeTypes: [uriList, 'files'],
    dragMimeTypes: [uriList],
    handleDrag: (dragged, transfer) => {
      transfer.set(uriList, new vscode.DataTransferItem(dragged.map(({ uri }) => uri.toString()).join('\r\n')));
    },
    handleDrop: async (_target, transfer, token) => {
      for (const { name, open } of (await dropped(captures, transfer)).slice(0, mostAtOnce)) {
        if (token.isCancellationRequested) return;
        try {
          await open();
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error);
          vscode.window.showErrorMessage(plain(why.includes(name) ? why : `${name}: ${why}`));
        }
      }
    },
  };
}

interface Dropped {
  readonly name: string;
  readonly open: () => Promise<void>;
}

/** By URI where there is one; a browser hands over nothing but names and bytes. */
async function dropped(captures: CaptureStore, transfer: vscode.DataTransfer): Promise<Dropped[]> {
  const listed = (await transfer.get(uriList)?.asString()) ?? '';
  const uris = listed
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => vscode.Uri.parse(line.trim()))
    // A row of the view itself is there already.
    .filter((uri) => uri.scheme !== 'file' || !uri.fsPath.startsWith(captures.directory));
  if (listed.trim() !== '')
    return uris.map((uri) => ({ name: uri.path.split('/').at(-1) ?? '', open: () => keepAndOpen(captures, uri) }));
  return [...transfer].flatMap(([, item]): Dropped[] => {
    const file = item.asFile();
    if (file === undefined) return [];
    const { name, uri } = file;
    const open = async (): Promise<void> =>
      uri === undefined ? keepBytes(captures, name, await file.data()) : keepAndOpen(captures, uri);
    return [{ name, open }];
  });
}
