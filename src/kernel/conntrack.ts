import type { Parsed, Warning } from './parsed.ts';
import { decimal, eachLine, findCode, skipBlanks, tokens } from './scan.ts';
import { excerpt, warn } from './warnings.ts';

/** One line of `conntrack -S`. */
export interface ConntrackCpu {
  /** Null where one line counts for all CPUs. */
  readonly cpu: number | null;
  /** `insert_failed` to its count. Which counters there are varies by kernel and by version of the tool. */
  readonly counters: ReadonlyMap<string, number>;
}

/**
 * `conntrack -S`: `cpu=0 found=0 invalid=0 ...` a line. Versions before 1.0, and later ones where the kernel answers no
 * such question over netlink, print `found 0` for all CPUs together, one counter a line.
 */
export function parseConntrackStats(text: string): Parsed<readonly ConntrackCpu[]> {
  const warnings: Warning[] = [];
  const value: ConntrackCpu[] = [];
  const together = new Map<string, number>();
  eachLine(text, (from, end, line) => {
    if (skipBlanks(text, from, end) === end) return;
    const words = tokens(text, from, end);
    if (words.some((word) => word.includes('='))) {
      const counters = new Map(words.flatMap((word) => assignment(word)));
      const cpu = counters.get('cpu') ?? null;
      counters.delete('cpu');
      if (counters.size + (cpu === null ? 0 : 1) < words.length) {
        warn(warnings, line, `not everything is name=number: ${excerpt(text.slice(from, end))}`);
      }
      if (counters.size > 0) value.push({ cpu, counters });
      return;
    }
    const [name = '', word = '', ...more] = words;
    const count = decimal(word, 0, word.length);
    if (Number.isNaN(count) || more.length > 0)
      warn(warnings, line, `not a counter: ${excerpt(text.slice(from, end))}`);
    else together.set(name, count);
  });
  if (together.size > 0) value.push({ cpu: null, counters: together });
  return { value, warnings };
}

function assignment(word: string): (readonly [string, number])[] {
  const equals = findCode(word, 61, 0, word.length);
  const value = decimal(word, equals + 1, word.length);
  return Number.isNaN(value) ? [] : [[word.slice(0, equals), value]];
}
