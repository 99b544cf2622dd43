import type { SshPrompts } from './prompts/sshPrompts.ts';
import { type SharedAttempt, sharedAttempt } from './sharedAttempt.ts';
import { type Shell, shellCommand, type Transport, TransportError } from './shell.ts';

/** The shells of one connection. */
export interface Sessions {
  /** Shells that run, are being opened, or wait for their turn. */
  count(): number;
  /**
   * `asRoot` where the command becomes root by sudo. Rejects with a `TransportError` (`lost` when the connection is gone
   * or does not answer) or the signal's reason.
   */
  open(command: string, asRoot: boolean, signal: AbortSignal): Promise<Shell>;
  /** Ends all that run and turns away those that wait. */
  end(): void;
}

/** A connection that is logged in. */
export interface Connection {
  /** For messages. */
  readonly name: string;
  readonly sessions: Sessions;
  /** Whether it can be there at all; says nothing about the host. */
  exists(): boolean;
  /** Called when nothing runs on it any more. */
  close(): void;
  /** Called when it is lost: what runs on it ends as lost, too. */
  destroy(): void;
}

export interface ConnectionOptions {
  readonly prompts: SshPrompts;
  /** How long an unused connection is kept. */
  readonly idleMs: number;
  readonly log: (line: string) => void;
}

interface Attempt {
  readonly connection: SharedAttempt<Connection>;
  readonly prompts: SshPrompts;
}

/**
 * One connection a host, made by `connect` on first use, shared by all shells, closed when idle, made anew when lost.
 * `onChange` is to be called whenever the count of its sessions may have changed.
 */
export function sharedConnection(
  connect: (prompts: SshPrompts, signal: AbortSignal, onChange: () => void) => Promise<Connection>,
  options: ConnectionOptions,
): Transport {
  const { idleMs, log } = options;
  let current: Connection | null = null;
  /** Until the current one is closed. */
  let idle: NodeJS.Timeout | undefined;
  let attempt: Attempt | null = null;

  function start(prompts: SshPrompts): Attempt {
    const connection = sharedAttempt(
      async (signal) => {
        let adopted: Connection | null = null;
        const onChange = (): void => {
          const made = adopted;
          if (made === null) return;
          if (current === made) clearTimeout(idle);
          if (current === made && !made.exists()) current = null;
          if (made.sessions.count() > 0) return;
          // Detached, and all its shells have ended.
          if (current !== made) made.close();
          else idle = setTimeout(() => whenIdle(made), idleMs);
        };
        const made = await connect(prompts, signal, onChange);
        if (signal.aborted) {
          made.close();
          throw signal.reason;
        }
        current = made;
        adopted = made;
        onChange();
        return made;
      },
      () => {
        if (attempt === started) attempt = null;
      },
    );
    const started: Attempt = { connection, prompts };
    return started;
  }

  /** No new shells on it. */
  function detach(connection: Connection): void {
    if (current !== connection) return;
    clearTimeout(idle);
    current = null;
  }

  /** It closes when those that run on it have ended. */
  function drop(connection: Connection, why: string): void {
    detach(connection);
    log(`closing the connection to ${connection.name}: ${why}`);
    if (connection.sessions.count() === 0) connection.close();
    else connection.sessions.end();
  }

  /** Its time is up, unless a shell was started meanwhile: then it begins again when that has ended. */
  function whenIdle(connection: Connection): void {
    if (connection.sessions.count() === 0) drop(connection, 'idle');
  }

  function lose(connection: Connection): void {
    detach(connection);
    connection.destroy();
  }

  async function connected(prompts: SshPrompts, signal: AbortSignal): Promise<Connection> {
    for (;;) {
      if (current !== null && !current.exists()) lose(current);
      if (current !== null) return current;
      attempt ??= start(prompts);
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

  return {
    async startShell(args, signal, { prompts = options.prompts, namespace } = {}) {
      const command = shellCommand(args, namespace);
      for (let isFirst = true; ; isFirst = false) {
        signal.throwIfAborted();
        const before = current;
        const connection = await connected(prompts, signal);
        try {
          return endingWith(signal, await connection.sessions.open(command, namespace?.sudo ?? false, signal));
        } catch (error) {
          if (!(error instanceof TransportError) || error.kind !== 'lost') throw error;
          lose(connection);
          // One that was there already may have died unnoticed.
          if (!isFirst || connection !== before) throw error;
        }
      }
    },
    close() {
      attempt?.connection.abort(new DOMException('the connection was closed', 'AbortError'));
      if (current !== null) drop(current, 'asked to');
    },
  };
}

/** The shell, which ends when the signal is aborted. */
export function endingWith(signal: AbortSignal, shell: Shell): Shell {
  const onAbort = (): void => shell.end();
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  void shell.ended.then(() => signal.removeEventListener('abort', onAbort));
  return shell;
}
