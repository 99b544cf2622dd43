import type { Parsed, Warning } from './parsed.ts';
import { eachLine, findCode, isCut, signedDecimal, skipBlanks, tokenEnd, tokens } from './scan.ts';
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
    const first = skipBlanks(text, colon + 1, end);
    const isNames = Number.isNaN(signedDecimal(text, first, tokenEnd(text, first, end)));
    if (colon === end || prefix === '') warn(warnings, line, 'no prefix');
    else if (pending?.prefix === prefix && !isNames) {
      const section = value.get(prefix) ?? new Map<string, number>();
      value.set(prefix, section);
      const values = numbers(text, first, end);
      if (values.length < pending.names.length && isCut(text, end)) values.pop();
      joinInto(section, pending.names, values, line, warnings);
      pending = null;
    } else if (isNames) {
      warnPending(pending, warnings);
      pending = { prefix, names: namesOf(text.slice(first, end)), line };
    } else warn(warnings, line, `values of ${excerpt(prefix)} without names`);
  });
  warnPending(pending, warnings);
  return { value, warnings };
}

/** A kernel prints one line of names again and again; to cut it up anew would take half of the time. */
const knownNames = new Map<string, readonly string[]>();
const mostKnown = 64;
const longestKnown = 8192;

function namesOf(line: string): readonly string[] {
  const known = knownNames.get(line);
  if (known !== undefined) return known;
  // Joined, so that what is kept is no slice that holds on to the whole text.
  const own = tokens(line, 0, line.length).join(' ');
  const names = own === '' ? [] : own.split(' ');
  if (own.length <= longestKnown && knownNames.size < mostKnown) knownNames.set(own, names);
  return names;
}

/** The words of a line as numbers, NaN for one that is none. */
function numbers(text: string, from: number, end: number): number[] {
  const found: number[] = [];
  for (let at = skipBlanks(text, from, end); at < end; ) {
    const stop = tokenEnd(text, at, end);
    found.push(signedDecimal(text, at, stop));
    at = skipBlanks(text, stop, end);
  }
  return found;
}

function warnPending(pending: NamesLine | null, warnings: Warning[]): void {
  if (pending !== null && pending.names.length > 0) {
    warn(warnings, pending.line, `names of ${excerpt(pending.prefix)} without values`);
  }
}

function joinInto(
  section: Map<string, number>,
  names: readonly string[],
  values: readonly number[],
  line: number,
  warnings: Warning[],
): void {
  if (names.length !== values.length) warn(warnings, line, `${values.length} values for ${names.length} names`);
  for (const [index, name] of names.entries()) {
    const value = values[index];
    if (value === undefined) return;
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
