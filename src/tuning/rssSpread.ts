/** An indirection table in the two ways `ethtool -X` can make one. */
export interface RssSpread {
  /** N of `equal N`; null for a table that is not spread one queue after the other. */
  readonly equal: number | null;
  /** Entries of each queue from 0 on: `weight 4 4 0 8`. */
  readonly weights: readonly number[];
}

/** What makes this table; null for an empty one, and for one in an order that neither command gives. */
export function spreadOf(table: readonly number[]): RssSpread | null {
  if (table.length === 0) return null;
  const queues = table.reduce((most, queue) => Math.max(most, queue), 0) + 1;
  if (queues > table.length * 4) return null;
  const weights = new Array<number>(queues).fill(0);
  for (const queue of table) weights[queue] = (weights[queue] ?? 0) + 1;
  if (table.every((queue, index) => queue === index % queues)) return { equal: queues, weights };
  // With a weight for each queue ethtool fills the table in the order of the queues.
  return table.every((queue, index) => index === 0 || queue >= (table[index - 1] ?? 0))
    ? { equal: null, weights }
    : null;
}
