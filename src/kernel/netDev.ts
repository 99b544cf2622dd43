import type { Parsed, Warning } from './parsed.ts';
import { decimal, eachLine, tokens } from './scan.ts';
import { warn } from './warnings.ts';

/** The columns of /proc/net/dev (`net/core/net-procfs.c`), receive then transmit. */
export const netDevColumns = [
  'rx_bytes',
  'rx_packets',
  'rx_errs',
  'rx_drop',
  'rx_fifo',
  'rx_frame',
  'rx_compressed',
  'rx_multicast',
  'tx_bytes',
  'tx_packets',
  'tx_errs',
  'tx_drop',
  'tx_fifo',
  'tx_colls',
  'tx_carrier',
  'tx_compressed',
] as const;

export type NetDevColumn = (typeof netDevColumns)[number];

export interface NetDevRow {
  readonly name: string;
  /** Column to counter. `rx_drop` is rx_dropped + rx_missed_errors: /proc/net/dev cannot tell the two apart. */
  readonly counters: Readonly<Record<NetDevColumn, number>>;
}

/**
 * /proc/net/dev. The name ends at the last colon of the line: alias names have colons, counters have none, and old
 * kernels glue the first counter to the colon.
 */
export function parseNetDev(text: string): Parsed<readonly NetDevRow[]> {
  const warnings: Warning[] = [];
  const value: NetDevRow[] = [];
  eachLine(text, (from, end, line) => {
    const row = text.slice(from, end);
    if (row.trim() === '' || row.includes('|')) return;
    const colon = row.lastIndexOf(':');
    const name = row.slice(0, Math.max(colon, 0)).trim();
    const counters = counterRecord(tokens(row, colon + 1, row.length));
    if (name === '' || counters === null) warn(warnings, line, 'not a device with 16 counters, or cut short');
    else value.push({ name, counters });
  });
  return { value, warnings };
}

function counterRecord(words: readonly string[]): NetDevRow['counters'] | null {
  const entries = netDevColumns.map((column, index): [NetDevColumn, number] => {
    const word = words[index] ?? '';
    return [column, decimal(word, 0, word.length)];
  });
  if (entries.some(([, counter]) => Number.isNaN(counter))) return null;
  // fromEntries forgets the keys; they are all of netDevColumns.
  return Object.fromEntries(entries) as Record<NetDevColumn, number>;
}
