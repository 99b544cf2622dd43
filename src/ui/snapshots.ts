import type * as vscode from 'vscode';
import { PartialCapture, takeCapture } from '../capture/takeCapture.ts';
import type { Host, HostDeps, ReachableHost } from '../hosts/host.ts';
import { printable } from '../kernel/printable.ts';
import { isAbort } from '../transport/abort.ts';
import type { SshPrompts } from '../transport/prompts/sshPrompts.ts';
import { withReconnect } from '../transport/reconnect.ts';
import { type Transport, TransportError } from '../transport/shell.ts';
import type { CaptureStore } from './captureStore.ts';
import type { HostRegistry } from './hostRegistry.ts';
import { HostTransports } from './hostTransports.ts';
import { loadEngine } from './loadEngine.ts';
import { problemOf } from './problems.ts';
import { snapshotSettings, thresholds } from './settings.ts';
import { SharedRuns } from './sharedRuns.ts';
import { type Source, type Sources, sourceIdOf } from './sources.ts';

export interface SnapshotsParts {
  readonly registry: HostRegistry;
  readonly captures: CaptureStore;
  readonly sources: Sources;
  readonly log: vscode.LogOutputChannel;
  readonly connection: HostDeps;
  /** Who is asked in a snapshot that may ask nobody: rejects with `needs-attention`. */
  readonly quietPrompts: SshPrompts;
}

export interface TakeOptions {
  /** Ask nobody: a host that wants something typed or trusted ends in a `TransportError` of kind `needs-attention`. */
  readonly quiet?: boolean;
}

/** A host that went away is tried this often in all, over some seven seconds. */
const tries = 4;

/** Takes snapshots: connects, runs the collector, keeps the capture, publishes what it says. */
export class Snapshots implements vscode.Disposable {
  readonly #runs: SharedRuns<Source>;
  /** Hosts that a command ran on in this session. */
  readonly #reached = new Set<string>();
  readonly #transports: HostTransports;
  readonly #parts: SnapshotsParts;

