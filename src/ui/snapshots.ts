import type * as vscode from 'vscode';
import { observe } from '../capture/observation.ts';
import { PartialCapture, takeCapture } from '../capture/takeCapture.ts';
import { type Host, type HostDeps, namespaceTransport, openTransport } from '../hosts/host.ts';
import { printable } from '../kernel/printable.ts';
import { isAbort, untilAborted } from '../transport/abort.ts';
import { type Transport, TransportError } from '../transport/shell.ts';
import type { CaptureStore } from './captureStore.ts';
import type { HostProblem, HostRegistry } from './hostRegistry.ts';
import { snapshotSettings } from './settings.ts';
import { type Source, type Sources, sourceIdOf } from './sources.ts';

/** A snapshot under way and those who wait for it. */
interface Running {
  readonly taking: Promise<Source>;
  readonly abort: AbortController;
  readonly listeners: Set<(message: string) => void>;
  waiting: number;
}

/** Takes snapshots: connects, runs the collector, keeps the capture, publishes what it says. */
export class Snapshots implements vscode.Disposable {
  readonly #transports = new Map<string, Transport>();
  readonly #running = new Map<string, Running>();
  readonly #registry: HostRegistry;
  readonly #captures: CaptureStore;
  readonly #sources: Sources;
  readonly #log: vscode.LogOutputChannel;
  readonly #connection: HostDeps;

  constructor(parts: {
    registry: HostRegistry;
    captures: CaptureStore;
    sources: Sources;
    log: vscode.LogOutputChannel;
    connection: HostDeps;
  }) {
    this.#registry = parts.registry;
    this.#captures = parts.captures;
    this.#sources = parts.sources;
    this.#log = parts.log;
    this.#connection = parts.connection;
  }

  /**
   * One snapshot of a host at a time: whoever asks while one runs waits for that one. It is given up when the last of
   * those who wait for it gave up.
   */
  async take(host: Host, signal: AbortSignal, onProgress: (message: string) => void): Promise<Source> {
    const running = this.#running.get(host.id) ?? this.#start(host);
    running.waiting += 1;
    running.listeners.add(onProgress);
    try {
      return await untilAborted(running.taking, signal);
    } finally {
      running.listeners.delete(onProgress);
      running.waiting -= 1;
      if (running.waiting === 0) this.#giveUp(host, running, signal.reason);
    }
  }

  #start(host: Host): Running {
    const abort = new AbortController();
    const listeners = new Set<(message: string) => void>();
    const report = (message: string): void => {
      for (const listener of listeners) listener(message);
    };
    const taking = this.#take(host, abort.signal, report);
    const running: Running = { taking, abort, listeners, waiting: 0 };
    this.#running.set(host.id, running);
    const forget = (): void => {
      if (this.#running.get(host.id) === running) this.#running.delete(host.id);
    };
    // Those who wait are told of a failure; with nobody left there is nobody to tell.
    taking.then(forget, forget);
    return running;
  }

  /** Whoever asks from now on gets a snapshot of their own. */
  #giveUp(host: Host, running: Running, reason: unknown): void {
    if (this.#running.get(host.id) === running) this.#running.delete(host.id);
    running.abort.abort(reason);
  }

  /** Whether there may be a connection to a host. */
  hasUsed(host: Host): boolean {
    return this.#transports.has(host.id);
  }

  /** Gives up what runs for a host and closes the connection to it; the next snapshot opens a new one. */
  disconnect(host: Host): void {
    const running = this.#running.get(host.id);
    if (running !== undefined) this.#giveUp(host, running, new DOMException('disconnected', 'AbortError'));
    this.#transports.get(host.id)?.close();
    this.#transports.delete(host.id);
  }

  dispose(): void {
    for (const transport of this.#transports.values()) transport.close();
    this.#transports.clear();
  }

  async #take(host: Host, signal: AbortSignal, onProgress: (message: string) => void): Promise<Source> {
    const { intervalSeconds, deadlineMs, keep } = snapshotSettings();
    let reported = 0;
    const report = (activity: string): void => {
      if (signal.aborted) return;
      this.#registry.setState(host.id, { activity, problem: null });
      onProgress(activity);
    };
    const started = performance.now();
    try {
      report('Connecting...');
      const transport = this.#transport(host);
      const capture = await takeCapture(transport, {
        intervalSeconds,
        deadlineMs,
        signal,
        onProgress: (sections) => {
          // Chunks come faster than anybody reads.
          if (performance.now() - reported < 200) return;
          reported = performance.now();
          report(`Collecting: ${sections} sections...`);
        },
      });
      this.#log.info(`${host.label}: ${capture.length} bytes in ${Math.round(performance.now() - started)} ms`);
      report('Reading...');
      const source = await this.#publish(host, capture, null, keep, signal);
      this.#registry.setState(host.id, { activity: null, problem: null });
      return source;
    } catch (error) {
      // What arrived is shown, with what went wrong: the failure stays one.
      if (error instanceof PartialCapture && !signal.aborted)
        await this.#publish(host, error.capture, error.message, keep, signal);
      const problem = signal.aborted || isAbort(error) ? null : problemOf(error);
      if (problem !== null) this.#log.error(`${host.label}: ${problem.message}`);
      // One that was given up has nothing to say of a host that is being looked at anew.
      if (!this.#running.has(host.id) || !signal.aborted) this.#registry.setState(host.id, { activity: null, problem });
      throw error;
    }
  }

  async #publish(
    host: Host,
    capture: Buffer,
    problem: string | null,
    keep: number,
    signal: AbortSignal,
  ): Promise<Source> {
    const uri = await this.#captures.save(host, capture, new Date(), keep);
    signal.throwIfAborted();
    const observation = observe(capture.toString('utf8'), problem === null ? [] : [problem]);
    for (const said of observation.snapshot.problems) this.#log.warn(`${host.label}: ${printable(said)}`);
    return this.#sources.set(sourceIdOf(host), host.label, uri, observation);
  }

  #transport(host: Host): Transport {
    if (host.kind === 'netns') return namespaceTransport(this.#transport(host.parent), host.namespace);
    const transport = this.#transports.get(host.id) ?? openTransport(host, this.#connection);
    this.#transports.set(host.id, transport);
    return transport;
  }
}

/** What went wrong and what to do next, for a person. */
export function problemOf(error: unknown): HostProblem {
  if (error instanceof TransportError)
    return { message: error.message, hint: error.hint, attention: error.kind === 'needs-attention' };
  return { message: error instanceof Error ? error.message : String(error), hint: '', attention: false };
}
