import { type SharedAttempt, sharedAttempt } from './sharedAttempt.ts';
import { TransportError } from './shell.ts';
import type { ConnectDeps, JumpHosts, Ssh2Connection } from './ssh2Connection.ts';
import type { SshPrompts } from './sshPrompts.ts';
import type { SshTarget } from './sshTarget.ts';

const defaultIdleMs = 60_000;

interface Open {
  readonly connection: Ssh2Connection;
  users: number;
  idle: NodeJS.Timeout | undefined;
}

interface Opening {
  readonly attempt: SharedAttempt<Open>;
  readonly prompts: SshPrompts;
}

/**
 * The connections to jump hosts, one each however many hosts are behind it, so that a one-time code is asked for once.
 * They close when unused for `idleMs`.
 */
export function jumpHosts(
  connect: (target: SshTarget, deps: ConnectDeps, signal: AbortSignal) => Promise<Ssh2Connection>,
  idleMs = defaultIdleMs,
): JumpHosts {
  const opened = new Map<string, Open>();
  const opening = new Map<string, Opening>();

  function start(key: string, target: SshTarget, deps: ConnectDeps): Opening {
    const work = async (signal: AbortSignal): Promise<Open> => {
      const connection = await connect(target, deps, signal);
      const open: Open = { connection, users: 0, idle: undefined };
      opened.set(key, open);
      connection.client.on('error', (error) => deps.log(`jump host ${target.alias}: ${error.message}`));
      connection.client.on('close', () => {
        clearTimeout(open.idle);
        if (opened.get(key) === open) opened.delete(key);
      });
      // Whoever waited may have gone in the meantime.
      wait(key, open);
      return open;
    };
    const attempt = sharedAttempt(work, () => {
      if (opening.get(key) === started) opening.delete(key);
    });
    const started: Opening = { attempt, prompts: deps.prompts };
    opening.set(key, started);
    return started;
  }

  function wait(key: string, open: Open): void {
    clearTimeout(open.idle);
    open.idle = setTimeout(() => {
      if (opened.get(key) === open) opened.delete(key);
      open.connection.close();
    }, idleMs);
  }

  return {
    async acquire(target, deps, signal) {
      const key = JSON.stringify(target);
      for (;;) {
        const { attempt, prompts } = opening.get(key) ?? { attempt: null, prompts: deps.prompts };
        try {
          const open = opened.get(key) ?? (await (attempt ?? start(key, target, deps).attempt).join(signal));
          open.users += 1;
          clearTimeout(open.idle);
          let held = true;
          return {
            client: open.connection.client,
            release() {
              if (!held) return;
              held = false;
              open.users -= 1;
              if (open.users === 0 && opened.get(key) === open) wait(key, open);
            },
          };
        } catch (error) {
          // It asked nobody, on behalf of another; ours may be asked.
          const unasked = error instanceof TransportError && error.kind === 'needs-attention';
          if (!unasked || prompts === deps.prompts) throw error;
        }
      }
    },
    close() {
      for (const { attempt } of opening.values()) attempt.abort(new DOMException('closed', 'AbortError'));
      for (const { connection, idle } of opened.values()) {
        clearTimeout(idle);
        connection.close();
      }
      opened.clear();
    },
  };
}
