import { setTimeout as delay } from 'node:timers/promises';
import type { Shell } from './shell.ts';

/** The shell has had its time to end with its stdin, and SIGTERM. */
const patienceMs = 600;
const answerMs = 1500;

/**
 * The same shell; what is left of it where it runs is killed when it was ended or killed here. The program that this
 * machine runs may be the client only (of a container, of another machine): that it is gone says nothing about the shell.
 * `killRest` never rejects; `ended` waits for it, though not long.
 */
export function leavingNothing(shell: Shell, killRest: () => Promise<void>): Shell {
  let asked = false;
  let timer: NodeJS.Timeout | undefined;
  let killing: Promise<void> | null = null;
  const kill = (): Promise<void> => {
    killing ??= killRest();
    return killing;
  };
  const ended = shell.ended.then(async (end) => {
    clearTimeout(timer);
    if (asked || end.kind === 'signal') await Promise.race([kill(), delay(answerMs, undefined, { ref: false })]);
    return end;
  });
  return {
    ...shell,
    ended,
    end() {
      if (asked) return;
      asked = true;
      timer = setTimeout(() => void kill(), patienceMs);
      shell.end();
      void ended.then(() => clearTimeout(timer));
    },
  };
}
