import type { HostKeyStore } from '../transport/hostKeyStore.ts';
import { localTransport } from '../transport/localShell.ts';
import type { Transport } from '../transport/shell.ts';
import { ssh2Transport } from '../transport/ssh2Shell.ts';
import type { SshPrompts } from '../transport/sshPrompts.ts';
import { resolveSshHost } from './sshConfig.ts';
import type { SshEnvironment } from './sshEnvironment.ts';

/** A host to look at. `id` tells them apart and is kept in settings; `label` is shown. */
export type Host =
  | { readonly kind: 'local'; readonly id: 'local'; readonly label: string }
  /** `id` is what the user typed: an alias of ssh_config or `user@host:port`. */
  | { readonly kind: 'ssh'; readonly id: string; readonly label: string };

/** This machine. */
export const localHost: Host = { kind: 'local', id: 'local', label: 'This machine' };

/** The host for what the user typed; `local` is this machine. */
export function hostNamed(text: string): Host {
  const id = text.trim();
  return id === localHost.id ? localHost : { kind: 'ssh', id, label: id };
}

export interface HostDeps {
  readonly ssh: SshEnvironment;
  readonly prompts: SshPrompts;
  readonly store: HostKeyStore;
  readonly readyMs?: number;
  readonly idleMs?: number;
  readonly log?: (line: string) => void;
}

/**
 * The way to a host; nothing is connected yet. How an SSH host is reached is looked up for each connection that is made:
 * `startShell` rejects with a `TransportError` when its settings are no good, and goes by the new ones once they are.
 */
export function openTransport(host: Host, deps: HostDeps): Transport {
  if (host.kind === 'local') return localTransport();
  return ssh2Transport((signal) => resolveSshHost(host.id, deps.ssh, signal), deps);
}
