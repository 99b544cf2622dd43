import type { Parsed, Warning } from '../parsed.ts';
import { excerpt, warn } from '../warnings.ts';

/** One device of `ethtool --json`: its fields by ethtool's own names. */
export type JsonDevice = Readonly<Record<string, unknown>>;

/** `ethtool --json` prints an array; no text of ethtool begins with a bracket. */
export function isJson(text: string): boolean {
  return /^\s*\[/.test(text);
}

/**
 * What `ethtool --json` prints: device to what `turn` makes of its fields, those of several entries together. An empty object stands where a driver does not
 * support the question. Versions differ in which questions they answer in JSON; the fields have kept their names.
 */
export function readJson<T>(
  text: string,
  turn: (device: JsonDevice, warnings: Warning[]) => T,
): Parsed<ReadonlyMap<string, T>> {
  const warnings: Warning[] = [];
  const devices = new Map<string, Record<string, unknown>>();
  for (const entry of devicesOf(text, warnings)) {
    const name = entry['ifname'];
    const known = typeof name === 'string' ? devices.get(name) : undefined;
    if (known !== undefined) Object.assign(known, entry);
    else if (typeof name === 'string') devices.set(name, { ...entry });
    else if (Object.keys(entry).length > 0) warn(warnings, 1, 'an entry without a device');
  }
  return { value: new Map([...devices].map(([name, device]) => [name, turn(device, warnings)])), warnings };
}

function devicesOf(text: string, warnings: Warning[]): readonly JsonDevice[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    warn(warnings, 1, excerpt(String(error)));
    return [];
  }
  return Array.isArray(parsed) ? parsed.map(objectOf) : [];
}

/** A field that is an object; one without fields for anything else. */
export function objectOf(value: unknown): JsonDevice {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function booleanOf(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

export function stringOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A list of words; null for what is no list. */
export function wordsOf(value: unknown): readonly string[] | null {
  return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : null;
}

/** A list of whole numbers; null for anything else. */
export function numbersOf(value: unknown): readonly number[] | null {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item)) ? value : null;
}

/** A value in the words of ethtool's text: `on` and `off`, `n/a` for null. */
export function printedOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return value === null ? 'n/a' : String(value);
}

/** Names to counts, of an object of numbers or of objects with a `total` (FEC, where lanes are counted too). */
export function countsOf(value: unknown): ReadonlyMap<string, number> {
  const counts = Object.entries(objectOf(value)).map(([name, count]): [string, number | null] => [
    name,
    numberOf(count) ?? numberOf(objectOf(count)['total']),
  ]);
  return new Map(counts.filter((entry): entry is [string, number] => entry[1] !== null));
}
