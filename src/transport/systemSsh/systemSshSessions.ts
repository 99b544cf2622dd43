import { setTimeout as delay } from 'node:timers/promises';
import { printable } from '../../kernel/printable.ts';
import { deadline } from '../abort.ts';
import type { Sessions } from '../sharedConnection.ts';
import type { Shell } from '../shell.ts';
import { refusedPauseMs, slots } from '../slots.ts';
import { lost } from '../sshErrors.ts';
import { targetOf } from './systemSshAttempt.ts';
import type { SystemSshMaster } from './systemSshMaster.ts';
import {
  endSsh,
  type NotReady,
  notRun,
  remoteCommand,
  runScript,
  sshFailed,
  systemSshShell,
  untilReady,
} from './systemSshShell.ts';

/** sshd allows 10 sessions a connection by default; each shell may need one more, to kill what it has left behind. */
const maxSessions = 5;
const openMs = 20_000;

/** Starts shells over a connection, a few at a time; how few the host allows is learnt when it refuses one. */
export function systemSshSessions(
  master: SystemSshMaster,
  log: (line: string) => void,
  onChange: () => void,
): Sessions {
  const target = targetOf(master.host);
  const places = slots(maxSessions);
  const running = new Set<Shell>();
  const over = new AbortController();
  let wanted = 0;
  let hasRun = false;

  /** Null when the host has refused another session. */
  async function start(command: string, asRoot: boolean, signal: AbortSignal): Promise<Shell | null> {
    const { line, ready, killScript } = remoteCommand(command, asRoot);
    const child = await master.start(line);
    const clock = deadline(openMs, () => lost(target, 'it does not answer'));
    try {
      const instead = await untilReady(child, ready, AbortSignal.any([signal, clock.signal]));
      if (instead === null) {
        return systemSshShell(child, {
          kill: () => runScript(() => master.start('sh -s'), killScript, log),
          connected: () => master.check(),
        });
      }
      endSsh(child, true);
      if (isRefusal(instead)) return null;
      throw instead.code === sshFailed
        ? lost(target, printable(instead.stderr) || 'it is no longer there')
        : notRun(instead, target);
    } catch (error) {
      endSsh(child, true);
      throw error;
    } finally {
      clock.stop();
    }
  }

  async function inTurn(command: string, asRoot: boolean, signal: AbortSignal): Promise<Shell> {
    for (let refusals = 0; ; ) {
      await places.take(signal);
      const shell = await start(command, asRoot, signal).catch((error: unknown) => {
        places.free();
        throw error;
      });
      if (shell !== null) {
        hasRun = true;
        running.add(shell);
        void shell.ended.then(() => {
          running.delete(shell);
          places.free();
        });
        return shell;
      }
      places.refused();
      places.free();
      // Others run: the next turn comes when one of them has ended.
      if (running.size > 0) continue;
      const pauseMs = refusedPauseMs(refusals++, hasRun);
      const why = { code: null, stderr: 'it refuses another session', noise: '' };
      if (pauseMs === null) throw notRun(why, target);
      await delay(pauseMs, undefined, { signal });
    }
  }

  return {
    count: () => wanted,
    async open(command, asRoot, signal) {
      const stop = AbortSignal.any([signal, over.signal]);
      wanted += 1;
      const done = (): void => {
        wanted -= 1;
        onChange();
      };
      try {
        const shell = await inTurn(command, asRoot, stop);
        void shell.ended.then(done);
        return shell;
      } catch (error) {
        done();
        throw stop.aborted ? stop.reason : error;
      }
    },
    end() {
      over.abort(new DOMException('the connection was closed', 'AbortError'));
      for (const shell of running) shell.end();
    },
  };
}

function isRefusal({ stderr }: NotReady): boolean {
  return /Session open refused by peer|session request failed/i.test(stderr);
}
