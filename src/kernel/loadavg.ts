import type { Parsed } from './parsed.ts';
import { tokens } from './scan.ts';
import { excerpt } from './warnings.ts';

/** /proc/loadavg: tasks that run, want to run or wait uninterruptibly, averaged, and the tasks there are now. */
export interface LoadAverage {
  readonly load1: number;
  readonly load5: number;
  readonly load15: number;
  /** Tasks that run or are ready to, of all tasks; null where the file ends before. */
  readonly running: number | null;
  readonly tasks: number | null;
}

/**
 * /proc/loadavg: `0.20 0.18 0.12 1/80 11206`. Null for a text that does not begin with three averages, with a warning if it
 * is not empty.
 */
export function parseLoadavg(text: string): Parsed<LoadAverage | null> {
  if (text.trim() === '') return { value: null, warnings: [] };
  const end = text.indexOf('\n');
  const line = end < 0 ? text : text.slice(0, end);
  const [one = '', five = '', fifteen = '', counts = ''] = tokens(line, 0, line.length);
  const [load1 = Number.NaN, load5 = Number.NaN, load15 = Number.NaN] = [one, five, fifteen].map(average);
  if (Number.isNaN(load1 + load5 + load15)) {
    return { value: null, warnings: [{ line: 1, message: `not three load averages: ${excerpt(line)}` }] };
  }
  const [, running, tasks] = /^(\d{1,9})\/(\d{1,9})$/.exec(counts) ?? [];
  const whole = (word: string | undefined): number | null => (word === undefined ? null : Number(word));
  return { value: { load1, load5, load15, running: whole(running), tasks: whole(tasks) }, warnings: [] };
}

function average(word: string): number {
  return /^\d{1,9}\.\d\d$/.test(word) ? Number(word) : Number.NaN;
}
