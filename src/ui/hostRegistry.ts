import * as vscode from 'vscode';
import { type Host, hostNamed, localHost } from '../hosts/host.ts';

/** Why something failed and what to do next, for a person. */
export interface HostProblem {
  readonly message: string;
  readonly hint: string;
  /** Nobody could be asked what the host wants to know: it waits for the user. */
  readonly attention: boolean;
}

/** What is happening with a host right now. */
export interface HostState {
  /** Non-null while a snapshot runs: what it is doing. */
  readonly activity: string | null;
  /** Why the last attempt failed; null after one that worked. */
  readonly problem: HostProblem | null;
}

const idle: HostState = { activity: null, problem: null };

/** The hosts of the Hosts view: this machine (on Linux) and those of the setting `packetPath.hosts`. */
export class HostRegistry implements vscode.Disposable {
  readonly #states = new Map<string, HostState>();
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #listener: vscode.Disposable;
  /** Fires with a host's id when its state changed, with undefined when the list did. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('packetPath.hosts')) this.#changed.fire(undefined);
    });
  }

  list(): Host[] {
    const added = addedHosts().map((text) => hostNamed(text));
    return process.platform === 'linux' ? [localHost, ...added] : added;
  }

  get(id: string): Host | undefined {
    return this.list().find((host) => host.id === id);
  }

  async add(text: string): Promise<Host> {
    const hosts = addedHosts();
    if (!hosts.includes(text)) await saveHosts([...hosts, text]);
    return hostNamed(text);
  }

  async remove(host: Host): Promise<void> {
    await saveHosts(addedHosts().filter((text) => text !== host.id));
    this.#states.delete(host.id);
  }

  state(id: string): HostState {
    return this.#states.get(id) ?? idle;
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

function addedHosts(): string[] {
  const setting = vscode.workspace.getConfiguration('packetPath').get<unknown>('hosts');
  const texts = Array.isArray(setting)
    ? setting.filter((text): text is string => typeof text === 'string' && text.trim() !== '')
    : [];
  return [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== localHost.id);
}

function saveHosts(hosts: readonly string[]): Thenable<void> {
  return vscode.workspace.getConfiguration('packetPath').update('hosts', hosts, vscode.ConfigurationTarget.Global);
}
