/** Places for what may run at once; who finds none free waits for one, in the order of asking. */
export interface Slots {
  /** Rejects with the signal's reason when it is aborted before there is one. */
  take(signal: AbortSignal): Promise<void>;
  free(): void;
  /** One was refused beyond our control: there are fewer than those taken now, but at least one. */
  refused(): void;
}

/** `limit` places. */
export function slots(limit: number): Slots {
  const waiting: (() => void)[] = [];
  let places = limit;
  let taken = 0;
  return {
    take(signal) {
      signal.throwIfAborted();
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
      places = Math.max(1, Math.min(places, taken - 1));
    },
  };
}
