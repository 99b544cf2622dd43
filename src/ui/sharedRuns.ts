import type { Host } from '../hosts/host.ts';
import { untilAborted } from '../transport/abort.ts';
import { TransportError } from '../transport/shell.ts';

/** What is done with a host: `quiet` asks nobody; what it is doing goes to `report`. */
export type Run<R> = (host: Host, quiet: boolean, signal: AbortSignal, report: (message: string) => void) => Promise<R>;

/** One under way and those who wait for it. */
interface Running<R> {
  readonly host: Host;
  readonly result: Promise<R>;
  readonly abort: AbortController;
  readonly listeners: Set<(message: string) => void>;
  /** Nobody is asked anything. */
  readonly quiet: boolean;
  /** What it is doing, for those who join. */
  activity: string;
  waiting: number;
}

/** One run a host at a time, shared by all who ask for it meanwhile. */
export class SharedRuns<R> {
  readonly #running = new Map<string, Running<R>>();
  readonly #run: Run<R>;
  readonly #onGivenUp: (host: Host) => void;

  /** `onGivenUp` is told at once, before the run has ended. */
  constructor(run: Run<R>, onGivenUp: (host: Host) => void) {
    this.#run = run;
    this.#onGivenUp = onGivenUp;
  }

  /**
   * The result of the run that is under way, or of a new one. It is given up when the last of those who wait for it gave
   * up. One that asked nobody and should have (`needs-attention`) is begun again for a caller that may be asked.
   */
  async join(host: Host, quiet: boolean, signal: AbortSignal, onProgress: (message: string) => void): Promise<R> {
    for (;;) {
      const running = this.#running.get(host.id) ?? this.#start(host, quiet);
      try {
        return await this.#wait(running, signal, onProgress);
      } catch (error) {
        const unasked = error instanceof TransportError && error.kind === 'needs-attention';
        if (!unasked || quiet || !running.quiet) throw error;
      }
    }
  }

  /** Gives up those of these hosts. Whoever asks from now on gets a run of their own. */
  giveUp(concerns: (host: Host) => boolean, reason: unknown): void {
    for (const running of [...this.#running.values()]) if (concerns(running.host)) this.#giveUp(running, reason);
  }

  async #wait(running: Running<R>, signal: AbortSignal, onProgress: (message: string) => void): Promise<R> {
    running.waiting += 1;
    running.listeners.add(onProgress);
    onProgress(running.activity);
    try {
      return await untilAborted(running.result, signal);
    } finally {
      running.listeners.delete(onProgress);
      running.waiting -= 1;
      if (running.waiting === 0) this.#giveUp(running, signal.reason);
    }
  }

  #start(host: Host, quiet: boolean): Running<R> {
    const abort = new AbortController();
    const listeners = new Set<(message: string) => void>();
    const report = (message: string): void => {
      running.activity = message;
      for (const listener of listeners) listener(message);
    };
    // Once `running` is there to be reported to.
    const result = Promise.resolve()
      .then(() => this.#run(host, quiet, abort.signal, report))
      .finally(() => this.#forget(running));
    const running: Running<R> = { host, result, abort, listeners, quiet, activity: 'Connecting...', waiting: 0 };
    this.#running.set(host.id, running);
    // Those who wait are told of a failure; with nobody left there is nobody to tell.
    result.catch(() => undefined);
    return running;
  }

  /** Nothing happens to one that has ended. */
  #giveUp(running: Running<R>, reason: unknown): void {
    if (!this.#forget(running)) return;
    running.abort.abort(reason);
    this.#onGivenUp(running.host);
  }

  /** Whether it was still under way. */
  #forget(running: Running<R>): boolean {
    return this.#running.get(running.host.id) === running && this.#running.delete(running.host.id);
  }
}
