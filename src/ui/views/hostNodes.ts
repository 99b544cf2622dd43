import type { Host, ReachableHost } from '../../hosts/host.ts';
import type { Nic, NicQueue } from '../../model/snapshot.ts';
import type { WrongEntry } from '../hostEntries.ts';

/** A row that belongs to a host. */
export type HostRow =
  /** `open`: there is something to see and the user looks at it by itself, as of when the row was made; `detail`: what is known of it before. */
  | { readonly kind: 'host'; readonly host: Host; readonly open: boolean; readonly detail?: string }
  | { readonly kind: 'nic'; readonly host: Host; readonly nic: Nic }
  | { readonly kind: 'queue'; readonly host: Host; readonly nic: Nic; readonly queue: NicQueue }
  | { readonly kind: 'cpus' | 'tcp' | 'unseen'; readonly host: Host }
  /** Its network namespaces. */
  | { readonly kind: 'namespaces'; readonly host: ReachableHost };

/** A row without one. */
export type GroupRow =
  /** The aliases of ssh_config that the settings do not name. */
  | { readonly kind: 'aliases'; readonly hosts: readonly ReachableHost[]; readonly problem: string | null }
  | { readonly kind: 'wrong'; readonly entry: WrongEntry }
  /** Something that cannot be used, or is not there, and why. */
  | {
      readonly kind: 'note';
      readonly id: string;
      readonly label: string;
      readonly reason: string;
      readonly icon: string;
    };

/** A row of the Hosts view. */
export type HostNode = HostRow | GroupRow;

/**
 * The id of the host that a command was called on: a row of the tree, or an id itself. A folder's tasks may call commands
 * with what they like: nothing else of such a row is believed, the host is looked up.
 */
export function hostIdIn(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (typeof target !== 'object' || target === null || !('host' in target)) return undefined;
  const { host } = target;
  return typeof host === 'object' && host !== null && 'id' in host && typeof host.id === 'string' ? host.id : undefined;
}
