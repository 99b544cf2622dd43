import type { Host } from '../../hosts/host.ts';
import type { Nic, NicQueue } from '../../model/snapshot.ts';

/** A row of the Hosts view. */
export type HostNode =
  | { readonly kind: 'host'; readonly host: Host }
  | { readonly kind: 'nic'; readonly host: Host; readonly nic: Nic }
  | { readonly kind: 'queue'; readonly host: Host; readonly nic: Nic; readonly queue: NicQueue }
  | { readonly kind: 'cpus' | 'tcp' | 'unseen'; readonly host: Host };

/** The host a command was called on, whatever row of the tree was under the mouse. */
export function hostOf(node: unknown): Host | undefined {
  if (typeof node !== 'object' || node === null || !('host' in node)) return undefined;
  const { host } = node;
  return typeof host === 'object' && host !== null && 'id' in host && 'label' in host ? (host as Host) : undefined;
}
