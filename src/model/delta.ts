import type { Delta } from './rates.ts';

const wrap32 = 2 ** 32;

/**
 * The change of one counter over `seconds`. A 32-bit counter that went backwards has wrapped if the way round is the
 * shorter one (less than half the range); anything else that went backwards was reset, and there is no rate: null.
 */
export function deltaOf(before: number, after: number, seconds: number, bits: 32 | 64): Delta | null {
  let delta = after - before;
  if (delta < 0 && bits === 32 && before < wrap32 && delta + wrap32 < wrap32 / 2) delta += wrap32;
  if (delta < 0 || seconds <= 0) return null;
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
