import { printable } from '../../kernel/printable.ts';
import { untilAborted } from '../abort.ts';
import { endingWith, sharedConnection } from '../sharedConnection.ts';
import { type Shell, shellCommand, type Transport } from '../shell.ts';
import { describeTarget } from '../sshTarget.ts';
import { type SystemSshOptions, targetOf } from './systemSshAttempt.ts';
import { directShell } from './systemSshDirect.ts';
import type { SystemSshHost } from './systemSshHost.ts';
import { connectMaster } from './systemSshMaster.ts';
import { systemSshSessions } from './systemSshSessions.ts';

/**
 * A host by the `ssh` program of this machine. Its connection is never one the user has open, so that closing it never
 * takes that away. Where it leads is asked for each time one is made. Where connections cannot be shared, each shell has
 * its own.
 */
export function systemSshTransport(
  resolve: (signal: AbortSignal) => Promise<SystemSshHost>,
  options: SystemSshOptions,
): Transport {
  // Much of what is logged is what the host said.
  const log = (line: string): void => options.log?.(printable(line, 1000));
  const { prompts, idleMs = 60_000, shared = process.platform !== 'win32' } = options;
  if (!shared) return unshared(resolve, { ...options, log });
  return sharedConnection(
    async (asked, signal, onChange) => {
      const host = await untilAborted(resolve(signal), signal);
      const name = describeTarget(targetOf(host));
      log(`connecting to ${name} by ${host.program}`);
      const startedAt = performance.now();
      const master = await connectMaster(host, { ...options, prompts: asked, log }, signal);
      log(`logged in after ${Math.round(performance.now() - startedAt)} ms`);
      const close = (): void => void master.close();
      return { name, sessions: systemSshSessions(master, log, onChange), exists: master.exists, close, destroy: close };
    },
    { prompts, idleMs, log },
  );
}

function unshared(resolve: (signal: AbortSignal) => Promise<SystemSshHost>, options: SystemSshOptions): Transport {
  const running = new Set<Shell>();
  let closed = new AbortController();
  return {
    async startShell(args, signal, { prompts = options.prompts, namespace } = {}) {
      const command = shellCommand(args, namespace);
      const stop = AbortSignal.any([signal, closed.signal]);
      stop.throwIfAborted();
      const host = await untilAborted(resolve(stop), stop);
      const shell = await directShell(host, { ...options, prompts }, command, namespace?.sudo ?? false, stop);
      running.add(shell);
      void shell.ended.then(() => running.delete(shell));
      return endingWith(signal, shell);
    },
    close() {
      closed.abort(new DOMException('the connection was closed', 'AbortError'));
      closed = new AbortController();
      for (const shell of running) shell.end();
    },
  };
}
