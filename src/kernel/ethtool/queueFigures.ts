import type { Parsed } from '../parsed.ts';
import { placeStats } from './statPlace.ts';
import { keyedStats, parseEthtoolStats } from './stats.ts';
import { type StatTraffic, statTraffic, type TrafficFigure, type TrafficLines, trafficFigures } from './statTraffic.ts';

/** Frames, bytes, drops and errors; null where the driver does not count it. */
export type Traffic = Readonly<Record<TrafficFigure, number | null>>;

export interface NicFigures {
  readonly queues: readonly { readonly queue: number; readonly rx: Traffic | null; readonly tx: Traffic | null }[];
  /** The driver's own totals; the sum of the queues where it has none. */
  readonly totals: { readonly rx: Traffic; readonly tx: Traffic };
}

/** `figuresOf` reads each figure by `counterOf(key)` of its lines: counters, or rates; null as soon as one is not known. */
export function figuresOf({ queues, totals }: StatTraffic, counterOf: (key: string) => number | null): NicFigures {
  const traffic = (lines: TrafficLines): Traffic => {
    const [packets, bytes, drops, errors] = trafficFigures.map((figure) => sumOf(lines[figure], counterOf));
    return { packets: packets ?? null, bytes: bytes ?? null, drops: drops ?? null, errors: errors ?? null };
  };
  const orNull = (lines: TrafficLines | null): Traffic | null => (lines === null ? null : traffic(lines));
  return {
    queues: queues.map(({ queue, rx, tx }) => ({ queue, rx: orNull(rx), tx: orNull(tx) })),
    totals: { rx: traffic(totals.rx), tx: traffic(totals.tx) },
  };
}

function sumOf(keys: readonly string[], counterOf: (key: string) => number | null): number | null {
  let sum: number | null = null;
  for (const key of keys) {
    const value = counterOf(key);
    if (value === null) return null;
    sum = (sum ?? 0) + value;
  }
  return sum;
}

/** `ethtool -S DEV` as figures of its queues and of the whole device, whichever driver printed it. */
export function parseEthtoolFigures(text: string): Parsed<NicFigures> {
  const { value, warnings } = parseEthtoolStats(text);
  const values = new Map(keyedStats(value).map(({ key, value: counter }) => [key, counter]));
  return { value: figuresOf(statTraffic(placeStats(value)), (key) => values.get(key) ?? null), warnings };
}
