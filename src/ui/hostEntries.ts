import type { ReachableHost, SshClient } from '../hosts/host.ts';
import { hostOfEntry } from '../hosts/hostEntry.ts';

/** A row of the setting `packetPath.hosts` that is no host, as it is shown. */
export interface WrongEntry {
  readonly index: number;
  /** The name or host it gives, where it gives one, else the entry itself. */
  readonly label: string;
  /** The entry as JSON. */
  readonly text: string;
  readonly problem: string;
  /** It is fine, and waits for the folder to be trusted. */
  readonly needsTrust: boolean;
}

export interface HostEntries {
  readonly hosts: readonly ReachableHost[];
  readonly wrong: readonly WrongEntry[];
}

/**
 * Reads the setting. `client` reaches the hosts that name none; without `trusted`, entries that run a program are left
 * out. Nothing is dropped in silence: an entry is a host or is wrong.
 */
export function readHostEntries(setting: unknown, client: SshClient, trusted: boolean): HostEntries {
  const hosts: ReachableHost[] = [];
  const wrong: WrongEntry[] = [];
  for (const [index, entry] of entriesOf(setting).entries()) {
    const read = hostOfEntry(entry, client);
    const reject = (problem: string, needsTrust = false): number =>
      wrong.push({ index, label: labelOf(entry), text: JSON.stringify(entry), problem, needsTrust });
    if (!read.ok) reject(read.problem);
    else if (hosts.some(({ id }) => id === read.host.id)) reject('is in the list already');
    else if (read.host.kind === 'command' && !trusted) reject('runs a program, and this folder is not trusted', true);
    else hosts.push(read.host);
  }
  if (!Array.isArray(setting) && setting !== undefined && setting !== null) {
    const text = JSON.stringify(setting);
    wrong.push({ index: 0, label: text, text, problem: 'is not a list', needsTrust: false });
  }
  return { hosts, wrong };
}

/** The setting with one more entry; the others stay as the user wrote them. The same when the host is there already. */
export function withEntry(setting: unknown, entry: unknown): unknown[] {
  const entries = entriesOf(setting);
  const id = idOf(entry);
  return entries.some((other) => id !== null && idOf(other) === id) ? entries : [...entries, entry];
}

/** The setting without a host; the others stay as the user wrote them. */
export function withoutHost(setting: unknown, id: string): unknown[] {
  return entriesOf(setting).filter((entry) => idOf(entry) !== id);
}

/** The setting with an SSH host that is reached by `client`; added when it is not there yet. */
export function withClient(setting: unknown, id: string, client: SshClient): unknown[] {
  const entries = entriesOf(setting);
  const changed = entries.map((entry) => {
    if (idOf(entry) !== id) return entry;
    return typeof entry === 'object' && entry !== null ? { ...entry, client } : { host: id, client };
  });
  return changed.some((entry) => idOf(entry) === id) ? changed : [...changed, { host: id, client }];
}

/** Which host an entry names, whatever client it has; null when it names none. */
function idOf(entry: unknown): string | null {
  const valid = typeof entry === 'object' && entry !== null && 'host' in entry ? entry.host : entry;
  const read = hostOfEntry(valid, 'ssh2');
  return read.ok ? read.host.id : null;
}

function labelOf(entry: unknown): string {
  const { name, host }: { name?: unknown; host?: unknown } = typeof entry === 'object' && entry !== null ? entry : {};
  const given = [name, host, entry].find((text) => typeof text === 'string' && text.trim() !== '');
  return typeof given === 'string' ? given.trim() : JSON.stringify(entry);
}

function entriesOf(setting: unknown): unknown[] {
  return Array.isArray(setting) ? [...setting] : [];
}
