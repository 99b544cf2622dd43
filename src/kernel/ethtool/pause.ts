import type { Parsed, Warning } from '../parsed.ts';
import { decimal } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';
import { type BlockLine, ethtoolBlocks } from './blocks.ts';
import { booleanOf, countsOf, isJson, type JsonDevice, objectOf, readJson } from './json.ts';
import { onOff } from './words.ts';

/** `ethtool -a`: what is asked for, and what came of it. null: not printed. */
export interface EthtoolPause {
  readonly autonegotiate: boolean | null;
  readonly rx: boolean | null;
  readonly tx: boolean | null;
  /** What both sides agreed on: `RX negotiated`, ethtool 5.6 and later, only where pause is negotiated. */
  readonly negotiatedRx: boolean | null;
  readonly negotiatedTx: boolean | null;
  /** `tx_pause_frames`, `rx_pause_frames` of `-I -a` (ethtool 5.10 and later); empty where the driver has none. */
  readonly statistics: ReadonlyMap<string, number>;
}

/** `ethtool [-I] -a DEV` or `-a '*'`, or `--json -a` (5.10 and later): device to pause. A device without it is absent. */
export function parseEthtoolPause(text: string): Parsed<ReadonlyMap<string, EthtoolPause>> {
  if (isJson(text)) return readJson(text, pauseOfJson);
  const warnings: Warning[] = [];
  const value = new Map<string, EthtoolPause>();
  for (const { device, lines } of ethtoolBlocks(text, /^Pause parameters for (\S+):$/, warnings)) {
    const settings = new Map(lines.map(({ key, value: printed }) => [key, printed]));
    const setting = (key: string): boolean | null => onOff(settings.get(key) ?? null);
    value.set(device, {
      autonegotiate: setting('Autonegotiate'),
      rx: setting('RX'),
      tx: setting('TX'),
      negotiatedRx: setting('RX negotiated'),
      negotiatedTx: setting('TX negotiated'),
      statistics: blockStatistics(lines, warnings),
    });
  }
  return { value, warnings };
}

function pauseOfJson(device: JsonDevice): EthtoolPause {
  const negotiated = objectOf(device['negotiated']);
  return {
    autonegotiate: booleanOf(device['autonegotiate']),
    rx: booleanOf(device['rx']),
    tx: booleanOf(device['tx']),
    negotiatedRx: booleanOf(negotiated['rx']),
    negotiatedTx: booleanOf(negotiated['tx']),
    statistics: countsOf(device['statistics']),
  };
}

/** What follows the line `Statistics:` of a block (`-I`): names to counts, and words about lanes left aside. */
export function blockStatistics(lines: readonly BlockLine[], warnings: Warning[]): ReadonlyMap<string, number> {
  const statistics = new Map<string, number>();
  const start = lines.findIndex(({ text }) => text === 'Statistics:');
  for (const { key, value, line } of start < 0 ? [] : lines.slice(start + 1)) {
    const [first = ''] = value.split(' ', 1);
    const count = decimal(first, 0, first.length);
    if (Number.isNaN(count)) warn(warnings, line, `not a number: ${excerpt(value)}`);
    else if (!/^Lane \d+$/.test(key)) statistics.set(key, count);
  }
  return statistics;
}
