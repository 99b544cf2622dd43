import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';

/** More than this nobody prints before a shell. */
const mostBefore = 256 * 1024;

/** A line on stdout by which a shell says that it runs: before it there may be anything, a login shell or a program may greet. */
export interface ReadyMark {
  /** What prints it: plain words of a shell, without quotes. */
  readonly command: string;
  /**
   * Reads until the line has passed and leaves what follows it in the stream, which then is as if it had begun there.
   * The result tells what came before. Stops when `signal` is aborted; never rejects.
   */
  passed(stdout: Readable, signal: AbortSignal): Promise<ReadyOutcome>;
}

/** How waiting for it ended, and the text that came before, bounded. */
export interface ReadyOutcome {
  readonly outcome: 'ready' | 'ended' | 'too-much' | 'aborted';
  readonly before: string;
}

/** A fresh one, which nobody else can have printed. */
export function readyMark(): ReadyMark {
  const word = `packet-path-ready-${randomBytes(12).toString('hex')}`;
  const line = Buffer.from(`${word}\n`);
  return {
    command: `echo ${word}`,
    passed: (stdout, signal) =>
      new Promise((resolve) => {
        let held = Buffer.alloc(0);
        const done = (outcome: ReadyOutcome['outcome'], before: Buffer): void => {
          stdout.off('readable', onReadable).off('end', onGone).off('close', onGone).off('error', onGone);
          signal.removeEventListener('abort', onAbort);
          resolve({ outcome, before: before.toString('utf8') });
        };
        const onGone = (): void => done('ended', held);
        const onAbort = (): void => done('aborted', held);
        const onReadable = (): void => {
          for (let chunk: Buffer | null = stdout.read(); chunk !== null; chunk = stdout.read()) {
            const from = Math.max(0, held.length - line.length);
            held = Buffer.concat([held, chunk]);
            const at = held.indexOf(line, from);
            if (at !== -1) {
              const rest = held.subarray(at + line.length);
              done('ready', held.subarray(0, at));
              // Copied, as the whole chunk would be kept otherwise.
              if (rest.length > 0) stdout.unshift(Buffer.from(rest));
              return;
            }
            if (held.length > mostBefore) {
              done('too-much', held);
              return;
            }
          }
        };
        stdout.on('readable', onReadable).once('end', onGone).once('close', onGone).once('error', onGone);
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      }),
  };
}
