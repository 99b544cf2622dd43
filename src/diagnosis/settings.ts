import { printable } from '../kernel/printable.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SysctlChange } from '../tuning/change.ts';
import { formatCount } from './figures.ts';
import { have, lack, type Needed, notRead } from './rule.ts';

/** The running value of a sysctl key, as the kernel prints it. */
export function settingOf(snapshot: Snapshot, key: string): Needed<string> {
  if (!snapshot.sysctl.ok) return notRead(snapshot.sysctl);
  const value = snapshot.sysctl.value.get(key);
  if (value !== undefined) return have(value);
  return lack(
    snapshot.host.initialNetns === false
      ? `${key} does not exist in this network namespace`
      : `the capture has no value for ${key}`,
  );
}

/** The running value of a key that holds one number. */
export function numberOf(snapshot: Snapshot, key: string): Needed<number> {
  const text = settingOf(snapshot, key);
  if (!text.ok) return text;
  return /^-?\d+$/.test(text.value)
    ? have(Number(text.value))
    : lack(`${key} is "${printable(text.value, 60)}", not a number`);
}

/** Whether a setting is known to be below what the kernel comes with. */
export function isBelow(snapshot: Snapshot, key: string, kernelDefault: number): boolean {
  const value = numberOf(snapshot, key);
  return value.ok && value.value < kernelDefault;
}

/** What to do about a setting: a change, or in words why there is none. */
export interface Proposal {
  readonly changes: readonly SysctlChange[];
  readonly advice: readonly string[];
}

export interface Bounds {
  /** The least that is worth setting: mostly the kernel's own default. */
  readonly floor: number;
  /** Doubling ends here: more only hides that the work is not done in time. */
  readonly ceiling: number;
}

/** Double a limit within bounds. A key that cannot be read or is large already gives advice instead of a change. */
export function doubled(snapshot: Snapshot, key: string, { floor, ceiling }: Bounds): Proposal {
  const current = numberOf(snapshot, key);
  if (!current.ok) return { changes: [], advice: [`No change of ${key} is proposed: ${current.reason}.`] };
  if (current.value >= ceiling) {
    return {
      changes: [],
      advice: [`${key} is ${formatCount(current.value)} already: more would hide the cause, not remove it.`],
    };
  }
  const value = Math.min(ceiling, Math.max(floor, current.value * 2));
  return { changes: [raiseTo(key, value, current.value)], advice: [] };
}

function raiseTo(key: string, value: number, current: number): SysctlChange {
  return { kind: 'sysctl', key, value: String(value), current: String(current), atLeast: true };
}

/** What a reader in a container must know before writing sysctl.d there; nothing on a host. */
export function namespaceAdvice(snapshot: Snapshot): readonly string[] {
  return snapshot.host.initialNetns === false
    ? [
        'This is a network namespace of its own, which sysctl.d does not reach: set the key by the container’s own means (docker --sysctl, a pod’s securityContext).',
      ]
    : [];
}
