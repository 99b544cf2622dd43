import { basename } from 'node:path';
import * as vscode from 'vscode';
import { decodeNetsnap } from '../../capture/netsnap.ts';
import type { RawEntry } from '../../capture/raw/entries.ts';
import type { RawTexts } from './rawTexts.ts';

/** Scheme of captures, and of the texts in them, shown in editors. */
export const rawScheme = 'packet-path-raw';

/** What is behind such a document: a whole capture, or one of its texts. */
interface Target {
  readonly capture: vscode.Uri;
  /** Null: the capture itself. */
  readonly entry: string | null;
  /** What is made of the text, as JSON. */
  readonly parsed: boolean;
}

/**
 * Texts of captures as read-only files: a file system, since VS Code brings only files back after a reload of the
 * window. All that it needs to find them stands in their URIs.
 */
export function registerRawDocuments(texts: RawTexts): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const read = async (uri: vscode.Uri): Promise<Uint8Array> => {
    const { capture, entry, parsed } = targetOf(uri);
    try {
      if (entry === null) return Buffer.from(await decodeNetsnap(await vscode.workspace.fs.readFile(capture)));
      return Buffer.from(await texts.text(capture, entry, parsed));
    } catch (error) {
      throw vscode.FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
    }
  };
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  const files: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: async (uri) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: (await read(uri)).byteLength }),
    readFile: read,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  const isReadonly = new vscode.MarkdownString('This is what the host said: it cannot be edited.');
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerFileSystemProvider(rawScheme, files, { isReadonly, isCaseSensitive: true }),
  );
}

/** The document of a whole capture. */
export function wholeDocument(capture: vscode.Uri): vscode.Uri {
  return uriOf({ capture, entry: null, parsed: false }, []);
}

/** The document of one text of a capture, or of what is made of it. */
export function entryDocument(capture: vscode.Uri, entry: RawEntry, parsed: boolean): vscode.Uri {
  const part = entry.kind === 'section' ? [] : entry.label.split('/');
  return uriOf({ capture, entry: entry.id, parsed }, [entry.section.name, ...part]);
}

/** The names a tab shows: much of them is the host's. */
function uriOf({ capture, entry, parsed }: Target, names: readonly string[]): vscode.Uri {
  const path = [basename(capture.path), ...names]
    .map((name) => name.replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '_').slice(0, 100))
    .filter((name) => !/^\.*$/.test(name));
  return vscode.Uri.from({
    scheme: rawScheme,
    path: `/${path.join('/')}${parsed ? '.json' : '.txt'}`,
    query: JSON.stringify({ capture: capture.toString(), entry, parsed }),
  });
}

/** Throws what a file system throws of a file that is not there. */
function targetOf(uri: vscode.Uri): Target {
  try {
    const query: unknown = JSON.parse(uri.query);
    if (typeof query === 'object' && query !== null && 'capture' in query && typeof query.capture === 'string') {
      const entry = 'entry' in query && typeof query.entry === 'string' ? query.entry : null;
      return {
        capture: vscode.Uri.parse(query.capture, true),
        entry,
        parsed: 'parsed' in query && query.parsed === true,
      };
    }
  } catch {
    // Not of our making.
  }
  throw vscode.FileSystemError.FileNotFound(uri);
}
