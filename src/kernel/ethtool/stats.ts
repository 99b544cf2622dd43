import type { Parsed, Warning } from '../parsed.ts';
import { decimal, eachLine, skipBlanks } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';

/** One line of `ethtool -S`, with the driver's own name, in the driver's order (names can repeat). */
export interface EthtoolStat {
  readonly name: string;
  readonly value: number;
}

/**
 * `ethtool -S DEV`. The value follows the last colon: names may have blanks and colons (`rxq0: rx_pkts`, `[0]`).
 * Headings (`NIC statistics:`) and `no stats available` are no statistics and no warnings.
 */
export function parseEthtoolStats(text: string): Parsed<readonly EthtoolStat[]> {
  const warnings: Warning[] = [];
  const value: EthtoolStat[] = [];
  eachLine(text, (from, end, number) => {
    const line = text.slice(from, end).trim();
    if (line === '' || line.endsWith(':') || line === 'no stats available') return;
    const colon = line.lastIndexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim();
    const counter = decimal(line, skipBlanks(line, colon + 1, line.length), line.length);
    if (name === '' || Number.isNaN(counter)) warn(warnings, number, excerpt(line));
    else value.push({ name, value: counter });
  });
  return { value, warnings };
}
