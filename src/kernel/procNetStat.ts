import type { Parsed, Warning } from './parsed.ts';
import { eachLine, hex, isCut, skipBlanks, tokens } from './scan.ts';
import { excerpt, warn } from './warnings.ts';

/** A file of /proc/net/stat: `nf_conntrack`, `arp_cache`, `ndisc_cache`, `rt_cache`, `synproxy`. */
export interface ProcNetStat {
  /** How many entries the table holds now: a gauge that every line repeats. Null where the file has no such column. */
  readonly entries: number | null;
  /** Every other column by name to its values, one for each possible CPU in the order of their numbers. */
  readonly columns: ReadonlyMap<string, readonly number[]>;
}

/**
 * /proc/net/stat/*: a line of names, then one line of hex numbers for each possible CPU. Which columns there are and what
 * they are called varies by kernel, so they are found by name. Lines of another length than the names are left out, with
 * a warning.
 */
export function parseProcNetStat(text: string): Parsed<ProcNetStat> {
  const warnings: Warning[] = [];
  let names: readonly string[] | null = null;
  let values: number[][] = [];
  let entries: number | null = null;
  eachLine(text, (from, end, line) => {
    if (skipBlanks(text, from, end) === end) return;
    const words = tokens(text, from, end);
    if (names === null) {
      names = words;
      values = words.map(() => []);
      return;
    }
    const row = words.map((word) => hex(word, 0, word.length));
    const mayBeCut = isCut(text, end) && (words.at(-1)?.length ?? 0) < fewestDigits;
    if (row.length !== names.length || row.some(Number.isNaN) || mayBeCut) {
      warn(warnings, line, `not one hex number for each column, or cut short: ${excerpt(text.slice(from, end))}`);
      return;
    }
    for (const [index, value] of row.entries()) values[index]?.push(value);
  });
  const columns = new Map<string, readonly number[]>();
  for (const [index, name] of (names ?? noNames).entries()) {
    if (name === 'entries') entries = values[index]?.[0] ?? null;
    else columns.set(name, values[index] ?? []);
  }
  return { value: { entries, columns }, warnings };
}

/** Numbers are printed with %08x. */
const fewestDigits = 8;
const noNames: readonly string[] = [];
