import type { Parsed, Warning } from './parsed.ts';
import { eachLine, signedDecimal, skipBlanks, tokens } from './scan.ts';
import { parseSnmp6, type SnmpSections } from './snmp.ts';
import { excerpt, warn } from './warnings.ts';

/** Sections of /proc/net/snmp, netstat and snmp6, each before those that its own name begins with. */
const sections = [
  ...['MPTcpExt', 'TcpExt', 'IpExt', 'UdpLite6', 'UdpLite', 'Udp6', 'Udp', 'Icmp6', 'IcmpMsg', 'Icmp'],
  ...['Tcp', 'Ip6', 'Ip', 'Sctp'],
];

/** `Ip6InReceives` as `Ip6` and `InReceives`; a name of no known section has the section `''`. */
export function splitCounterName(full: string): { readonly section: string; readonly name: string } {
  const section = sections.find((each) => full.length > each.length && full.startsWith(each)) ?? '';
  return { section, name: full.slice(section.length) };
}

/** Counters under their full names by section, as /proc/net/snmp and netstat have them. */
function bySection(counters: Iterable<readonly [string, number]>): SnmpSections {
  const found = new Map<string, Map<string, number>>();
  for (const [full, value] of counters) {
    const { section, name } = splitCounterName(full);
    const members = found.get(section) ?? new Map<string, number>();
    found.set(section, members.set(name, value));
  }
  return found;
}

/** /proc/net/snmp6 with its counters by section: `Ip6`, `Icmp6`, `Udp6`, `UdpLite6`. */
export function parseSnmp6Sections(text: string): Parsed<SnmpSections> {
  const { value, warnings } = parseSnmp6(text);
  return { value: bySection(value), warnings };
}

/**
 * `nstat -asz`: after `#kernel` one `TcpExtListenOverflows 0 0.0` a line. Only with `-a` are the numbers those since boot.
 */
export function parseNstat(text: string): Parsed<SnmpSections> {
  const warnings: Warning[] = [];
  const counters: (readonly [string, number])[] = [];
  eachLine(text, (from, end, line) => {
    if (skipBlanks(text, from, end) === end || text.charCodeAt(from) === hash) return;
    const [name = '', word = ''] = tokens(text, from, end);
    const value = signedDecimal(word, 0, word.length);
    if (Number.isNaN(value)) warn(warnings, line, `not a counter: ${excerpt(text.slice(from, end))}`);
    else counters.push([name, value]);
  });
  return { value: bySection(counters), warnings };
}

const hash = 35;

/** `nstat -asz -j` (iproute2 4.3 and later): `{"kernel":{"IpInReceives":1, ...}}`, or under another history's name. */
export function parseNstatJson(text: string): Parsed<SnmpSections> {
  if (text.trim() === '') return { value: new Map(), warnings: [] };
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return { value: new Map(), warnings: [{ line: 1, message: 'not JSON, or cut short' }] };
  }
  const warnings: Warning[] = [];
  const counters: (readonly [string, number])[] = [];
  for (const history of fieldsOf(found)) {
    for (const [name, value] of Object.entries(isRecord(history) ? history : {})) {
      if (typeof value === 'number') counters.push([name, value]);
      else warn(warnings, 1, `the value of ${excerpt(name)} is not a number`);
    }
  }
  if (counters.length === 0) warn(warnings, 1, 'no counters');
  return { value: bySection(counters), warnings };
}

function fieldsOf(value: unknown): unknown[] {
  return isRecord(value) ? Object.values(value) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
