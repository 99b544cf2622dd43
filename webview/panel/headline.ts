import { percent, plural } from './format.ts';
import { sumKnown } from './series.ts';

export interface CpuFigure {
  readonly cpu: string;
  /** Null where it was not read. */
  readonly value: number | null;
}

/** A chart of CPUs in a sentence: the sum, how much of it one CPU carries, and what was not read. */
export function cpuHeadline(figures: readonly CpuFigure[], format: (value: number) => string): string {
  const total = sumKnown(figures.map(({ value }) => value));
  if (total === null) return 'Not read on any CPU.';
  const unread = figures.filter(({ value }) => value === null).length;
  const tail = unread > 0 ? ` Not read on ${plural(unread, 'CPU')}.` : '';
  if (total === 0) return `None on ${plural(figures.length - unread, 'CPU')}.${tail}`;
  const busiest = figures.reduce((most, each) => ((each.value ?? 0) > (most.value ?? 0) ? each : most));
  return `${format(total)} in all, ${percent((busiest.value ?? 0) / total)} of it on CPU ${busiest.cpu}.${tail}`;
}
