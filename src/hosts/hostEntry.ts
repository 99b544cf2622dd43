import { hostNamed, localHost, type ReachableHost, type SshClient } from './host.ts';
import { parseHostSpec } from './hostSpec.ts';

/** What an entry of the setting `packetPath.hosts` says: a host, or why it is none. */
export type HostEntry =
  | { readonly ok: true; readonly host: ReachableHost }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads one entry: `"web1"` or `"user@host:port"`, `{ "host": "web1", "client": "system" }`, or
 * `{ "name": "web", "command": ["docker", "exec", "-i", "web"] }`. `client` is used where the entry names none.
 */
export function hostOfEntry(entry: unknown, client: SshClient): HostEntry {
  if (typeof entry === 'string') return named(entry, client);
  if (typeof entry !== 'object' || entry === null) return { ok: false, problem: 'neither a text nor an object' };
  if ('command' in entry) return commandHost(entry);
  if (!('host' in entry) || typeof entry.host !== 'string') {
    return { ok: false, problem: 'has neither "host" nor "command"' };
  }
  const chosen = 'client' in entry ? entry.client : client;
  if (chosen !== 'ssh2' && chosen !== 'system')
    return { ok: false, problem: '"client" is neither "ssh2" nor "system"' };
  return named(entry.host, chosen);
}

function named(text: string, client: SshClient): HostEntry {
  const host = hostNamed(text, client);
  if (host.id === '') return { ok: false, problem: 'is empty' };
  if (parseHostSpec(host.id) === null)
    return { ok: false, problem: 'is no host: neither an alias of ~/.ssh/config nor user@host:port' };
  return host.id === localHost.id ? { ok: false, problem: 'this machine is in the list anyway' } : { ok: true, host };
}

function commandHost(entry: object & Record<'command', unknown>): HostEntry {
  const { command } = entry;
  const words = Array.isArray(command) ? command.filter((word): word is string => typeof word === 'string') : [];
  if (!Array.isArray(command) || words.length !== command.length || words[0] === undefined || words[0] === '') {
    return { ok: false, problem: '"command" is not a list of texts that begins with a program' };
  }
  const name = 'name' in entry && typeof entry.name === 'string' ? entry.name.trim() : '';
  if (name === '') return { ok: false, problem: 'has a "command" but no "name"' };
  return { ok: true, host: { kind: 'command', id: `command:${name}`, label: name, command: words } };
}
