import { untilAborted } from '../abort.ts';
import type { SshPrompts } from '../prompts/sshPrompts.ts';
import { type SharedAttempt, sharedAttempt } from '../sharedAttempt.ts';
import { TransportError } from '../shell.ts';
import type { SshTarget } from '../sshTarget.ts';
import type { ConnectDeps, JumpHosts, JumpLease, Ssh2Connection } from './ssh2Connection.ts';
import { answers } from './ssh2Probe.ts';

const defaultIdleMs = 60_000;
/** A jump host that is silent for longer than this is taken for gone. */
const answerMs = 5000;

interface Open {
  readonly connection: Ssh2Connection;
  users: number;
  idle: NodeJS.Timeout | undefined;
  /** Under way while somebody wants to know whether it still answers. */
  probe: Promise<boolean> | null;
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
      if (signal.aborted) {
        connection.close();
        throw signal.reason;
      }
      const open: Open = { connection, users: 0, idle: undefined, probe: null };
      opened.set(key, open);
      connection.client.on('error', (error) => deps.log(`jump host ${target.alias}: ${error.message}`));
      connection.client.on('close', () => forget(key, open));
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

  function forget(key: string, open: Open): void {
    clearTimeout(open.idle);
    if (opened.get(key) === open) opened.delete(key);
  }

  function wait(key: string, open: Open): void {
    clearTimeout(open.idle);
    open.idle = setTimeout(() => {
      forget(key, open);
      open.connection.close();
    }, idleMs);
  }

  function lease(key: string, open: Open): JumpLease {
    open.users += 1;
    clearTimeout(open.idle);
    let held = true;
    return {
      client: open.connection.client,
      release() {
        if (!held) return;
        held = false;
        open.users -= 1;
        if (open.users > 0) return;
        if (opened.get(key) === open) wait(key, open);
        else open.connection.close();
      },
    };
  }

  /** A hold on the connection there is; null when there is none that answers. */
  async function reuse(key: string, signal: AbortSignal): Promise<JumpLease | null> {
    const open = opened.get(key);
    if (open === undefined) return null;
    // Held meanwhile, lest it be closed for being idle.
    const held = lease(key, open);
    open.probe ??= answers(open.connection.client, answerMs).finally(() => {
      open.probe = null;
    });
    try {
      if (await untilAborted(open.probe, signal)) return held;
    } catch (error) {
      held.release();
      throw error;
    }
    forget(key, open);
    held.release();
    open.connection.destroy();
    return null;
  }

  return {
    async acquire(target, deps, signal) {
      const key = JSON.stringify(target);
      for (;;) {
        const reused = await reuse(key, signal);
        if (reused !== null) return reused;
        const { attempt, prompts } = opening.get(key) ?? start(key, target, deps);
        try {
          return lease(key, await attempt.join(signal));
        } catch (error) {
          // It asked nobody, on behalf of another; ours may be asked.
          const unasked = error instanceof TransportError && error.kind === 'needs-attention';
          if (!unasked || prompts === deps.prompts) throw error;
        }
      }
    },
    close() {
      const gone = new DOMException('the connections to jump hosts were closed', 'AbortError');
      for (const { attempt } of [...opening.values()]) attempt.abort(gone);
      for (const [key, open] of [...opened]) {
        forget(key, open);
        // What runs behind one ends first; its last user closes it.
        if (open.users === 0) open.connection.close();
      }
    },
  };
}
