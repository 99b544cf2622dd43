import type { Parsed, Warning } from '../parsed.ts';
import { eachLine, tokens } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';
import { inetLine, type NetstatSocket, type NetstatUnixSocket, unixLine } from './netstatSocket.ts';

/** A row of a table whose columns have a name each, as printed: `MTU` to `1500`, `Destination` to `0.0.0.0`. */
export type NetstatRow = ReadonlyMap<string, string>;

/** What `netstat` of net-tools or busybox lists, with whatever options; a table that was not asked for is empty. */
export interface NetstatText {
  readonly sockets: readonly NetstatSocket[];
  readonly unix: readonly NetstatUnixSocket[];
  /** `-r`: by the names of the header, `Next Hop` of IPv6 as one. */
  readonly routes: readonly NetstatRow[];
  /** `-i`: `Iface`, `MTU`, `RX-OK` ... An alias without statistics has its name only. */
  readonly interfaces: readonly NetstatRow[];
  /** `-g`: `Interface`, `RefCnt`, `Group`. */
  readonly groups: readonly NetstatRow[];
}

type Table = 'sockets' | 'unix' | 'routes' | 'interfaces' | 'groups';

/** How each table begins, and the first word of its header. Source: netstat.c of net-tools and of busybox. */
const titles: readonly (readonly [start: string, table: Table])[] = [
  ['Active Internet connections', 'sockets'],
  ['Active UNIX domain sockets', 'unix'],
  ['Kernel IP routing table', 'routes'],
  ['Kernel IPv6 routing table', 'routes'],
  ['Kernel Interface table', 'interfaces'],
  ['IPv6/IPv4 Group Memberships', 'groups'],
  ['IPv4 Group Memberships', 'groups'],
];

/**
 * `netstat`: sockets (-t -u -w -x -a -l -n -e -o -p -W), routes (-r), interfaces (-i), groups (-g). Lines of a table that is
 * not known (`Active Bluetooth connections`) are passed over; one that does not fit its table is left out with a warning.
 */
export function parseNetstatText(text: string): Parsed<NetstatText> {
  const warnings: Warning[] = [];
  const sockets: NetstatSocket[] = [];
  const unix: NetstatUnixSocket[] = [];
  const rows = { routes: [] as NetstatRow[], interfaces: [] as NetstatRow[], groups: [] as NetstatRow[] };
  let table: Table | 'unknown' | null = null;
  let columns: readonly string[] = [];
  eachLine(text, (from, end, number) => {
    const line = text.slice(from, end);
    const started = tableStarting(line);
    if (started !== null) {
      table = started;
      columns = [];
    } else if (line.trim() === '' || /^-[-\s]*$/.test(line) || isNote(line) || table === 'unknown') return;
    else if (table === null) warn(warnings, number, `no table of netstat: ${excerpt(line)}`);
    else if (columns.length === 0) columns = columnsOf(line);
    else if (!addLine(table, line)) warn(warnings, number, excerpt(line));
  });
  return { value: { sockets, unix, ...rows }, warnings };

  function addLine(into: Table, line: string): boolean {
    if (into === 'sockets') return push(sockets, inetLine(line, columns));
    if (into === 'unix') return push(unix, unixLine(line, columns));
    return push(rows[into], rowOf(line, columns));
  }
}

function push<T>(list: T[], item: T | null): boolean {
  if (item !== null) list.push(item);
  return item !== null;
}

function tableStarting(line: string): Table | 'unknown' | null {
  const known = titles.find(([start]) => line.startsWith(start));
  if (known !== undefined) return known[1];
  return /^Active \S+ (?:connections|sockets)/.test(line) ? 'unknown' : null;
}

/** What netstat says on a line of its own when it may not see all processes. */
function isNote(line: string): boolean {
  return line.startsWith('(') || line.startsWith(' will not be shown') || line.startsWith('netstat: ');
}

/** A header's words; those that are one name stay one. */
function columnsOf(line: string): string[] {
  const joined = line
    .replace('Local Address', 'Local_Address')
    .replace('Foreign Address', 'Foreign_Address')
    .replace('PID/Program name', 'PID/Program_name')
    .replace('Security Context', 'Security_Context')
    .replace('Next Hop', 'Next_Hop');
  return tokens(joined, 0, joined.length).map((word) => word.replace('_', ' '));
}

/** Without `- no statistics available -` a row has a word for each column. */
function rowOf(line: string, columns: readonly string[]): NetstatRow | null {
  const words = tokens(line, 0, line.length);
  if (line.includes('no statistics available')) return new Map([[columns[0] ?? '', words[0] ?? '']]);
  if (words.length !== columns.length) return null;
  return new Map(columns.map((column, index) => [column, words[index] ?? '']));
}
