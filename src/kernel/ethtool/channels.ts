import type { Parsed, Warning } from '../parsed.ts';
import { ethtoolBlocks } from './blocks.ts';
import { isJson, type JsonDevice, numberOf, readJson } from './json.ts';
import { maximumAndCurrent } from './maximumAndCurrent.ts';

/** `ethtool -l`: queues. null: `n/a`, or the 0 that ethtool before 5.9 prints for a maximum of 0. */
export interface EthtoolChannels {
  readonly maximum: ChannelCounts;
  readonly current: ChannelCounts;
}

export interface ChannelCounts {
  readonly rx: number | null;
  readonly tx: number | null;
  readonly other: number | null;
  readonly combined: number | null;
}

const keys = ['RX', 'TX', 'Other', 'Combined'] as const;

/** `ethtool -l DEV` or `-l '*'`, or `--json -l` (6.15 and later): device to queue counts. A device without is absent. */
export function parseEthtoolChannels(text: string): Parsed<ReadonlyMap<string, EthtoolChannels>> {
  if (isJson(text)) {
    return readJson(text, (device) => ({ maximum: countsOfJson(device, '-max'), current: countsOfJson(device, '') }));
  }
  const warnings: Warning[] = [];
  const value = new Map<string, EthtoolChannels>();
  for (const block of ethtoolBlocks(text, /^Channel parameters for (\S+):$/, warnings)) {
    const { maximum, current } = maximumAndCurrent(block, keys, warnings);
    value.set(block.device, { maximum: channelCounts(maximum), current: channelCounts(current) });
  }
  return { value, warnings };
}

function channelCounts(counts: ReadonlyMap<string, number | null>): ChannelCounts {
  return {
    rx: counts.get('RX') ?? null,
    tx: counts.get('TX') ?? null,
    other: counts.get('Other') ?? null,
    combined: counts.get('Combined') ?? null,
  };
}

function countsOfJson(device: JsonDevice, suffix: string): ChannelCounts {
  const count = (name: string): number | null => numberOf(device[`${name}${suffix}`]);
  return { rx: count('rx'), tx: count('tx'), other: count('other'), combined: count('combined') };
}
