import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lastWords } from '../lastWords.ts';
import { attemptSsh, type SystemSshOptions, targetOf } from './systemSshAttempt.ts';
import { sharedArguments } from './systemSshConfig.ts';
import { noSsh, systemSshError } from './systemSshErrors.ts';
import type { SystemSshHost } from './systemSshHost.ts';
import { endSsh, spawnSsh } from './systemSshShell.ts';

const drainMs = 200;
const socketName = 'c';

/** A connection by ssh that others of this machine's ssh processes share (ssh_config(5), ControlMaster). */
export interface SystemSshMaster {
  readonly host: SystemSshHost;
  /** Starts an ssh over it that runs `command`; it leads a process group. */
  start(command: string): Promise<ChildProcessWithoutNullStreams>;
  /** Whether the connection stands, as far as the process that holds it knows; never rejects. */
  check(): Promise<boolean>;
  /** Whether that process can be there at all; says nothing about the host. */
  exists(): boolean;
  /** Ends it, also when this process ends at once; resolves when it is gone and has cleared up. */
  close(): Promise<void>;
}

/** Connects and logs in. Rejects as `attemptSsh` does, and with a `TransportError` that says what ssh said. */
export function connectMaster(
  host: SystemSshHost,
  options: SystemSshOptions,
  signal: AbortSignal,
): Promise<SystemSshMaster> {
  return attemptSsh(host, options, signal, async ({ directory, args, variables, leads, stop, started }) => {
    const master = masterIn(directory, host);
    // With ControlPersist, it would not be heard what the ssh to a jump host says.
    const own = ['-f', '-N', '-M', '-S', join(directory, socketName), '-o', 'ControlPersist=no'];
    const child = spawn(host.program, [...own, ...args, '--', host.host], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...variables },
      cwd: homedir(),
      detached: leads,
    });
    started(child.pid);
    const onStop = (): void => endSsh(child, leads);
    stop.addEventListener('abort', onStop, { once: true });
    const said = lastWords(child.stderr);
    try {
      if (stop.aborted) onStop();
      const code = await ended(child, host);
      for (const line of said.whole().split('\n')) if (line.trim() !== '') options.log?.(`ssh: ${line.trim()}`);
      stop.throwIfAborted();
      if (code !== 0) throw await systemSshError(said.whole(), targetOf(host), options.store.file);
      return master;
    } catch (error) {
      // It may have gone into the background at that moment, where only its socket reaches it.
      await master.close();
      throw error;
    } finally {
      stop.removeEventListener('abort', onStop);
      said.stop();
      // An older ssh takes it along into the background.
      child.stderr.destroy();
    }
  });
}

/** With `-f`, ssh ends once it is logged in and a copy of it has gone into the background; the copy may hold stderr open. */
function ended(child: ChildProcess, host: SystemSshHost): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(noSsh(host.program, error)));
    child.once('close', resolve);
    child.once('exit', (code) => void delay(drainMs).then(() => resolve(code)));
  });
}

function masterIn(directory: string, host: SystemSshHost): SystemSshMaster {
  const socket = join(directory, socketName);
  const undertaker = closesWhenLeft(host, socket, directory);
  const gone = new Promise<void>((resolve) => {
    undertaker.once('exit', () => resolve()).once('error', () => resolve());
  });
  const start = (...last: string[]) => spawnSsh(host.program, [...sharedArguments(socket), ...last], host.variables);
  return {
    host,
    start: (command) => start('--', host.host, command),
    async check() {
      try {
        const child = await start('-O', 'check', '--', host.host);
        child.stdout.resume();
        child.stderr.resume();
        const [code] = await once(child, 'close');
        return code === 0;
      } catch {
        // No ssh can be started any more: none to share the connection with either.
        return false;
      }
    },
    exists: () => existsSync(socket),
    close() {
      undertaker.stdin.end();
      return gone;
    },
  };
}

/**
 * A shell that waits for its stdin to close, as it does when this process ends in whatever way, and then ends the
 * connection and clears up.
 */
function closesWhenLeft(host: SystemSshHost, socket: string, directory: string) {
  const script = 'read -r line; "$1" -F none -S "$2" -O exit -- x; rm -rf -- "$3"';
  const shell = spawn('/bin/sh', ['-c', script, 'sh', host.program, socket, directory], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...host.variables },
    cwd: '/',
    detached: true,
  });
  // Where it could not be started there is no ssh either, which is found out by itself.
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  return shell;
}
