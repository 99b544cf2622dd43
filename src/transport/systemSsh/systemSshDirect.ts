import { rm } from 'node:fs/promises';
import { quietPrompts } from '../prompts/quietPrompts.ts';
import type { Shell } from '../shell.ts';
import { attemptSsh, type SshAttempt, type SystemSshOptions, targetOf } from './systemSshAttempt.ts';
import { systemSshError } from './systemSshErrors.ts';
import type { SystemSshHost } from './systemSshHost.ts';
import {
  endSsh,
  notRun,
  remoteCommand,
  runScript,
  spawnSsh,
  sshFailed,
  systemSshShell,
  untilReady,
} from './systemSshShell.ts';

/** A command of ours takes the place of one in the user's configuration; OpenSSH for Windows has always known the option. */
const more = ['RemoteCommand none'];

/** A shell over a connection of its own, where connections cannot be shared. Rejects as `attemptSsh` does. */
export function directShell(
  host: SystemSshHost,
  options: SystemSshOptions,
  command: string,
  asRoot: boolean,
  signal: AbortSignal,
): Promise<Shell> {
  const { line, ready, killScript } = remoteCommand(command, asRoot);
  const target = targetOf(host);
  const log = options.log ?? (() => {});

  function start({ args: to, variables, leads, started }: SshAttempt, what: string) {
    return spawnSsh(host.program, [...to, '--', host.host, what], variables, leads).then((child) => {
      started(child.pid);
      return child;
    });
  }
  /** By another connection, which may ask nobody. */
  function kill(): Promise<void> {
    const unasked = { ...options, more, prompts: quietPrompts };
    const over = new AbortController().signal;
    return attemptSsh(host, unasked, over, async (attempt) => {
      const startKiller = async () => {
        const child = await start(attempt, 'sh -s');
        attempt.stop.addEventListener('abort', () => endSsh(child, attempt.leads), { once: true });
        return child;
      };
      await runScript(startKiller, killScript, log);
      await rm(attempt.directory, { recursive: true, force: true });
    }).catch((error: unknown) => log(`a shell may be left on the host: ${String(error)}`));
  }

  return attemptSsh(host, { ...options, more }, signal, async (attempt) => {
    const child = await start(attempt, line);
    try {
      const instead = await untilReady(child, ready, attempt.stop);
      if (instead !== null) {
        throw instead.code === sshFailed
          ? await systemSshError(instead.stderr, target, options.store.file)
          : notRun(instead, target);
      }
      await rm(attempt.directory, { recursive: true, force: true });
      return systemSshShell(child, { kill, connected: async () => false });
    } catch (error) {
      endSsh(child, attempt.leads);
      throw error;
    }
  });
}
