import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deadline } from '../abort.ts';
import type { HostKeyStore } from '../hostKeys/hostKeyStore.ts';
import { knownKeyTypes } from '../hostKeys/knownHosts.ts';
import type { SshPrompts } from '../prompts/sshPrompts.ts';
import { timedOut } from '../sshErrors.ts';
import type { SshTarget } from '../sshTarget.ts';
import { askpassAnswers } from './askpassAnswers.ts';
import { type AskpassProgram, type AskpassServer, askpassServer } from './askpassServer.ts';
import { connectArguments, systemSshConfig } from './systemSshConfig.ts';
import type { SystemSshHost } from './systemSshHost.ts';

const defaultReadyMs = 20_000;
/** The longest that a timer takes. */
const endless = 2 ** 31 - 1;
/** sun_path(7) holds 104 bytes on some systems, and ssh adds 17 to the name of a socket that it makes. */
const longestBase = 60;

export interface SystemSshOptions {
  readonly prompts: SshPrompts;
  readonly store: HostKeyStore;
  /** What ssh asks by; null: it asks on the terminal by itself, and the prompts are not used. */
  readonly askpass: AskpassProgram | null;
  /** Time for connecting and logging in, for each host on the way, prompts not counted; 20 s unless given. `ConnectTimeout` outranks it. */
  readonly readyMs?: number;
  /** How long an unused connection is kept; 60 s unless given. */
  readonly idleMs?: number;
  /** Whether shells share a connection, which OpenSSH cannot do on Windows; by the system this runs on unless given. */
  readonly shared?: boolean;
  /** Gets one line a step, free of secrets and control characters. */
  readonly log?: (line: string) => void;
}

/** What an ssh that makes a connection is started with. */
export interface SshAttempt {
  /** Only this user may enter it. */
  readonly directory: string;
  /** Before the arguments that say what for. */
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Whether it is to lead a process group and a session; not when it has to reach the terminal. */
  readonly leads: boolean;
  /** Aborted when the attempt is given up. */
  readonly stop: AbortSignal;
  /** Says which process it is. */
  started(pid: number | undefined): void;
}

/**
 * Lets `work` make a connection by ssh. Rejects as that does; or with what the prompts rejected with; or with an
 * `AbortError` when the user gave up, a `TransportError` when the time is up, or the signal's reason. `work` has to see to
 * it that nothing is left running when `stop` is aborted. The directory stays when it resolves, and goes when it rejects.
 */
export async function attemptSsh<T>(
  host: SystemSshHost,
  options: SystemSshOptions & { readonly more?: readonly string[] },
  signal: AbortSignal,
  work: (attempt: SshAttempt) => Promise<T>,
): Promise<T> {
  const { prompts, store, askpass, readyMs = defaultReadyMs } = options;
  const target = targetOf(host);
  // The ssh of Windows asks no script: there it goes by what needs no answer.
  const mute = askpass !== null && process.platform === 'win32';
  const more = [...(options.more ?? []), ...(mute ? ['BatchMode yes'] : [])];
  const over = new AbortController();
  const directory = await mkdtemp(join(runtimeBase(), 'pp-ssh-'));
  // Nobody tells how long the user takes to answer on the terminal; ssh has its own limit for the rest.
  const timeMs =
    askpass === null ? endless : host.chain.reduce((sum, hop) => sum + (hop.target.connectTimeoutMs ?? readyMs), 0);
  const clock = deadline(timeMs, () => timedOut(target));
  const stop = AbortSignal.any([signal, clock.signal, over.signal]);
  let pid: number | undefined;
  let server: AskpassServer | null = null;
  try {
    await ensureFile(store.file);
    const configFile = join(directory, 'config');
    await writeFile(configFile, systemSshConfig(host, store.file, more), { mode: 0o600 });
    if (askpass !== null && !mute) {
      const answers = askpassAnswers({
        chain: host.chain.map((hop) => hop.target),
        namesWhoAsks: host.namesWhoAsks,
        pid: () => pid,
        prompts,
        signal: stop,
        knownTypes: (of) => typesOnRecord(of, store),
        waitForUser: (ask) => clock.pausedFor(ask),
        fail: (error) => over.abort(error),
      });
      server = await askpassServer(directory, askpass, answers);
    }
    return await work({
      directory,
      args: connectArguments(host, configFile),
      variables: { ...host.variables, ...server?.variables },
      leads: server !== null,
      stop,
      started(id) {
        pid = id;
      },
    });
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    const reason: unknown = stop.aborted ? stop.reason : error;
    // A question that is still open need not be answered any more; and what was answered may have been wrong.
    over.abort(reason);
    throw reason;
  } finally {
    clock.stop();
    server?.close();
  }
}

/** The host itself. */
export function targetOf({ chain }: SystemSshHost): SshTarget {
  const last = chain.at(-1);
  if (last === undefined) throw new Error('a chain of no hosts');
  return last.target;
}

/** Where a socket's path is short, and has nothing in it that ssh or a shell would read differently. */
function runtimeBase(): string {
  const base = tmpdir();
  return process.platform === 'win32' || (base.length <= longestBase && /^[\w./-]+$/.test(base)) ? base : '/tmp';
}

/** ssh makes the file of its known_hosts, but not its directory, and lets others read both. */
async function ensureFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await (await open(file, 'a', 0o600)).close();
}

async function typesOnRecord(target: SshTarget, store: HostKeyStore): Promise<string[]> {
  const place = { host: target.hostKeyAlias ?? target.host, port: target.hostKeyAlias === null ? target.port : 22 };
  const texts = await Promise.all([store.read(), ...target.knownHostsFiles.map(readIfThere)]);
  return [...new Set(texts.flatMap((text) => knownKeyTypes(text, place)))];
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
