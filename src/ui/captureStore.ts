import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { writeNetsnap } from '../capture/netsnap.ts';
import type { Host } from '../hosts/host.ts';
import {
  type CaptureKind,
  captureBaseName,
  captureExtension,
  fileNameOf,
  importedName,
  newestFirst,
  readCaptureName,
} from './captureNames.ts';

export interface StoredCapture {
  readonly uri: vscode.Uri;
  /** What the file name says of the host. */
  readonly host: string;
  /** Ms since the epoch, from the file name. */
  readonly takenAt: number;
  readonly kind: CaptureKind;
  readonly bytes: number;
}

/** The captures kept in the extension's storage, one file each, named `HOST_20261123T101500Z.netsnap.gz`. */
export class CaptureStore implements vscode.Disposable {
  readonly directory: string;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(storage: vscode.Uri) {
    this.directory = join(storage.fsPath, 'captures');
  }

  /** Saves what a host sent and forgets its oldest captures beyond `keep`. */
  async save(host: Host, capture: Uint8Array, takenAt: Date, keep: number): Promise<vscode.Uri> {
    const base = captureBaseName(host, takenAt);
    const earlier = (await this.#names()).filter((name) => isSnapshotOf(host, readCaptureName(name)));
    let name = base + captureExtension;
    for (let n = 2; earlier.includes(name); n++) name = `${base}-${n}${captureExtension}`;
    const path = join(this.directory, name);
    await writeNetsnap(path, capture);
    // `force`: another window may have been faster.
    for (const old of earlier.sort(newestFirst).slice(keep - 1)) await rm(join(this.directory, old), { force: true });
    this.#changed.fire();
    return vscode.Uri.file(path);
  }

  /** Keeps a capture that was taken elsewhere, or was made of a report; the same one twice is one. No limit applies. */
  async import(
    hostname: string,
    takenAt: Date,
    kind: Exclude<CaptureKind, 'snapshot'>,
    text: string,
  ): Promise<vscode.Uri> {
    const path = join(this.directory, importedName(hostname, takenAt, kind));
    await writeNetsnap(path, Buffer.from(text));
    this.#changed.fire();
    return vscode.Uri.file(path);
  }

  async delete(uri: vscode.Uri): Promise<void> {
    await vscode.workspace.fs.delete(uri, { useTrash: false });
    this.#changed.fire();
  }

  /** Newest first. */
  async list(): Promise<StoredCapture[]> {
    const captures = await Promise.all((await this.#names()).map((name) => this.#describe(name)));
    return captures
      .filter((capture) => capture !== null)
      .sort((x, y) => y.takenAt - x.takenAt || y.uri.path.localeCompare(x.uri.path));
  }

  /** The newest capture of a host, for a panel that comes back after a restart. */
  async newest(host: Host): Promise<StoredCapture | undefined> {
    return (await this.list()).find((capture) => isSnapshotOf(host, capture));
  }

  async #names(): Promise<string[]> {
    try {
      return (await readdir(this.directory)).filter((name) => readCaptureName(name) !== null);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  }

  async #describe(name: string): Promise<StoredCapture | null> {
    const found = readCaptureName(name);
    const path = join(this.directory, name);
    if (found === null) return null;
    try {
      return {
        uri: vscode.Uri.file(path),
        ...found,
        bytes: (await stat(path)).size,
      };
    } catch (error) {
      // Deleted between the listing and now.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function isSnapshotOf(host: Host, capture: { readonly host: string; readonly kind: CaptureKind } | null): boolean {
  return capture?.kind === 'snapshot' && capture.host === fileNameOf(host);
}
