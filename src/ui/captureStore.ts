import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { writeNetsnap } from '../capture/netsnap.ts';
import type { Host } from '../hosts/host.ts';

export interface StoredCapture {
  readonly uri: vscode.Uri;
  /** What the file name says of the host. */
  readonly host: string;
  /** Ms since the epoch, from the file name. */
  readonly takenAt: number;
  readonly bytes: number;
}

const namePattern = /^(.+)_(\d{8}T\d{6}Z)(?:-\d+)?\.netsnap\.gz$/;

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
    const base = `${fileNameOf(host)}_${takenAt.toISOString().replace(/[-:]|\.\d+/g, '')}`;
    const taken = new Set(await this.#names());
    let name = `${base}.netsnap.gz`;
    for (let n = 2; taken.has(name); n++) name = `${base}-${n}.netsnap.gz`;
    const path = join(this.directory, name);
    await writeNetsnap(path, capture);
    const ours = (await this.list()).filter((stored) => stored.host === fileNameOf(host) && stored.uri.fsPath !== path);
    // `force`: another window may have been faster.
    for (const old of ours.slice(keep - 1)) await rm(old.uri.fsPath, { force: true });
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
    return (await this.list()).find((capture) => capture.host === fileNameOf(host));
  }

  async #names(): Promise<string[]> {
    try {
      return (await readdir(this.directory)).filter((name) => namePattern.test(name));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  }

  async #describe(name: string): Promise<StoredCapture | null> {
    const found = namePattern.exec(name);
    const path = join(this.directory, name);
    if (found === null) return null;
    try {
      return {
        uri: vscode.Uri.file(path),
        host: found[1] ?? '',
        takenAt: parseStamp(found[2] ?? ''),
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

/** A host's id as a file name: `user@[::1]:2222` becomes `user@___1__2222-5f3a9c01`; no two hosts share one. */
function fileNameOf(host: Host): string {
  const name = host.id.replace(/[^A-Za-z0-9.@-]/g, '_').slice(0, 100);
  return name === host.id ? name : `${name}-${createHash('sha256').update(host.id).digest('hex').slice(0, 8)}`;
}

function parseStamp(stamp: string): number {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp) ?? [];
  return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}
