import * as vscode from 'vscode';
import type { NamespaceHost, ReachableHost } from '../hosts/host.ts';
import { listNamespaces } from '../hosts/namespaces.ts';
import type { HostRegistry } from './hostRegistry.ts';
import type { Snapshots } from './snapshots.ts';

/** A network namespace of a host, as it is shown. */
export interface ListedNamespace {
  readonly label: string;
  /** What is in it, in a few words. */
  readonly detail: string;
  /** To be looked at as a host of its own; null when it cannot be entered. */
  readonly host: NamespaceHost | null;
  /** Why it cannot be entered; empty when it can. */
  readonly reason: string;
}

export interface ListedNamespaces {
  readonly entries: readonly ListedNamespace[];
  /** What keeps the list from being whole; empty when nothing does. */
  readonly note: string;
}

/** The network namespaces of hosts, listed once until they are asked for anew. */
export class NamespaceLists implements vscode.Disposable {
  readonly #lists = new Map<string, Promise<ListedNamespaces>>();
  readonly #abort = new AbortController();
  readonly #changed = new vscode.EventEmitter<string>();
  readonly #registry: HostRegistry;
  readonly #snapshots: Pick<Snapshots, 'transportOf'>;
  /** Fires with the id of a host whose list is new or forgotten. */
  readonly onDidChange = this.#changed.event;

  constructor(registry: HostRegistry, snapshots: Pick<Snapshots, 'transportOf'>) {
    this.#registry = registry;
    this.#snapshots = snapshots;
  }

  /** Rejects with a `TransportError`, or as `listNamespaces` does. A list that failed is kept as well. */
  of(host: ReachableHost): Promise<ListedNamespaces> {
    const known = this.#lists.get(host.id);
    if (known !== undefined) return known;
    const list = this.#list(host, this.#abort.signal);
    // Whoever asks is told.
    list.catch(() => undefined);
    this.#lists.set(host.id, list);
    return list;
  }

  /** A new list, which the view shows from now on. Rejects with the signal's reason when it is aborted. */
  async renew(host: ReachableHost, signal: AbortSignal): Promise<ListedNamespaces> {
    const found = await this.#list(host, signal);
    this.#lists.set(host.id, Promise.resolve(found));
    this.#changed.fire(host.id);
    return found;
  }

  async #list(host: ReachableHost, signal: AbortSignal): Promise<ListedNamespaces> {
    const { entries, note } = await listNamespaces(this.#snapshots.transportOf(host), signal);
    const listed = entries.map(({ label, detail, reason, namespace }) => ({
      label,
      detail,
      reason,
      host: namespace === null ? null : this.#registry.rememberNamespace(host, namespace, label),
    }));
    return { entries: listed, note };
  }

  /** The next one who asks gets a new list. */
  forget(id: string): void {
    if (this.#lists.delete(id)) this.#changed.fire(id);
  }

  dispose(): void {
    this.#abort.abort(new Error('closed'));
    this.#changed.dispose();
  }
}
