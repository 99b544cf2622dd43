import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withFileLock } from './fileLock.ts';
import {
  fingerprintSha256,
  formatKnownHostsLine,
  type HostPlace,
  knownHostsName,
  type PublicKey,
  parseKnownHosts,
} from './knownHostsLine.ts';

/** A host key the user has said yes to here. */
export interface TrustedHostKey {
  /** `host` or `[host]:port`. */
  readonly name: string;
  readonly type: string;
  readonly fingerprint: string;
}

/** Host keys the user has said yes to here, in a file of our own; the user's known_hosts is never written. */
export interface HostKeyStore {
  readonly file: string;
  /** The file in known_hosts format; empty when there is none yet. */
  read(): Promise<string>;
  list(): Promise<TrustedHostKey[]>;
  add(place: HostPlace, key: PublicKey): Promise<void>;
  /** Forgets all keys of one host, given by place or by the name `list` shows; resolves to how many there were. */
  forget(host: HostPlace | string): Promise<number>;
}

/** The store in `file`; the file (mode 600) and its directory (mode 700) are made when the first key is added. */
export function hostKeyStore(file: string): HostKeyStore {
  let last: Promise<unknown> = Promise.resolve();

  /** One change at a time, other windows included; the file is replaced whole, so that a reader never sees half of it. */
  function change<T>(edit: (text: string) => { text: string; result: T }): Promise<T> {
    const run = async (): Promise<T> => {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      return withFileLock(file, async () => {
        const before = await read();
        const { text, result } = edit(before);
        if (text !== before) await replace(text);
        return result;
      });
    };
    const done = last.then(run, run);
    last = done;
    return done;
  }

  async function read(): Promise<string> {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
      throw error;
    }
  }

  async function replace(text: string): Promise<void> {
    const fresh = `${file}.${randomBytes(6).toString('hex')}`;
    await writeFile(fresh, text, { mode: 0o600 });
    await chmod(fresh, 0o600);
    await rename(fresh, file);
  }

  return {
    file,
    read,
    async list() {
      const lines = parseKnownHosts(await read());
      return lines.map(({ hosts, type, blob }) => ({ name: hosts, type, fingerprint: fingerprintSha256(blob) }));
    },
    add(place, key) {
      const line = formatKnownHostsLine(place, key);
      return change((text) => {
        if (text.split('\n').includes(line)) return { text, result: undefined };
        const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
        return { text: `${start}${line}\n`, result: undefined };
      });
    },
    forget(host) {
      const name = typeof host === 'string' ? host : knownHostsName(host);
      return change((text) => {
        const lines = text.split('\n');
        const kept = lines.filter((line) => line.split(' ', 1)[0] !== name);
        return { text: kept.join('\n'), result: lines.length - kept.length };
      });
    },
  };
}
