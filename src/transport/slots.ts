/** Places for what may run at once; who finds none free waits for one, in the order of asking. */
export interface Slots {
  /** Rejects with the signal's reason when it is aborted before there is one. */
  take(signal: AbortSignal): Promise<void>;
  free(): void;
  /** One was refused beyond our control: there are fewer than those taken now. Says nothing where it was the only one. */
  refused(): void;
}

/** A session refused while nothing of ours runs is tried again after these times; the first one of a connection, */
const retryFirstAfterMs = [200, 400];
/** and others: as sessions are allowed, a busy sshd is just slow to free one. */
const retryAfterMs = [50, 100, 200, 400, 800, 1600, 3200];

/** The pause in ms after so many refusals (from 0) of a host on which a shell has run already, or none; null: no more. */
export function refusedPauseMs(refusals: number, hasRun: boolean): number | null {
  return (hasRun ? retryAfterMs : retryFirstAfterMs)[refusals] ?? null;
}

/** `limit` places. */
export function slots(limit: number): Slots {
  const waiting: (() => void)[] = [];
  let places = limit;
  let taken = 0;
  return {
    take(signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (taken < places) {
        taken += 1;
        return Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        const onAbort = (): void => {
          waiting.splice(waiting.indexOf(start), 1);
          reject(signal.reason);
        };
        const start = (): void => {
          signal.removeEventListener('abort', onAbort);
          taken += 1;
          resolve();
        };
        signal.addEventListener('abort', onAbort, { once: true });
        waiting.push(start);
      });
    },
    free() {
      taken -= 1;
      if (taken < places) waiting.shift()?.();
    },
    refused() {
      if (taken > 1) places = Math.min(places, taken - 1);
    },
  };
}
