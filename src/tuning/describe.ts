import type { Change } from './change.ts';

/** What is set, without the values: `net.core.somaxconn`, `eth0 rx ring`. Stays the same whatever it is set to. */
export function subjectOf(change: Change): string {
  return change.kind === 'sysctl' ? change.key : `${change.nic} ${change.direction} ring`;
}

/** `net.core.somaxconn 128 -> 4096`, `eth0 rx ring 256 -> 512`. Host text is in it as it came: escape it where it is shown. */
export function describe(change: Change): string {
  const target = change.kind === 'sysctl' ? change.value : String(change.size);
  return `${subjectOf(change)} ${change.current ?? 'unknown'} -> ${target}`;
}
