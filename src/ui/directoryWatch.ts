import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, relative, sep } from 'node:path';

/** Which names in a directory are of interest. */
export type Wanted = (name: string) => boolean;

interface Watched {
  readonly watcher: FSWatcher;
  /** Tells a directory from one that was made anew in its place. */
  readonly identity: string;
  wanted: Wanted;
}

/** Tells when a file appears, changes or goes in some directories, which need not be there yet. */
export class DirectoryWatch {
  readonly #watched = new Map<string, Watched>();
  readonly #onEvent: () => void;
  readonly #onProblem: (message: string) => void;
  #closed = false;

  constructor(onEvent: () => void, onProblem: (message: string) => void) {
    this.#onEvent = onEvent;
    this.#onProblem = onProblem;
  }

  /**
   * Watches these directories and no others; of one that is missing, its next ancestor, for it to appear. Resolves to
   * whether one is watched that was not before: what happened in it until now was missed.
   */
  async set(directories: ReadonlyMap<string, Wanted>): Promise<boolean> {
    const there = new Map<string, { identity: string; wanted: Wanted }>();
    for (const [directory, wanted] of directories) {
      const found = await nearest(directory);
      const step = relative(found.path, directory).split(sep)[0] ?? '';
      const wants = step === '' ? wanted : (name: string) => name === step;
      const other = there.get(found.path)?.wanted;
      const both = other === undefined ? wants : (name: string) => other(name) || wants(name);
      there.set(found.path, { identity: found.identity, wanted: both });
    }
    if (this.#closed) return false;
    for (const [path, { watcher, identity }] of this.#watched) {
      if (there.get(path)?.identity === identity) continue;
      watcher.close();
      this.#watched.delete(path);
    }
    let fresh = false;
    for (const [path, { identity, wanted }] of there) {
      const known = this.#watched.get(path);
      if (known !== undefined) known.wanted = wanted;
      else fresh = this.#start(path, identity, wanted) || fresh;
    }
    return fresh;
  }

  close(): void {
    this.#closed = true;
    for (const { watcher } of this.#watched.values()) watcher.close();
    this.#watched.clear();
  }

  #start(path: string, identity: string, wanted: Wanted): boolean {
    try {
      const watched: Watched = { watcher: watch(path, { persistent: false }), identity, wanted };
      watched.watcher.on('change', (_, name) => {
        // Some systems do not say which.
        if (typeof name !== 'string' || watched.wanted(name)) this.#onEvent();
      });
      watched.watcher.on('error', (error) => {
        this.#onProblem(`${path} is no longer watched: ${error.message}`);
        watched.watcher.close();
        this.#watched.delete(path);
      });
      this.#watched.set(path, watched);
      return true;
    } catch (error) {
      this.#onProblem(`${path} cannot be watched: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }
}

/** A directory, or the next one above it that is there. */
async function nearest(directory: string): Promise<{ path: string; identity: string }> {
  try {
    const found = await stat(directory);
    if (found.isDirectory()) return { path: directory, identity: `${found.ino} ${found.birthtimeMs}` };
  } catch (error) {
    // Without permission, or not there: what is above it shows when that changes. The root is always there.
    if (dirname(directory) === directory) throw error;
  }
  return nearest(dirname(directory));
}
