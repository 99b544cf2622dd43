import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { type SshConfigSources, sshConfigSources } from '../hosts/sshAliases.ts';
import { configFiles, type SshEnvironment } from '../hosts/sshEnvironment.ts';
import { wildcardMatches } from '../transport/wildcard.ts';
import { DirectoryWatch, type Wanted } from './directoryWatch.ts';

type Source = SshConfigSources['watch'][number];

/** An editor writes a file in several steps. */
const settleMs = 200;
/** Files that do not come to rest are read again at their next change. */
const maxTries = 5;

/** The aliases of ssh_config, and when it is edited. Nothing is read before `start`. */
export class SshConfigWatch implements vscode.Disposable {
  #aliases: readonly string[] = [];
  #problem: string | null = null;
  #started = false;
  #disposed = false;
  /** What the files looked like when they were read; null before. */
  #seen: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  /** One reading after the other. */
  #reading: Promise<void> = Promise.resolve();
  readonly #env: SshEnvironment;
  readonly #log: (message: string) => void;
  readonly #watch: DirectoryWatch;
  readonly #read = new vscode.EventEmitter<void>();
  readonly #edited = new vscode.EventEmitter<void>();
  /** Fires when the files were read, the first time as well. */
  readonly onDidRead = this.#read.event;
  /** Fires when they are no longer what they were at the first reading, or the last one. */
  readonly onDidEdit = this.#edited.event;

  constructor(env: SshEnvironment, log: (message: string) => void) {
    this.#env = env;
    this.#log = log;
    this.#watch = new DirectoryWatch(() => this.#later(), log);
  }

  get aliases(): readonly string[] {
    return this.#aliases;
  }

  /** Why the aliases cannot be told; null when they can. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Reads the files and follows them from now on. Whether they are still to be read for the first time. */
  start(): boolean {
    if (!this.#started) this.#again();
    this.#started = true;
    return this.#seen === null;
  }

  /** Starts, and waits until what is there has been read. */
  async ready(): Promise<void> {
    this.start();
    await this.#reading;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#watch.close();
    this.#read.dispose();
    this.#edited.dispose();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#again(), settleMs);
  }

  #again(): void {
    this.#reading = this.#reading
      .then(() => this.#readAll())
      .catch((error: unknown) => this.#log(`~/.ssh/config is not followed: ${messageOf(error)}`));
  }

  async #readAll(): Promise<void> {
    let sources: readonly Source[];
    do {
      sources = await this.#readOnce();
      // What happened before a directory was watched is not told: then everything is read once more.
    } while (!this.#disposed && (await this.#watch.set(await directoriesOf(sources))));
  }

  async #readOnce(): Promise<readonly Source[]> {
    let watch: readonly Source[] = configFiles(this.#env).map(({ file }) => sourceOf(file));
    let look = '';
    let before: string | null = null;
    // Until they look the same before and after they were read: then that is what was read.
    for (let tries = 0; tries < maxTries && look !== before; tries++) {
      before = look;
      try {
        ({ watch, aliases: this.#aliases } = await sshConfigSources(this.#env));
        this.#problem = null;
      } catch (error) {
        this.#problem = messageOf(error);
      }
      look = (await filesOf(watch)).map((file) => file.look).join('\n');
    }
    if (this.#disposed || look === this.#seen) return watch;
    const first = this.#seen === null;
    this.#seen = look;
    this.#read.fire();
    if (!first) this.#edited.fire();
    return watch;
  }
}

function sourceOf(file: string): Source {
  return { directory: dirname(file), pattern: basename(file) };
}

/** The directories to watch, those that links lead to as well. */
async function directoriesOf(sources: readonly Source[]): Promise<Map<string, Wanted>> {
  const directories = new Map<string, Wanted>();
  const add = (directory: string, wanted: Wanted): void => {
    const other = directories.get(directory);
    directories.set(directory, other === undefined ? wanted : (name) => other(name) || wanted(name));
  };
  for (const { directory, pattern } of sources) add(directory, (name) => wildcardMatches(pattern, name));
  for (const { target } of await filesOf(sources)) add(dirname(target), (name) => name === basename(target));
  return directories;
}

/** The files that are there, where they are when they are links, and what tells one state of them from another. */
async function filesOf(sources: readonly Source[]): Promise<{ target: string; look: string }[]> {
  const paths = (await Promise.all(sources.map(pathsOf))).flat().sort();
  const files = paths.map(async (path) => {
    try {
      const target = await realpath(path);
      // The time of the inode: permissions count as well.
      const { ino, size, ctimeMs } = await stat(target);
      return { target, look: `${path} ${target} ${ino} ${size} ${ctimeMs}` };
    } catch {
      // Not there, or not to be looked at: which of the two is said when it is read.
      return null;
    }
  });
  return (await Promise.all(files)).filter((file) => file !== null);
}

async function pathsOf({ directory, pattern }: Source): Promise<string[]> {
  if (!/[*?]/.test(pattern)) return [join(directory, pattern)];
  try {
    return (await readdir(directory))
      .filter((name) => wildcardMatches(pattern, name))
      .map((name) => join(directory, name));
  } catch {
    // As above.
    return [];
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
