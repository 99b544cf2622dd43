import type { LogOutputChannel } from 'vscode';
import { type Host, type HostDeps, namespaceTransport, openTransport, type ReachableHost } from '../hosts/host.ts';
import { loggedTransport } from '../transport/loggedTransport.ts';
import type { Transport } from '../transport/shell.ts';

interface Kept {
  readonly host: ReachableHost;
  readonly transport: Transport;
  /** Commands that run on it or are being started. */
  running: number;
  /** No new commands on it; to be closed when those that run have ended. */
  retired: boolean;
}

/** The ways to the hosts, one each, opened on first use; what happens on them is in the log under the host's name. */
export class HostTransports {
  readonly #current = new Map<string, Kept>();
  readonly #retired = new Set<Kept>();
  readonly #deps: HostDeps;
  readonly #log: Pick<LogOutputChannel, 'debug' | 'info'>;

  constructor(deps: HostDeps, log: Pick<LogOutputChannel, 'debug' | 'info'>) {
    this.#deps = deps;
    this.#log = log;
  }

  /** That of a network namespace leads through its host's. */
  of(host: Host): Transport {
    if (host.kind === 'netns') return namespaceTransport(this.of(host.parent), host.namespace);
    const kept = this.#current.get(host.id);
    if (kept !== undefined && JSON.stringify(kept.host) === JSON.stringify(host)) return kept.transport;
    // Its entry in the settings says something else by now.
    if (kept !== undefined) this.#retire(kept);
    return this.#open(host).transport;
  }

  /** The hosts that there may be a connection to. */
  hosts(): ReachableHost[] {
    return [...this.#current.values()].map(({ host }) => host);
  }

  /** Ends what runs on a host and closes the connection to it. */
  close(host: ReachableHost): void {
    this.#current.get(host.id)?.transport.close();
    this.#current.delete(host.id);
  }

  /** These may be reached in another way: what comes next finds it out anew, what runs is let be. */
  renew(concerns: (host: ReachableHost) => boolean): void {
    for (const kept of [...this.#current.values()]) if (concerns(kept.host)) this.#retire(kept);
  }

  closeAll(): void {
    for (const { transport } of [...this.#current.values(), ...this.#retired]) transport.close();
    this.#current.clear();
    this.#retired.clear();
  }

  #retire(kept: Kept): void {
    this.#current.delete(kept.host.id);
    kept.retired = true;
    if (kept.running === 0) kept.transport.close();
    else this.#retired.add(kept);
  }

  #open(host: ReachableHost): Kept {
    const deps = { ...this.#deps, log: (line: string) => this.#log.debug(`${host.label}: ${line}`) };
    const onCount = (running: number): void => {
      kept.running = running;
      if (running > 0 || !kept.retired) return;
      this.#retired.delete(kept);
      kept.transport.close();
    };
    const transport = loggedTransport(
      openTransport(host, deps),
      (line) => this.#log.info(`${host.label}: ${line}`),
      onCount,
    );
    const kept: Kept = { host, transport, running: 0, retired: false };
    this.#current.set(host.id, kept);
    return kept;
  }
}
