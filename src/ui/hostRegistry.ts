import * as vscode from 'vscode';
import {
  type Host,
  hostNamed,
  localHost,
  type NamespaceHost,
  namespaceHost,
  type ReachableHost,
  type SshClient,
} from '../hosts/host.ts';
import { parseHostSpec } from '../hosts/hostSpec.ts';
import { printable } from '../kernel/printable.ts';
import {
  type HostEntries,
  readHostEntries,
  type WrongEntry,
  withClient,
  withEntry,
  withoutHost,
} from './hostEntries.ts';
import { affectsHosts, hostSettings, saveHosts } from './hostSettings.ts';

/** Why something failed and what to do next, for a person. */
export interface HostProblem {
  readonly message: string;
  readonly hint: string;
  /** Nobody could be asked what the host wants to know: it waits for the user. */
  readonly attention: boolean;
  /** What kind of failure it is, in two or three words; empty where the message says it best. */
  readonly brief: string;
}

/** What is happening with a host right now. */
export interface HostState {
  /** Non-null while a snapshot runs: what it is doing. */
  readonly activity: string | null;
  /** Why the last attempt failed; null after one that worked. */
  readonly problem: HostProblem | null;
}

const idle: HostState = { activity: null, problem: null };

/**
 * The hosts there are: this machine (on Linux), those of the setting `packetPath.hosts`, and by their id the aliases of
 * ssh_config and the network namespaces that were looked at in this session.
 */
export class HostRegistry implements vscode.Disposable {
  readonly #states = new Map<string, HostState>();
  readonly #namespaces = new Map<string, NamespaceHost>();
  readonly #lookedAt = new Set<string>();
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #listener: vscode.Disposable;
  /** Fires with a host's id when its state changed, with undefined when the list did. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#listener = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsHosts(event)) this.#changed.fire(undefined);
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire(undefined)),
    );
  }

  /** This machine, then the hosts of the settings, in the user's order. */
  list(): ReachableHost[] {
    const { hosts } = entries();
    return process.platform === 'linux' ? [localHost, ...hosts] : [...hosts];
  }

  /** The entries of the settings that are no host. */
  wrong(): readonly WrongEntry[] {
    return entries().wrong;
  }

  /** Whether the settings name the host. */
  isAdded(id: string): boolean {
    return entries().hosts.some((host) => host.id === id);
  }

  /** The hosts of these aliases of ssh_config, without those that the settings name. */
  notAdded(aliases: readonly string[]): ReachableHost[] {
    const { client } = hostSettings();
    const added = new Set(this.list().map(({ id }) => id));
    return aliases.filter((alias) => !added.has(alias)).map((alias) => hostNamed(alias, client));
  }

  /** The host of an id: of the list, a namespace that was looked at, or whatever else `ssh` would take as a host. */
  get(id: string): Host | undefined {
    const listed = this.list().find((host) => host.id === id);
    if (listed !== undefined) return listed;
    const inside = this.#namespaces.get(id);
    if (inside !== undefined) {
      const parent = this.get(inside.parent.id);
      return parent === undefined || parent.kind === 'netns' ? undefined : { ...inside, parent };
    }
    // `command:22` reads like a host with a port, and is a command that is no longer in the settings.
    if (id.startsWith('command:') || parseHostSpec(id) === null) return undefined;
    return hostNamed(id, hostSettings().client);
  }

  /** The network namespaces of a host that were looked at or listed, by which `get` finds them. */
  rememberNamespace(parent: ReachableHost, namespace: NamespaceHost['namespace'], label: string): NamespaceHost {
    const host = namespaceHost(parent, namespace, label);
    this.#namespaces.set(host.id, host);
    return host;
  }

  /** Those that were remembered, of hosts that are still there. */
  namespaces(): Host[] {
    return [...this.#namespaces.keys()].map((id) => this.get(id)).filter((host) => host !== undefined);
  }

  /** Adds a host that is reached over SSH; rejects when the text is no host. */
  async add(text: string): Promise<Host> {
    const { hosts, client } = hostSettings();
    const host = hostNamed(text, client);
    if (parseHostSpec(host.id) === null) throw new Error(`"${printable(host.id)}" is not a host`);
    const more = withEntry(hosts, host.id);
    if (host.kind === 'ssh' && !this.isAdded(host.id)) await saveHosts(more);
    return this.list().find(({ id }) => id === host.id) ?? host;
  }

  /** Adds a host that is reached by a command; rejects when the name is taken. */
  async addCommand(name: string, command: readonly string[]): Promise<Host> {
    const id = `command:${name}`;
    if (this.isAdded(id)) throw new Error(`There is a host "${name}" already`);
    await saveHosts(withEntry(hostSettings().hosts, { name, command }));
    return { kind: 'command', id, label: name, command };
  }

  /** Takes a host out of the settings. Resolves to what is gone: it and its network namespaces. */
  async remove(host: Host): Promise<Host[]> {
    await saveHosts(withoutHost(hostSettings().hosts, host.id));
    const inside = [...this.#namespaces.values()].filter(({ parent }) => parent.id === host.id);
    for (const { id } of inside) this.#namespaces.delete(id);
    for (const { id } of [host, ...inside]) {
      this.#states.delete(id);
      this.#lookedAt.delete(id);
    }
    return [host, ...inside];
  }

  /** From now on an SSH host is reached by this client. */
  async setClient(id: string, client: SshClient): Promise<ReachableHost> {
    await saveHosts(withClient(hostSettings().hosts, id, client));
    return hostNamed(id, client);
  }

  state(id: string): HostState {
    return this.#states.get(id) ?? idle;
  }

  /** Whether its panel has been opened in this session. */
  isLookedAt(id: string): boolean {
    return this.#lookedAt.has(id);
  }

  lookAt(id: string): void {
    if (this.#lookedAt.has(id)) return;
    this.#lookedAt.add(id);
    this.#changed.fire(id);
  }

  setState(id: string, state: HostState): void {
    this.#states.set(id, state);
    this.#changed.fire(id);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}

function entries(): HostEntries {
  const { hosts, client } = hostSettings();
  return readHostEntries(hosts, client, vscode.workspace.isTrusted);
}
