import type { Change } from './change.ts';

/** What is set, without the values: `net.core.somaxconn`, `eth0 rx ring`. Stays the same whatever it is set to. */
export function subjectOf(change: Change): string {
  switch (change.kind) {
    case 'sysctl':
      return change.key;
    case 'ethtool':
      return change.set === 'ring' ? `${change.nic} ${change.name} ring` : `${change.nic} ${change.set} ${change.name}`;
    case 'device':
      return `${change.nic} ${change.attribute}`;
    case 'queue':
      return change.queue === undefined
        ? `${change.nic} ${change.attribute}`
        : `${change.nic} ${change.attribute} of queue ${change.queue}`;
    case 'qdisc':
      return `${change.nic} root qdisc`;
    case 'filter':
      return `${change.nic} receive rule ${change.location}`;
    case 'irq':
      return `${change.nic} affinity of ${change.action}`;
    case 'irqbalance':
      return change.variable;
  }
}

/** `net.core.somaxconn 128 -> 4096`, `eth0 rx ring 256 -> 512`. Host text is in it as it came: escape it where it is shown. */
export function describe(change: Change): string {
  const said = (value: string | null): string => (value === '' ? 'not set' : (value ?? 'unknown'));
  return `${subjectOf(change)} ${said(change.current)} -> ${said(change.value)}`;
}
