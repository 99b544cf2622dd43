import type { Parsed, Warning } from './parsed.ts';
import { eachLine, findCode, isCut, signedDecimal, skipBlanks, tokens } from './scan.ts';
import { excerpt, warn } from './warnings.ts';

/**
 * /proc/net/snmp and /proc/net/netstat: `Tcp`, `Udp`, `TcpExt` ... to counter name to value. A counter that this kernel
 * does not have is absent, never 0. Values may be negative (`Tcp MaxConn`).
 */
export type SnmpSections = ReadonlyMap<string, ReadonlyMap<string, number>>;

interface NamesLine {
  readonly prefix: string;
  readonly names: readonly string[];
  readonly line: number;
}

/**
 * /proc/net/snmp and /proc/net/netstat: pairs of lines with the same prefix, names and then values, joined by name.
 * A prefix may come in several pairs (IcmpMsg prints 16 names at a time). Lines of unequal length are joined as far
 * as they go, with a warning.
 */
export function parseSnmp(text: string): Parsed<SnmpSections> {
  const warnings: Warning[] = [];
  const value = new Map<string, Map<string, number>>();
  let pending: NamesLine | null = null;
  eachLine(text, (from, end, line) => {
    if (skipBlanks(text, from, end) === end) return;
    const colon = findCode(text, 58, from, end);
    const prefix = text.slice(from, colon).trim();
    const words = tokens(text, colon + 1, end);
    if (colon === end || prefix === '') warn(warnings, line, 'no prefix');
    else if (pending?.prefix === prefix && !isNames(words)) {
      const section = value.get(prefix) ?? new Map<string, number>();
      value.set(prefix, section);
      const mayBeCut = words.length < pending.names.length && isCut(text, end);
      joinInto(section, pending.names, mayBeCut ? words.slice(0, -1) : words, line, warnings);
      pending = null;
    } else if (isNames(words)) {
      warnPending(pending, warnings);
      pending = { prefix, names: words, line };
    } else warn(warnings, line, `values of ${excerpt(prefix)} without names`);
  });
  warnPending(pending, warnings);
  return { value, warnings };
}

function isNames(words: readonly string[]): boolean {
  const [first = ''] = words;
  return Number.isNaN(signedDecimal(first, 0, first.length));
}

function warnPending(pending: NamesLine | null, warnings: Warning[]): void {
  if (pending !== null && pending.names.length > 0) {
    warn(warnings, pending.line, `names of ${excerpt(pending.prefix)} without values`);
  }
}

function joinInto(
  section: Map<string, number>,
  names: readonly string[],
  words: readonly string[],
  line: number,
  warnings: Warning[],
): void {
  if (names.length !== words.length) warn(warnings, line, `${words.length} values for ${names.length} names`);
  for (const [index, name] of names.entries()) {
    const word = words[index];
    if (word === undefined) return;
    const value = signedDecimal(word, 0, word.length);
    if (Number.isNaN(value)) warn(warnings, line, `the value of ${excerpt(name)} is not a number`);
    else section.set(name, value);
  }
}

/** /proc/net/snmp6, /proc/net/dev_snmp6/DEV and /proc/net/xfrm_stat: `name value` a line. */
export function parseSnmp6(text: string): Parsed<ReadonlyMap<string, number>> {
  const warnings: Warning[] = [];
  const value = new Map<string, number>();
  eachLine(text, (from, end, line) => {
    const [name, word = '', ...more] = tokens(text, from, end);
    if (name === undefined) return;
    const counter = signedDecimal(word, 0, word.length);
    if (Number.isNaN(counter) || more.length > 0) warn(warnings, line, 'not a name and a number');
    else value.set(name, counter);
  });
  return { value, warnings };
}
