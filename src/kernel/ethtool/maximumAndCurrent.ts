import type { Warning } from '../parsed.ts';
import { decimal } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';
import type { EthtoolBlock } from './blocks.ts';

/** A block of `ethtool -g` or `-l` by its lines. */
export interface MaximumAndCurrent {
  readonly maximum: ReadonlyMap<string, number | null>;
  readonly current: ReadonlyMap<string, number | null>;
  /** Lines of the current settings that `keys` does not name, as printed. */
  readonly other: ReadonlyMap<string, string>;
}

/**
 * Reads `Pre-set maximums:` and `Current hardware settings:`; `keys` are the lines that hold numbers. A maximum of 0
 * is what ethtool before 5.9 prints for a parameter the device does not have: both are null then, unless the device
 * reports a setting all the same.
 */
export function maximumAndCurrent(
  block: EthtoolBlock,
  keys: readonly string[],
  warnings: Warning[],
): MaximumAndCurrent {
  const maximum = new Map<string, number | null>();
  const current = new Map<string, number | null>();
  const other = new Map<string, string>();
  let section: Map<string, number | null> | null = null;
  for (const { key, value, line } of block.lines) {
    if (key === 'Pre-set maximums') section = maximum;
    else if (key === 'Current hardware settings') section = current;
    else if (section === null) warn(warnings, line, `neither a maximum nor a setting: ${excerpt(key)}`);
    else if (keys.includes(key)) section.set(key, numberOrNull(value, line, warnings));
    else if (section === current) other.set(key, value);
  }
  for (const key of keys) {
    if (maximum.get(key) !== 0) continue;
    maximum.set(key, null);
    if (current.get(key) === 0) current.set(key, null);
  }
  return { maximum, current, other };
}

/** `n/a` is null; anything else that is no number is null with a warning. */
export function numberOrNull(value: string, line: number, warnings: Warning[]): number | null {
  if (value === 'n/a') return null;
  const number = decimal(value, 0, value.length);
  if (!Number.isNaN(number)) return number;
  warn(warnings, line, `not a number: ${excerpt(value)}`);
  return null;
}
