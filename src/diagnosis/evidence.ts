import type { Delta } from '../model/rates.ts';
import { formatRate, formatShare } from './figures.ts';
import type { Evidence } from './finding.ts';

/** A counter's movement over the window; `what` names what is counted: `drops`. */
export function moved(source: string, field: string, delta: Delta, what: string): Evidence {
  const { before, after, seconds, perSecond } = delta;
  return { source, field, before, after, seconds, figure: formatRate(perSecond, what) };
}

/** A value read once. */
export function stands(source: string, field: string, value: number, figure: string): Evidence {
  return { source, field, before: null, after: value, seconds: null, figure };
}

/** The share (0..1) of its time that a CPU spent on something between the samples. */
export function spent(cpu: number, on: 'softirq' | 'steal', share: number, seconds: number): Evidence {
  const figure = formatShare(share);
  return { source: '/proc/stat', field: `CPU ${cpu} ${on}`, before: null, after: share, seconds, figure };
}

/** What a file says that is no number. */
export function says(source: string, field: string, figure: string): Evidence {
  return { source, field, before: null, after: Number.NaN, seconds: null, figure };
}

/** The movement of several counters as one; null for none. */
export function sumDeltas(deltas: readonly Delta[]): Delta | null {
  const [first] = deltas;
  if (first === undefined) return null;
  const sum = (pick: (delta: Delta) => number): number => deltas.reduce((total, delta) => total + pick(delta), 0);
  const delta = sum((one) => one.delta);
  return {
    before: sum((one) => one.before),
    after: sum((one) => one.after),
    delta,
    seconds: first.seconds,
    perSecond: delta / first.seconds,
  };
}

/** Part of the whole; null when the whole is too small to speak of shares. */
export function shareOf(part: number, whole: number, minimum: number): number | null {
  return whole >= minimum && whole > 0 ? part / whole : null;
}
