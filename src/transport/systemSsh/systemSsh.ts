import { printable } from '../../kernel/printable.ts';
import { untilAborted } from '../abort.ts';
import type { SshPrompts } from '../prompts/sshPrompts.ts';
import { type SharedAttempt, sharedAttempt } from '../sharedAttempt.ts';
import { type Shell, type Transport, TransportError } from '../shell.ts';
import { describeTarget } from '../sshTarget.ts';
import { type SystemSshOptions, targetOf } from './systemSshAttempt.ts';
import { directShell } from './systemSshDirect.ts';
import type { SystemSshHost } from './systemSshHost.ts';
import { connectMaster, type SystemSshMaster } from './systemSshMaster.ts';
import { type SystemSshSessions, systemSshSessions } from './systemSshSessions.ts';

interface Connection {
  readonly master: SystemSshMaster;
  readonly name: string;
  readonly sessions: SystemSshSessions;
  /** Whether a shell has run on it; one that fails is then replaced once, as it may have died unnoticed. */
  used: boolean;
}

interface Attempt {
  readonly connection: SharedAttempt<Connection>;
  readonly prompts: SshPrompts;
}

/**
 * A host by the `ssh` program of this machine: one connection, made on first use, shared by all shells, closed when idle,
 * made anew when lost. It is never one the user has open, so that closing it never takes that away. Where it leads is
 * asked for each time one is made. Where connections cannot be shared, each shell has its own.
 */
export function systemSshTransport(
  resolve: (signal: AbortSignal) => Promise<SystemSshHost>,
  options: SystemSshOptions,
): Transport {
  const { idleMs = 60_000, shared = process.platform !== 'win32' } = options;
  // Much of what is logged is what the host said.
  const log = (line: string): void => options.log?.(printable(line, 1000));
  const direct = new Set<Shell>();
  let closed = new AbortController();
  let current: Connection | null = null;
  let attempt: Attempt | null = null;

  function connect(prompts: SshPrompts): Attempt {
    const connection = sharedAttempt(
      async (signal) => {
        const host = await untilAborted(resolve(signal), signal);
        log(`connecting to ${describeTarget(targetOf(host))} by ${host.program}`);
        const startedAt = performance.now();
        const master = await connectMaster(host, { ...options, prompts, log }, signal);
        if (signal.aborted) {
          void master.close();
          throw signal.reason;
        }
        log(`logged in after ${Math.round(performance.now() - startedAt)} ms`);
        return adopt(master);
      },
      () => {
        if (attempt === started) attempt = null;
      },
    );
    const started: Attempt = { connection, prompts };
    return started;
  }

  function adopt(master: SystemSshMaster): Connection {
    let idle: NodeJS.Timeout | undefined;
    const onChange = (): void => {
      clearTimeout(idle);
      if (connection.sessions.count() > 0) return;
      // Detached, and all its shells have ended.
      if (current !== connection) void master.close();
      else idle = setTimeout(() => drop(connection, 'idle'), idleMs);
    };
    const connection: Connection = {
      master,
      name: describeTarget(targetOf(master.host)),
      sessions: systemSshSessions(master, log, onChange),
      used: false,
    };
    current = connection;
    onChange();
    return connection;
  }

  /** No new shells on it; it closes when those that run have ended. */
  function drop(connection: Connection, why: string): void {
    if (current === connection) current = null;
    log(`closing the connection to ${connection.name}: ${why}`);
    if (connection.sessions.count() === 0) void connection.master.close();
    else connection.sessions.end();
  }

  async function connected(prompts: SshPrompts, signal: AbortSignal): Promise<Connection> {
    for (;;) {
      if (current !== null && !current.master.exists()) drop(current, 'its ssh has ended');
      if (current !== null) return current;
      attempt ??= connect(prompts);
      const joined = attempt;
      try {
        return await joined.connection.join(signal);
      } catch (error) {
        // It asked nobody, on behalf of another caller; this one's may be asked.
        const unasked = error instanceof TransportError && error.kind === 'needs-attention';
        if (!unasked || joined.prompts === prompts) throw error;
      }
    }
  }

  function ending(shell: Shell, signal: AbortSignal): Shell {
    const onAbort = (): void => shell.end();
    signal.addEventListener('abort', onAbort, { once: true });
    void shell.ended.then(() => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) shell.end();
    return shell;
  }

  return {
    async startShell(args, signal, { prompts = options.prompts, namespace } = {}) {
      signal.throwIfAborted();
      if (!shared) {
        const stop = AbortSignal.any([signal, closed.signal]);
        const host = await untilAborted(resolve(stop), stop);
        const shell = await directShell(host, { ...options, prompts, log }, args, namespace, stop);
        direct.add(shell);
        void shell.ended.then(() => direct.delete(shell));
        return ending(shell, signal);
      }
      for (;;) {
        signal.throwIfAborted();
        const connection = await connected(prompts, signal);
        const reused = connection.used;
        try {
          const shell = await connection.sessions.open(args, namespace, signal);
          connection.used = true;
          return ending(shell, signal);
        } catch (error) {
          if (!(error instanceof TransportError) || error.kind !== 'lost') throw error;
          if (current === connection) drop(connection, error.message);
          if (!reused) throw error;
        }
      }
    },
    close() {
      const reason = new DOMException('the connection was closed', 'AbortError');
      closed.abort(reason);
      closed = new AbortController();
      attempt?.connection.abort(reason);
      if (current !== null) drop(current, 'asked to');
      for (const shell of direct) shell.end();
    },
  };
}
