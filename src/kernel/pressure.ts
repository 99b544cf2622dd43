import type { Parsed, Warning } from './parsed.ts';
import { eachLine, skipBlanks, tokens } from './scan.ts';
import { excerpt, warn } from './warnings.ts';

/** One line of /proc/pressure: how much of the time tasks waited. */
export interface PressureLine {
  /** Percent of the last 10, 60 and 300 seconds, a moving average that the kernel keeps. */
  readonly avg10: number;
  readonly avg60: number;
  readonly avg300: number;
  /** Microseconds since boot. */
  readonly total: number;
}

/** `some`: at least one task waited; `full`: every task that was not idle did. Old kernels have no `full` for the CPU. */
export type Pressure = ReadonlyMap<string, PressureLine>;

/** /proc/pressure/{cpu,memory,io,irq} (Linux 4.20; `irq` 6.1): `some avg10=0.00 avg60=0.00 avg300=0.00 total=0`. */
export function parsePressure(text: string): Parsed<Pressure> {
  const warnings: Warning[] = [];
  const value = new Map<string, PressureLine>();
  eachLine(text, (from, end, line) => {
    if (skipBlanks(text, from, end) === end) return;
    const [kind = '', ...words] = tokens(text, from, end);
    const figures = new Map(words.map((word) => figure(word)));
    const of = (name: string): number => figures.get(name) ?? Number.NaN;
    const read = { avg10: of('avg10'), avg60: of('avg60'), avg300: of('avg300'), total: of('total') };
    if (Object.values(read).some(Number.isNaN)) {
      warn(warnings, line, `not a line of pressure, or cut short: ${excerpt(text.slice(from, end))}`);
    } else value.set(kind, read);
  });
  return { value, warnings };
}

const decimals = /^([a-z0-9]+)=(\d{1,20}(?:\.\d{1,6})?)$/;

function figure(word: string): readonly [string, number] {
  const [, name = '', number] = decimals.exec(word) ?? [];
  return [name, number === undefined ? Number.NaN : Number(number)];
}
