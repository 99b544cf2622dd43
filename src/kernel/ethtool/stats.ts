import type { Parsed, Warning } from '../parsed.ts';
import { decimal, eachLine, skipBlanks } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';

/** One line of `ethtool -S`, with the driver's own name, in the driver's order (names can repeat). */
export interface EthtoolStat {
  readonly name: string;
  readonly value: number;
}

/** A line that can be told from every other of its device: the nth of a name (vmxnet3 repeats them) is `name #n`. */
export interface KeyedStat extends EthtoolStat {
  readonly key: string;
}

/** The lines with their keys, in the driver's order. */
export function keyedStats(stats: readonly EthtoolStat[]): readonly KeyedStat[] {
  const seen = new Map<string, number>();
  return stats.map((stat) => {
    const nth = (seen.get(stat.name) ?? 0) + 1;
    seen.set(stat.name, nth);
    return { ...stat, key: nth === 1 ? stat.name : `${stat.name} #${nth}` };
  });
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
