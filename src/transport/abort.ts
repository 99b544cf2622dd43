/** The promise's outcome, unless the signal is aborted first: then its reason. The work itself goes on. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** A time limit that stands still while somebody is being asked something. */
export interface Deadline {
  /** Aborted with the error of `deadline` when the time is used up. */
  readonly signal: AbortSignal;
  /** Runs `work` off the clock. */
  pausedFor<T>(work: () => Promise<T>): Promise<T>;
  stop(): void;
}

/** Starts the clock; `timeMs` is the time that may pass unpaused. */
export function deadline(timeMs: number, error: () => Error): Deadline {
  const controller = new AbortController();
  let leftMs = timeMs;
  let startedAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  /** Questions that are open: a host and the one on the way to it may ask at once. */
  let open = 0;

  function start(): void {
    startedAt = performance.now();
    timer = setTimeout(() => controller.abort(error()), leftMs);
  }
  function pause(): void {
    clearTimeout(timer);
    leftMs = Math.max(0, leftMs - (performance.now() - startedAt));
  }
  start();
  return {
    signal: controller.signal,
    async pausedFor(work) {
      open += 1;
      if (open === 1) pause();
      try {
        return await work();
      } finally {
        open -= 1;
        if (open === 0 && !stopped) start();
      }
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** Whether an attempt ended because somebody gave it up: at a prompt, by Cancel. That is no failure to report. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