  constructor(parts: SnapshotsParts) {
    this.#parts = parts;
    this.#transports = new HostTransports(parts.connection, parts.log);
    this.#runs = new SharedRuns(
      (host, quiet, signal, report) => this.#take(host, quiet, signal, report),
      ({ id }) => parts.registry.setState(id, { activity: null, problem: null }),
    );
  }

  /**
   * One snapshot of a host at a time: whoever asks while one runs waits for that one. It is given up when the last of
   * those who wait for it gave up. One that asked nobody and should have is taken again for a caller that may be asked.
   */
  take(
    host: Host,
    signal: AbortSignal,
    onProgress: (message: string) => void,
    { quiet = false }: TakeOptions = {},
  ): Promise<Source> {
    return this.#runs.join(host, quiet, signal, onProgress);
  }

  /** The hosts that there may be a connection to; this machine needs none. */
  connected(): Host[] {
    return this.#transports.hosts().filter(({ kind }) => kind !== 'local');
  }

  /** The way to a host, the one its snapshots go: for what else is asked of it. */
  transportOf(host: Host): Transport {
    return this.#transports.of(host);
  }

  /** These are reached in another way from now on: connections that nothing runs on close now, the others when it is done. */
  renew(concerns: (host: ReachableHost) => boolean): void {
    this.#transports.renew(concerns);
  }

  /**
   * Gives up what runs for a host and its network namespaces and closes the connection to it; the next snapshot opens a
   * new one. A namespace has no connection of its own: only what runs for it is given up.
   */
  disconnect(host: Host): void {
    const concerns = (of: Host): boolean => of.id === host.id || (of.kind === 'netns' && of.parent.id === host.id);
    this.#runs.giveUp(concerns, disconnected());
    if (host.kind !== 'netns') this.#transports.close(host);
  }

  /** The same for all hosts, those that are in no list any more among them, and for the jump hosts on the way. */
  disconnectAll(): void {
    this.#runs.giveUp(() => true, disconnected());
    this.#transports.closeAll();
    this.#parts.connection.jumps?.close();
  }

  dispose(): void {
    this.disconnectAll();
  }

  async #take(host: Host, quiet: boolean, signal: AbortSignal, onProgress: (message: string) => void): Promise<Source> {
    const { registry, log } = this.#parts;
    const report = (activity: string): void => {
      if (signal.aborted) return;
      registry.setState(host.id, { activity, problem: null });
      onProgress(activity);
    };
    let partial: PartialCapture | null = null;
    const line: Line = { started: false, lost: false };
    try {
      report('Connecting...');
      const capture = await withReconnect(
        (attempt) => this.#capture(host, quiet || attempt > 1, line, signal, report),
        {
          tries,
          signal,
          worthIt: (error) => {
            if (error instanceof PartialCapture) partial = error;
            return line.started ? line.lost : this.#reached.has(host.id) && isAway(error);
          },
          onPause: (error, pauseMs, next) => {
            const again = `trying again in ${pauseMs / 1000} s (${next} of ${tries})`;
            log.warn(`${host.label}: ${problemOf(error).message}; ${again}`);
            report(`${line.lost ? 'Connection lost' : 'Not reachable'}; ${again}`);
          },
        },
      );
      report('Reading...');
      const source = await this.#publish(host, capture, null, signal);
      registry.setState(host.id, { activity: null, problem: null });
      return source;
    } catch (error) {
      if (signal.aborted) {
        // Its state was told when it was given up; since then it is that of whoever looks at the host anew.
        log.info(`${host.label}: given up`);
        throw error;
      }
      const problem = isAbort(error) ? null : problemOf(error);
      if (problem === null) log.info(`${host.label}: given up`);
      else log.error(`${host.label}: ${problem.message}`);
      // What arrived is shown, with what went wrong: the failure stays one.
      const arrived = error instanceof PartialCapture ? error : partial;
      if (arrived !== null) await this.#publishPartial(host, arrived, signal);
      if (!signal.aborted) registry.setState(host.id, { activity: null, problem });
      throw error;
    }
  }

  /** What keeps it from being shown is one more line in the log: why it is partial is what has to be told. */
  async #publishPartial(host: Host, { capture, message }: PartialCapture, signal: AbortSignal): Promise<void> {
    try {
      await this.#publish(host, capture, message, signal);
    } catch (error) {
      if (!signal.aborted)
        this.#parts.log.error(`${host.label}: what arrived is not kept: ${problemOf(error).message}`);
    }
  }

  /** One try. */
  #capture(
    host: Host,
    quiet: boolean,
    line: Line,
    signal: AbortSignal,
    report: (activity: string) => void,
  ): Promise<Buffer> {
    const { log, connection, quietPrompts } = this.#parts;
    const { intervalSeconds, deadlineMs } = snapshotSettings();
    const startedAt = performance.now();
    let reported = 0;
    line.started = false;
    line.lost = false;
    return takeCapture(this.#transports.of(host), {
      intervalSeconds,
      deadlineMs,
      signal,
      prompts: quiet ? quietPrompts : connection.prompts,
      onStart: () => {
        line.started = true;
        this.#reached.add(host.id);
      },
      onProgress: (sections) => {
        // Chunks come faster than anybody reads.
        if (performance.now() - reported < 200) return;
        reported = performance.now();
        report(`Collecting: ${sections} sections...`);
      },
      onEnd: ({ sentBytes, receivedBytes, connectionLost }) => {
        line.lost = connectionLost;
        const seconds = ((performance.now() - startedAt) / 1000).toFixed(2);
        log.info(`${host.label}: snapshot: ${sentBytes} bytes sent, ${receivedBytes} received, ${seconds} s in all`);
      },
    });
  }

  async #publish(host: Host, capture: Buffer, problem: string | null, signal: AbortSignal): Promise<Source> {
    const { captures, sources, log } = this.#parts;
    const uri = await captures.save(host, capture, new Date(), snapshotSettings().keep);
    const engine = await loadEngine();
    signal.throwIfAborted();
    const { limits } = thresholds(engine);
    const observation = engine.observe(capture.toString('utf8'), problem === null ? [] : [problem], limits);
    for (const said of observation.snapshot.problems) log.warn(`${host.label}: ${printable(said)}`);
    return sources.set(sourceIdOf(host), host.label, uri, observation);
  }
}

/** The connection of one try. */
interface Line {
  /** The collector ran. */
  started: boolean;
  /** It did, and the connection was lost under it. */
  lost: boolean;
}

function disconnected(): DOMException {
  return new DOMException('disconnected', 'AbortError');
}

/** Of a host that was there before, a failure that may pass. */
function isAway(error: unknown): boolean {
  return (
    error instanceof TransportError &&
    (error.kind === 'lost' || error.kind === 'unreachable' || error.kind === 'timed-out')
  );
}
