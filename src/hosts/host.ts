import { commandTransport } from '../transport/commandShell.ts';
import type { HostKeyStore } from '../transport/hostKeys/hostKeyStore.ts';
import { localTransport } from '../transport/localShell.ts';
import type { SshPrompts } from '../transport/prompts/sshPrompts.ts';
import type { NetNamespace, Transport } from '../transport/shell.ts';
import type { JumpHosts } from '../transport/ssh2/ssh2Connection.ts';
import { ssh2Transport } from '../transport/ssh2/ssh2Shell.ts';
import type { AskpassProgram } from '../transport/systemSsh/askpassServer.ts';
import { systemSshTransport } from '../transport/systemSsh/systemSsh.ts';
import { resolveSshHost } from './sshConfig.ts';
import type { SshEnvironment } from './sshEnvironment.ts';
import { resolveSystemSsh } from './systemSshHost.ts';

/** Which SSH client reaches a host: the one built in, or the `ssh` program, which knows certificates, hardware keys, Kerberos. */
export type SshClient = 'ssh2' | 'system';

/** A host that shells can be started on by itself. */
export type ReachableHost =
  | { readonly kind: 'local'; readonly id: 'local'; readonly label: string }
  /** `id` is what the user typed: an alias of ssh_config or `user@host:port`. */
  | { readonly kind: 'ssh'; readonly id: string; readonly label: string; readonly client: SshClient }
  /** `command` and its arguments, with `sh -s` behind them, give a shell: `docker exec -i web`. `id` is `command:` and the name. */
  | { readonly kind: 'command'; readonly id: string; readonly label: string; readonly command: readonly string[] };

/** A network namespace of a host: looked at as a host of its own, over the host's connection. */
export interface NamespaceHost {
  readonly kind: 'netns';
  /** Holds the parent's id, then ` netns:` and the name or ` pid:` and the process id. */
  readonly id: string;
  readonly label: string;
  readonly parent: ReachableHost;
  readonly namespace: NetNamespace;
}

/** A host to look at. `id` tells them apart and is kept in settings; `label` is shown. */
export type Host = ReachableHost | NamespaceHost;

/** This machine. */
export const localHost: ReachableHost = { kind: 'local', id: 'local', label: 'This machine' };

/** The host for what the user typed; `local` is this machine. */
export function hostNamed(text: string, client: SshClient = 'ssh2'): ReachableHost {
  const id = text.trim();
  return id === localHost.id ? localHost : { kind: 'ssh', id, label: id, client };
}

/** A network namespace of `parent`. */
export function namespaceHost(parent: ReachableHost, namespace: NetNamespace, label: string): NamespaceHost {
  const name = namespace.kind === 'name' ? `netns:${namespace.name}` : `pid:${namespace.pid}`;
  return { kind: 'netns', id: `${parent.id} ${name}`, label: `${parent.label} / ${label}`, parent, namespace };
}

export interface HostDeps {
  readonly ssh: SshEnvironment;
  readonly prompts: SshPrompts;
  readonly store: HostKeyStore;
  /** Shared by all hosts, as many may be behind one jump host. */
  readonly jumps?: JumpHosts;
  /** What the system's ssh asks by; without it, ssh asks on the terminal this process runs in. */
  readonly askpass?: AskpassProgram;
  readonly readyMs?: number;
  readonly idleMs?: number;
  /** Where a host's command is started; the home directory unless given. */
  readonly cwd?: string;
  readonly log?: (line: string) => void;
}

/**
 * The way to a host; nothing is connected yet. How an SSH host is reached is looked up for each connection that is made:
 * `startShell` rejects with a `TransportError` when its settings are no good, and goes by the new ones once they are.
 */
export function openTransport(host: ReachableHost, deps: HostDeps): Transport {
  if (host.kind === 'local') return localTransport(deps.log);
  if (host.kind === 'command') return commandTransport(host.command, { ...deps, name: host.label });
  if (host.client === 'system') {
    const options = { ...deps, askpass: deps.askpass ?? null };
    return systemSshTransport((signal) => resolveSystemSsh(host.id, deps.ssh, signal), options);
  }
  return ssh2Transport((signal) => resolveSshHost(host.id, deps.ssh, signal), deps);
}

/** Shells of a host's transport in one of its network namespaces; closing it leaves the host's connection alone. */
export function namespaceTransport(transport: Transport, namespace: NetNamespace): Transport {
  return {
    startShell: (args, signal, options) => transport.startShell(args, signal, { ...options, namespace }),
    close: () => {},
  };
}
