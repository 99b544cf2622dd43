import { deltaOf } from './delta.ts';
import type { Delta } from './rates.ts';
import type { Sample } from './snapshot.ts';

/** The section a protocol's counters were read in: those of the tools have a clock of their own. */
export function partOfSource(source: string): string {
  if (source.startsWith('nstat')) return 'nstat';
  if (source.startsWith('conntrack')) return 'conntrack-S';
  return source.startsWith('netstat') ? 'netstat-s' : 'counters';
}

/**
 * Change of each column of /proc/net/stat, all CPUs together. The kernel keeps 32 bits of most of them on each CPU, so each
 * CPU's number is compared by itself. Lines are of possible CPUs, which do not change while a kernel runs.
 */
export function netStatRates(
  before: Sample['netStat'],
  after: Sample['netStat'],
  secondsOf: (part: string) => number,
  reset: (what: string) => (key: string) => void,
): Map<string, Map<string, Delta>> {
  const files = new Map<string, Map<string, Delta>>();
  for (const [file, reading] of after) {
    const earlier = before.get(file);
    if (!reading.ok || earlier?.ok !== true) continue;
    const columns = new Map<string, Delta>();
    const seconds = secondsOf(partOfSource(reading.source));
    for (const [column, cells] of reading.value.columns) {
      const old = earlier.value.columns.get(column);
      if (old === undefined || old.length !== cells.length || cells.length === 0) continue;
      const deltas = cells.map((cell, cpu) => deltaOf(old[cpu] ?? Number.NaN, cell, seconds, 32));
      const known = deltas.filter((delta) => delta !== null);
      if (known.length < deltas.length) reset(`${file}:`)(column);
      else columns.set(column, sumOf(known, seconds));
    }
    files.set(file, columns);
  }
  return files;
}

function sumOf(deltas: readonly Delta[], seconds: number): Delta {
  const total = (key: 'before' | 'after' | 'delta'): number => deltas.reduce((sum, delta) => sum + delta[key], 0);
  const delta = total('delta');
  return { before: total('before'), after: total('after'), delta, seconds, perSecond: delta / seconds };
}

/** Share of the interval in which tasks waited, from the microseconds of /proc/pressure; one that went backwards has none. */
export function pressureShares(
  before: Sample['pressure'],
  after: Sample['pressure'],
  seconds: number,
): Map<string, Map<string, number>> {
  const resources = new Map<string, Map<string, number>>();
  for (const [resource, reading] of after) {
    const earlier = before.get(resource);
    if (!reading.ok || earlier?.ok !== true) continue;
    const shares = new Map<string, number>();
    for (const [kind, { total }] of reading.value) {
      const delta = deltaOf(earlier.value.get(kind)?.total ?? Number.NaN, total, seconds, 64);
      // The kernel's clock of pressure runs finer than uptime's 10 ms: a full interval may come out a little over 1.
      if (delta !== null && !Number.isNaN(delta.delta)) shares.set(kind, Math.min(1, delta.delta / 1e6 / seconds));
    }
    resources.set(resource, shares);
  }
  return resources;
}
