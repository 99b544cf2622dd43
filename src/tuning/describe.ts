import type { Change } from './change.ts';

/** What is set, without the values: `net.core.somaxconn`, `eth0 rx ring`. Stays the same whatever it is set to. */
export function subjectOf(change: Change): string {
  switch (change.kind) {
    case 'sysctl':
      return change.key;
    case 'ethtool':
      return change.set === 'ring' ? `${change.nic} ${change.name} ring` : `${change.nic} ${change.set} ${change.name}`;
    case 'device':
    case 'queue':
      return `${change.nic} ${change.attribute}`;
    case 'qdisc':
      return `${change.nic} root qdisc`;
  }
}

/** `net.core.somaxconn 128 -> 4096`, `eth0 rx ring 256 -> 512`. Host text is in it as it came: escape it where it is shown. */
export function describe(change: Change): string {
  return `${subjectOf(change)} ${change.current ?? 'unknown'} -> ${change.value}`;
}
