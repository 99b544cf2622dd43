import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'ssh2';
import { printable } from '../../kernel/printable.ts';
import type { Sessions } from '../sharedConnection.ts';
import { type Shell, TransportError } from '../shell.ts';
import { shellMark } from '../shellMark.ts';
import { refusedPauseMs, slots } from '../slots.ts';
import { busy, lost } from '../sshErrors.ts';
import { describeTarget, type SshTarget } from '../sshTarget.ts';
import { channelShell } from './ssh2Channel.ts';
import { answers } from './ssh2Probe.ts';

/** sshd allows 10 sessions a connection by default, but frees one only after the client has seen it close. */
const maxSessions = 5;
/** A host that runs a shell within this time need not be asked whether it is there. */
const promptMs = 1000;
/** One that is silent for longer than this is taken for gone, */
const silentMs = 5000;
/** and one that answers, but has not run the shell by then, for too busy. */
const openMs = 30_000;

/** The server's refusal of a session. */
interface Refusal {
  readonly refused: unknown;
}

/** Runs commands on a connection, a few at a time; how few the server allows is learnt when it refuses one. */
export function ssh2Sessions(
  client: Client,
  target: SshTarget,
  log: (line: string) => void,
  onChange: () => void,
): Sessions {
  const running = new Set<Shell>();
  const places = slots(maxSessions);
  let wanted = 0;
  const over = new AbortController();
  let heardAt = performance.now();
  let hasRun = false;

  /** Gives the place back when the shell has ended, but leaves it to who is told of a refusal. */
  function exec(command: string, asRoot: boolean, signal: AbortSignal): Promise<Shell | Refusal> {
    const { mark, killScript } = shellMark(asRoot);
    return new Promise((resolve, reject) => {
      let waitedFor = true;
      const settled = new AbortController();
      const settle = (finish: () => void): void => {
        waitedFor = false;
        settled.abort();
        signal.removeEventListener('abort', onAbort);
        finish();
      };
      const onAbort = (): void => settle(() => reject(signal.reason));
      signal.addEventListener('abort', onAbort, { once: true });
      const isFresh = performance.now() - heardAt < promptMs;
      watch(client, target, isFresh ? promptMs : 0, settled.signal).catch((error: unknown) => {
        if (!settled.signal.aborted) settle(() => reject(error));
      });

      const onRefused = (refused: unknown): void => {
        if (isRefusal(refused)) places.refused();
        if (waitedFor) settle(() => resolve({ refused }));
        else places.free();
      };
      const onOpen = (shell: Shell): void => {
        hasRun = true;
        running.add(shell);
        void shell.ended.then(() => {
          heardAt = performance.now();
          running.delete(shell);
          places.free();
        });
        // Nobody waits for it any more: it must not stay behind on the host.
        if (waitedFor) settle(() => resolve(shell));
        else shell.end();
      };
      try {
        client.exec(mark(command), (error, channel) => {
          heardAt = performance.now();
          if (error) onRefused(error);
          else onOpen(channelShell(channel, () => runAside(client, killScript, log)));
        });
      } catch (error) {
        onRefused(error);
      }
    });
  }

  async function open(command: string, asRoot: boolean, signal: AbortSignal): Promise<Shell> {
    let refusals = 0;
    await places.take(signal);
    for (;;) {
      if (signal.aborted) {
        places.free();
        throw signal.reason;
      }
      const outcome = await exec(command, asRoot, signal);
      if (!('refused' in outcome)) return outcome;
      const { refused } = outcome;
      if (isRefusal(refused) && running.size > 0) {
        // No place is free now, so the next turn comes when one of those has ended.
        places.free();
        await places.take(signal);
        continue;
      }
      const pauseMs = isRefusal(refused) ? refusedPauseMs(refusals++, hasRun) : null;
      if (pauseMs === null) {
        places.free();
        throw sessionError(refused, target);
      }
      // The place is kept, as others would be refused as well. Only the signal cuts this short, which is looked at next.
      await delay(pauseMs, undefined, { signal }).catch(() => {});
    }
  }

  return {
    count: () => wanted,
    async open(command, asRoot, signal) {
      const stop = AbortSignal.any([signal, over.signal]);
      wanted += 1;
      try {
        const shell = await open(command, asRoot, stop);
        void shell.ended.then(() => {
          wanted -= 1;
          onChange();
        });
        return shell;
      } catch (error) {
        wanted -= 1;
        onChange();
        throw stop.aborted ? stop.reason : error;
      }
    },
    end() {
      over.abort(new DOMException('the connection was closed', 'AbortError'));
      for (const shell of running) shell.end();
    },
  };
}

/** Asks the host now and then whether it is there, until `settled`; rejects with what to tell who waits for a shell. */
async function watch(client: Client, target: SshTarget, firstMs: number, settled: AbortSignal): Promise<never> {
  const startedAt = performance.now();
  for (let pauseMs = firstMs; ; pauseMs = silentMs) {
    await delay(pauseMs, undefined, { signal: settled });
    if (!(await answers(client, silentMs))) throw lost(target, 'it does not answer');
    if (performance.now() - startedAt > openMs) throw busy(target);
  }
}

/** Runs a script of ours in a session beside the others; of how it goes only the log hears. */
function runAside(client: Client, script: string, log: (line: string) => void): void {
  const failed = (error: Error): void => log(`a shell may be left on the host: ${error.message}`);
  try {
    client.exec('sh -s', (error, channel) => {
      if (error) return failed(error);
      channel.on('error', failed);
      channel.resume();
      channel.stderr.resume();
      channel.end(script);
    });
  } catch (error) {
    failed(error instanceof Error ? error : new Error(String(error)));
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('(SSH) Channel open failure') && 'reason' in error;
}

function sessionError(error: unknown, target: SshTarget): unknown {
  if (!(error instanceof Error) || error instanceof TransportError || error.name === 'AbortError') return error;
  if (isRefusal(error) || error.message === 'Unable to exec') {
    return new TransportError(
      'unsupported',
      `${describeTarget(target)} does not let us run a command: ${printable(error.message)}`,
      'Check MaxSessions, ForceCommand and the login shell of this user on the host.',
    );
  }
  return lost(target, error.message);
}
