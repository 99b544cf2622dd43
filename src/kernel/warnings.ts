import type { Warning } from './parsed.ts';
import { printable } from './printable.ts';

/** A hostile text can be wrong on every line; the reader needs the first few and the fact that there are more. */
const mostWarnings = 100;

/** Adds one warning for `line` (from 1), made printable; beyond 100 only the fact that there are more is kept. */
export function warn(warnings: Warning[], line: number, message: string): void {
  if (warnings.length < mostWarnings) warnings.push({ line, message: printable(message) });
  else if (warnings.length === mostWarnings) {
    warnings.push({ line, message: 'more lines could not be read; they are not listed' });
  }
}

/** What a host said on a line, printable and short enough for a message. */
export function excerpt(line: string): string {
  return printable(line.slice(0, 1000), 120);
}
