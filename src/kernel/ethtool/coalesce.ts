import type { Parsed, Warning } from '../parsed.ts';
import { type EthtoolBlock, ethtoolBlocks } from './blocks.ts';
import { booleanOf, isJson, type JsonDevice, numberOf, printedOf, readJson } from './json.ts';
import { numberOrNull } from './maximumAndCurrent.ts';
import { onOff } from './words.ts';

/** `ethtool -c`. */
export interface EthtoolCoalesce {
  readonly adaptiveRx: boolean | null;
  readonly adaptiveTx: boolean | null;
  /** `rx-usecs`, `rx-frames`, `tx-usecs-irq` ... to value; null for `n/a`. `CQE mode RX` and other on/off lines are not numbers and stand in `other`. */
  readonly values: ReadonlyMap<string, number | null>;
  readonly other: ReadonlyMap<string, string>;
  /** ethtool before 5.9 prints 0 for what a driver does not have too, so a 0 of it may be no setting. */
  readonly zeroMayBeAbsent: boolean;
}

/** `ethtool -c DEV` or `-c '*'`, or `--json -c` (6.2 and later): device to coalescing. A device without it is absent. */
export function parseEthtoolCoalesce(text: string): Parsed<ReadonlyMap<string, EthtoolCoalesce>> {
  if (isJson(text)) return readJson(text, coalesceOfJson);
  const warnings: Warning[] = [];
  const value = new Map<string, EthtoolCoalesce>();
  for (const block of ethtoolBlocks(text, /^Coalesce parameters for (\S+):$/, warnings)) {
    value.set(block.device, coalesceOf(block, warnings));
  }
  return { value, warnings };
}

/** What the device does not have is left out of the JSON. */
function coalesceOfJson(device: JsonDevice): EthtoolCoalesce {
  const { ifname: _, 'adaptive-rx': adaptiveRx, 'adaptive-tx': adaptiveTx, ...rest } = device;
  const values = new Map<string, number | null>();
  const other = new Map<string, string>();
  for (const [name, value] of Object.entries(rest)) {
    if (typeof value === 'number') values.set(optionName(name), numberOf(value));
    else other.set(name, printedOf(value));
  }
  return {
    adaptiveRx: booleanOf(adaptiveRx),
    adaptiveTx: booleanOf(adaptiveTx),
    values,
    other,
    zeroMayBeAbsent: false,
  };
}

function coalesceOf(block: EthtoolBlock, warnings: Warning[]): EthtoolCoalesce {
  const values = new Map<string, number | null>();
  const other = new Map<string, string>();
  let adaptiveRx: boolean | null = null;
  let adaptiveTx: boolean | null = null;
  for (const { key, value, line } of block.lines) {
    const [, rx, tx] = /^(\S+)\s+TX:\s*(\S+)$/.exec(value) ?? [];
    if (rx === undefined || tx === undefined) {
      if (/^\d|^n\/a$/.test(value)) values.set(optionName(key), numberOrNull(value, line, warnings));
      else other.set(key, value);
    } else if (key === 'Adaptive RX') {
      adaptiveRx = onOff(rx);
      adaptiveTx = onOff(tx);
    } else {
      other.set(key, rx);
      other.set(key.replace(/RX$/, 'TX'), tx);
    }
  }
  const isOld = !block.lines.some(({ key, value }) => value.includes('n/a') || /^[rt]x-frame-/.test(key));
  return { adaptiveRx, adaptiveTx, values, other, zeroMayBeAbsent: isOld };
}

/** 5.9 and later print `rx-frame-low` for what -C and older versions call `rx-frames-low`. */
function optionName(key: string): string {
  return key.replace(/^([rt]x)-frame-(low|high)$/, '$1-frames-$2');
}
