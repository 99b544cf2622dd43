import * as vscode from 'vscode';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Source, Sources } from '../sources.ts';
import { newestOfEach } from '../tuning/tunings.ts';

const chosenKey = 'packetPath.linkedHost';
const none = '';

/**
 * The host that configuration files are held against: the one the user chose for this workspace, else the one that was
 * looked at last.
 */
export class LinkedHosts implements vscode.Disposable {
  readonly #sources: Sources;
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #seen = new Map<string, Snapshot>();
  readonly #listening: vscode.Disposable;
  #lastSeen: string | null = null;
  /** Fires when it may be another one, or the same with another capture. */
  readonly onDidChange = this.#changed.event;

  constructor(sources: Sources, memory: vscode.Memento) {
    this.#sources = sources;
    this.#memory = memory;
    this.#listening = sources.onDidChange((id) => {
      const source = sources.get(id);
      if (source === undefined) this.#seen.delete(id);
      // A source is told of as well when its findings are judged anew: that is no new look at the host.
      else if (this.#seen.get(id) !== source.observation.snapshot) {
        this.#seen.set(id, source.observation.snapshot);
        this.#lastSeen = id;
      }
      this.#changed.fire();
    });
  }

  /** Null: there is none, or the user wants none. */
  current(): Source | null {
    const chosen = this.chosen();
    if (chosen === none) return null;
    const all = newestOfEach(this.#sources);
    if (chosen !== null) return all.find(({ label }) => label === chosen) ?? null;
    return all.find(({ id }) => id === this.#lastSeen) ?? all.at(-1) ?? null;
  }

  /** The label that the user chose, which may not have been looked at in this session; empty for none; null: no choice was made. */
  chosen(): string | null {
    return this.#memory.get<string>(chosenKey) ?? null;
  }

  /** Those to choose from. */
  all(): Source[] {
    return newestOfEach(this.#sources);
  }

  async choose(label: string | null): Promise<void> {
    await this.#memory.update(chosenKey, label ?? undefined);
    this.#changed.fire();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }
}
