import { printable } from '../kernel/printable.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { have, lack, type Needed } from './rule.ts';
import { settingOf } from './settings.ts';

/** The ports that connect() may choose from. */
export interface PortRange {
  readonly low: number;
  readonly high: number;
  /** Ports of the range that ip_local_reserved_ports keeps free; null when that could not be read. */
  readonly reserved: number | null;
  /** Ports left to choose from. */
  readonly usable: number;
}

/** `net.ipv4.ip_local_port_range` less `net.ipv4.ip_local_reserved_ports`. */
export function portRangeOf(snapshot: Snapshot): Needed<PortRange> {
  const key = 'net.ipv4.ip_local_port_range';
  const text = settingOf(snapshot, key);
  if (!text.ok) return text;
  const [, low, high] = /^(\d+)\s+(\d+)$/.exec(text.value)?.map(Number) ?? [];
  if (low === undefined || high === undefined || high < low || high > 65_535)
    return lack(`${key} is "${printable(text.value, 60)}", not a range of ports`);
  const list = settingOf(snapshot, 'net.ipv4.ip_local_reserved_ports');
  const reserved = list.ok ? reservedIn(list.value, low, high) : null;
  return have({ low, high, reserved, usable: high - low + 1 - (reserved ?? 0) });
}

/** Ports of `8080,9000-9010` between low and high; the kernel prints ranges sorted and apart. */
function reservedIn(list: string, low: number, high: number): number {
  let count = 0;
  for (const part of list.split(',')) {
    const [, first, last] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? [];
    if (first === undefined) continue;
    count += Math.max(0, Math.min(high, Number(last ?? first)) - Math.max(low, Number(first)) + 1);
  }
  return count;
}
