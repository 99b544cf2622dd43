import type { Delta } from './rates.ts';

/**
 * What a counter of `bits` bits went up by; NaN when it was reset. One that went backwards has wrapped if the way round
 * is the shorter one (less than half the range). Counters are doubles: beyond 2^53 (9 PB) a difference is off by the
 * steps between those, 256 near 2^61 and 2,048 near 2^64, far less than what any such counter goes up by in a second.
 */
export function increase(before: number, after: number, bits: 32 | 64): number {
  const delta = after - before;
  if (delta >= 0) return delta;
  const range = 2 ** bits;
  // 2^64 - 1 as a double is 2^64.
  const fits = bits === 32 ? before < range : before <= range;
  return fits && delta + range < range / 2 ? delta + range : Number.NaN;
}

/** The change of one counter over `seconds`; null when it was reset (`increase`) or no time passed. */
export function deltaOf(before: number, after: number, seconds: number, bits: 32 | 64): Delta | null {
  const delta = increase(before, after, bits);
  if (Number.isNaN(delta) || seconds <= 0) return null;
  return { before, after, delta, seconds, perSecond: delta / seconds };
}

/** Deltas of all counters that stand in both; names of those that went backwards are handed to `onReset`. */
export function deltasOf<K>(
  before: ReadonlyMap<K, number>,
  after: ReadonlyMap<K, number>,
  seconds: number,
  bits: 32 | 64,
  onReset: (key: K) => void,
): Map<K, Delta> {
  const deltas = new Map<K, Delta>();
  for (const [key, value] of after) {
    const earlier = before.get(key);
    if (earlier === undefined) continue;
    const delta = deltaOf(earlier, value, seconds, bits);
    if (delta === null) onReset(key);
    else deltas.set(key, delta);
  }
  return deltas;
}
