import type { Parsed, Warning } from '../parsed.ts';
import { decimal } from '../scan.ts';
import { type BlockLine, ethtoolBlocks } from './blocks.ts';

/** `ethtool -T`: what can carry a time stamp, and by which clock. */
export interface EthtoolTimestamping {
  /** `hardware-transmit`, `software-receive` ... */
  readonly capabilities: readonly string[];
  /** N of `/dev/ptpN`; null for `none`. */
  readonly hardwareClock: number | null;
  /** `off`, `on`, `onestep-sync` ...; empty for `none`. */
  readonly transmitModes: readonly string[];
  /** `none`, `all`, `ptpv2-event` ...; empty for `none`. */
  readonly receiveFilters: readonly string[];
  /** The kernel's names, which ethtool before 5.9 prints in brackets: `all` to `HWTSTAMP_FILTER_ALL`. */
  readonly constants: ReadonlyMap<string, string>;
}

/** `ethtool -T DEV` or `-T '*'`: device to time stamping. */
export function parseEthtoolTimestamping(text: string): Parsed<ReadonlyMap<string, EthtoolTimestamping>> {
  const warnings: Warning[] = [];
  const value = new Map<string, EthtoolTimestamping>();
  for (const { device, lines } of ethtoolBlocks(text, /^Time stamping parameters for (\S+):$/, warnings)) {
    value.set(device, timestampingOf(lines));
  }
  return { value, warnings };
}

const lists = new Map([
  ['Capabilities', 'capabilities'],
  ['Hardware Transmit Timestamp Modes', 'transmitModes'],
  ['Hardware Receive Filter Modes', 'receiveFilters'],
] as const);

function timestampingOf(lines: readonly BlockLine[]): EthtoolTimestamping {
  const found = { capabilities: [] as string[], transmitModes: [] as string[], receiveFilters: [] as string[] };
  const constants = new Map<string, string>();
  let hardwareClock: number | null = null;
  let list: string[] | null = null;
  for (const { key, value, text } of lines) {
    const name = [...lists].find(([title]) => title === key)?.[1];
    const [, word, constant] = /^(\S+)(?:\s+\((\S+)\))?$/.exec(text) ?? [];
    if (name !== undefined) list = found[name];
    // ethtool 6.14 and later name the clock by its provider.
    else if (key === 'PTP Hardware Clock' || key === 'Hardware timestamp provider index') {
      const index = decimal(value, 0, value.length);
      hardwareClock = Number.isNaN(index) ? null : index;
    } else if (word !== undefined && !text.includes(':')) {
      list?.push(word);
      if (constant !== undefined) constants.set(word, constant);
    }
  }
  return { ...found, hardwareClock, constants };
}
