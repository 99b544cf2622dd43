import type { Parsed, Warning } from './parsed.ts';
import { decimal, eachLine, findCode, skipBlanks, tokens } from './scan.ts';
import { excerpt, warn } from './warnings.ts';

/** /proc/net/sockstat(6): `TCP` to `mem` to value. TCP and UDP `mem` are pages, FRAG `memory` is bytes. */
export type Sockstat = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** /proc/net/sockstat and sockstat6: `PROTO: key number key number ...`. */
export function parseSockstat(text: string): Parsed<Sockstat> {
  const warnings: Warning[] = [];
  const value = new Map<string, Map<string, number>>();
  eachLine(text, (from, end, line) => {
    if (skipBlanks(text, from, end) === end) return;
    const colon = findCode(text, 58, from, end);
    const words = tokens(text, colon + 1, end);
    const entries = new Map<string, number>();
    for (let at = 0; at + 1 < words.length; at += 2) {
      const [key = '', word = ''] = words.slice(at, at + 2);
      const number = decimal(word, 0, word.length);
      if (Number.isNaN(number)) warn(warnings, line, `${excerpt(key)} is not a number`);
      else entries.set(key, number);
    }
    if (colon === end || words.length % 2 !== 0) warn(warnings, line, 'a key without a number, or cut short');
    if (entries.size > 0) value.set(text.slice(from, colon).trim(), entries);
  });
  return { value, warnings };
}
