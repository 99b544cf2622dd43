import type { Parsed, Warning } from '../parsed.ts';
import { decimal, eachLine, tokens } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';

/** What `ss -s` makes of sockstat and snmp: totals, and no count by state. */
export interface SsSummary {
  /** Sockets of every family in this namespace; null where the line is not there. */
  readonly total: number | null;
  /** `total`, `estab`, `closed` (TIME_WAIT included), `orphaned`, `timewait`; up to iproute2 4.15 `synrecv` and `ports` too. */
  readonly tcp: ReadonlyMap<string, number>;
  /** By protocol (`RAW`, `UDP`, `TCP`, `INET`, `FRAG`, `*`): null where ss prints a dash. */
  readonly transports: ReadonlyMap<string, TransportCount>;
}

export interface TransportCount {
  readonly total: number | null;
  readonly ip: number | null;
  readonly ipv6: number | null;
}

/** `ss -s` of iproute2 3 to 7. */
export function parseSsSummary(text: string): Parsed<SsSummary> {
  const warnings: Warning[] = [];
  const tcp = new Map<string, number>();
  const transports = new Map<string, TransportCount>();
  let total: number | null = null;
  eachLine(text, (from, end, line) => {
    const words = tokens(text, from, end);
    const [first, ...rest] = words;
    if (first === undefined || first === 'Transport') return;
    if (first === 'Total:') total = countOf(rest[0]);
    else if (first === 'TCP:') readTcp(text.slice(from, end), tcp);
    else if (rest.length === 3 && rest.every((word) => word === '-' || countOf(word) !== null)) {
      const [all, ip, ipv6] = rest;
      transports.set(first, { total: countOf(all), ip: countOf(ip), ipv6: countOf(ipv6) });
    } else warn(warnings, line, excerpt(text.slice(from, end)));
  });
  return { value: { total, tcp, transports }, warnings };
}

/** `TCP:   31 (estab 6, closed 23, orphaned 0, synrecv 0, timewait 1/0), ports 0`; after a slash: hashed twice. */
function readTcp(line: string, tcp: Map<string, number>): void {
  const named = line.replace('TCP:', 'total');
  for (const [, name = '', digits = ''] of named.matchAll(/([a-z]+)\s+(\d{1,20})\b/g)) tcp.set(name, Number(digits));
}

function countOf(word: string | undefined): number | null {
  const count = word === undefined ? Number.NaN : decimal(word, 0, word.length);
  return Number.isNaN(count) ? null : count;
}
