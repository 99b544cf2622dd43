import { untilAborted } from './abort.ts';

/** Work that several callers wait for; it is given up when the last of them no longer does. */
export interface SharedAttempt<T> {
  /** Settles as the work does, or rejects with the signal's reason when that is aborted first. */
  join(signal: AbortSignal): Promise<T>;
  /** Gives it up for all. */
  abort(reason: unknown): void;
}

/** Starts it; `over` is called once, when it has settled or was given up: nobody should join it any more. */
export function sharedAttempt<T>(work: (signal: AbortSignal) => Promise<T>, over: () => void): SharedAttempt<T> {
  const controller = new AbortController();
  const result = work(controller.signal);
  result.then(over, over);
  let waiters = 0;
  const abort = (reason: unknown): void => {
    over();
    controller.abort(reason);
  };
  return {
    async join(signal) {
      waiters += 1;
      try {
        return await untilAborted(result, signal);
      } finally {
        waiters -= 1;
        if (waiters === 0 && signal.aborted) abort(signal.reason);
      }
    },
    abort,
  };
}
