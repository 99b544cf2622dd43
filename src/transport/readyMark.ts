import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';

/** More than this nobody prints before a shell. */
const mostBefore = 256 * 1024;
const lineFeed = 10;
const carriageReturn = 13;

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
            const from = Math.max(0, held.length - word.length - 2);
            held = Buffer.concat([held, chunk]);
            const found = findLine(held, word, from);
            if (found !== null) {
              const rest = held.subarray(found.end);
              done('ready', held.subarray(0, found.at));
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

/** Where a line ends in the word. Where a terminal shows what is typed, the word stands there too, with more behind it. */
function findLine(text: Buffer, word: string, from: number): { at: number; end: number } | null {
  for (let at = text.indexOf(word, from); at !== -1; at = text.indexOf(word, at + 1)) {
    let end = at + word.length;
    if (text[end] === carriageReturn) end += 1;
    if (text[end] === lineFeed) return { at, end: end + 1 };
  }
  return null;
}
