import { printable } from '../../kernel/printable.ts';
import { untilAborted } from '../abort.ts';
import type { HostKeyStore } from '../hostKeys/hostKeyStore.ts';
import type { SshPrompts } from '../prompts/sshPrompts.ts';
import { type SharedAttempt, sharedAttempt } from '../sharedAttempt.ts';
import { shellCommand, type Transport, TransportError } from '../shell.ts';
import { describeTarget, type SshTarget } from '../sshTarget.ts';
import { jumpHosts } from './jumpHosts.ts';
import { connectSsh2, type JumpHosts, type Ssh2Connection } from './ssh2Connection.ts';
import { type Sessions, sessions } from './ssh2Sessions.ts';

export interface Ssh2Options {
  readonly prompts: SshPrompts;
  readonly store: HostKeyStore;
  /** Shared by the hosts behind the same jump hosts; a transport has its own unless given. */
  readonly jumps?: JumpHosts;
  /** Time for connecting and logging in, prompts not counted; 20 s unless given. `ConnectTimeout` outranks it. */
  readonly readyMs?: number;
  /** How long an unused connection is kept; 60 s unless given. */
  readonly idleMs?: number;
  /** Gets one line a step, free of secrets and control characters. */
  readonly log?: (line: string) => void;
}

interface Connection {
  readonly ssh: Ssh2Connection;
  readonly name: string;
  readonly sessions: Sessions;
}

interface Attempt {
  readonly connection: SharedAttempt<Connection>;
  readonly prompts: SshPrompts;
}

/**
 * One SSH connection a host, made on first use, shared by all shells, closed when idle, made anew when lost. Where it
 * leads is asked for each time one is made, so that corrected settings count at once.
 */
export function ssh2Transport(target: (signal: AbortSignal) => Promise<SshTarget>, options: Ssh2Options): Transport {
  const { idleMs = 60_000, jumps = jumpHosts(connectSsh2, idleMs) } = options;
  // Much of what is logged is what the server said.
  const log = (line: string): void => options.log?.(printable(line, 1000));
  let current: Connection | null = null;
  let attempt: Attempt | null = null;

  function connect(prompts: SshPrompts): Attempt {
    const connection = sharedAttempt(
      async (signal) => {
        const to = await untilAborted(target(signal), signal);
        const ssh = await connectSsh2(to, { ...options, prompts, jumps, log }, signal);
        if (!signal.aborted) return adopt(ssh, to);
        ssh.close();
        throw signal.reason;
      },
      () => {
        if (attempt === started) attempt = null;
      },
    );
    const started: Attempt = { connection, prompts };
    return started;
  }

  function adopt(ssh: Ssh2Connection, to: SshTarget): Connection {
    const name = describeTarget(to);
    let idle: NodeJS.Timeout | undefined;
    const onChange = (): void => {
      clearTimeout(idle);
      if (connection.sessions.count() > 0) return;
      // Detached by close(), and all its shells have ended.
      if (current !== connection) ssh.close();
      else idle = setTimeout(() => drop(connection, 'idle'), idleMs);
    };
    const connection: Connection = { ssh, name, sessions: sessions(ssh.client, to, log, onChange) };
    current = connection;
    ssh.client.on('error', (error) => log(`connection to ${name}: ${error.message}`));
    ssh.client.on('close', () => {
      clearTimeout(idle);
      if (current === connection) current = null;
      log(`connection to ${name} closed`);
    });
    onChange();
    return connection;
  }

  /** No new shells on it; it closes when those that run have ended. */
  function drop(connection: Connection, why: string): void {
    if (current === connection) current = null;
    log(`closing the connection to ${connection.name}: ${why}`);
    if (connection.sessions.count() === 0) connection.ssh.close();
    else connection.sessions.end();
  }

  async function connected(prompts: SshPrompts, signal: AbortSignal): Promise<Connection> {
    for (;;) {
      if (current !== null) return current;
      attempt ??= connect(prompts);
      const shared = attempt;
      try {
        return await shared.connection.join(signal);
      } catch (error) {
        // It asked nobody, on behalf of another caller; this one's may be asked.
        const unasked = error instanceof TransportError && error.kind === 'needs-attention';
        if (!unasked || shared.prompts === prompts) throw error;
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
          const shell = await connection.sessions.open(command, namespace?.sudo ?? false, signal);
          const onAbort = (): void => shell.end();
          if (signal.aborted) onAbort();
          else signal.addEventListener('abort', onAbort, { once: true });
          void shell.ended.then(() => signal.removeEventListener('abort', onAbort));
          return shell;
        } catch (error) {
          if (!(error instanceof TransportError) || error.kind !== 'lost') throw error;
          if (current === connection) current = null;
          connection.ssh.destroy();
          // One that was there already may have died unnoticed.
          if (!isFirst || connection !== before) throw error;
        }
      }
    },
    close() {
      attempt?.connection.abort(new DOMException('the connection was closed', 'AbortError'));
      if (current !== null) drop(current, 'asked to');
      if (options.jumps === undefined) jumps.close();
    },
  };
}
