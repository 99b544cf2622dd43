import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs } from './backoff.ts';

export interface ReconnectOptions {
  /** Tries in all, the first included. */
  readonly tries: number;
  /** Whether another try may go better. */
  readonly worthIt: (error: unknown) => boolean;
  /** Called before each pause; `next` is the number of the try that follows it. */
  readonly onPause: (error: unknown, pauseMs: number, next: number) => void;
  readonly signal: AbortSignal;
  /** The pause before the nth repetition; null: no more. The transport's backoff unless given. */
  readonly pauseMs?: (repetition: number) => number | null;
}

/**
 * Does something again, after a pause that grows, as long as it fails in a way that may pass: a host that restarts, a
 * machine that slept. Rejects with the last failure, or with the signal's reason when that is aborted during a pause.
 */
export async function withReconnect<T>(
  work: (attempt: number) => Promise<T>,
  { tries, worthIt, onPause, signal, pauseMs = backoffMs }: ReconnectOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      const pause = attempt < tries && !signal.aborted && worthIt(error) ? pauseMs(attempt) : null;
      if (pause === null) throw error;
      onPause(error, pause, attempt + 1);
      await wait(pause, signal);
    }
  }
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    // The timer's own AbortError hides why.
    throw signal.aborted ? signal.reason : error;
  }
}
