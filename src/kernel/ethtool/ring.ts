import type { Parsed, Warning } from '../parsed.ts';
import { ethtoolBlocks } from './blocks.ts';
import { maximumAndCurrent } from './maximumAndCurrent.ts';

/** `ethtool -g`: descriptors. null: `n/a`, or the 0 that ethtool before 5.9 prints for it. */
export interface EthtoolRing {
  readonly maximum: RingSizes;
  readonly current: RingSizes;
  /** Lines that are not one of the four sizes (`RX Buf Len`, `TX Push` ...), current block, as printed. */
  readonly other: ReadonlyMap<string, string>;
}

export interface RingSizes {
  readonly rx: number | null;
  readonly rxMini: number | null;
  readonly rxJumbo: number | null;
  readonly tx: number | null;
}

const keys = ['RX', 'RX Mini', 'RX Jumbo', 'TX'] as const;

/** `ethtool -g DEV` or `-g '*'`: device to ring sizes. A device without rings is absent. */
export function parseEthtoolRing(text: string): Parsed<ReadonlyMap<string, EthtoolRing>> {
  const warnings: Warning[] = [];
  const value = new Map<string, EthtoolRing>();
  for (const block of ethtoolBlocks(text, /^Ring parameters for (\S+):$/, warnings)) {
    const { maximum, current, other } = maximumAndCurrent(block, keys, warnings);
    value.set(block.device, { maximum: ringSizes(maximum), current: ringSizes(current), other });
  }
  return { value, warnings };
}

function ringSizes(sizes: ReadonlyMap<string, number | null>): RingSizes {
  return {
    rx: sizes.get('RX') ?? null,
    rxMini: sizes.get('RX Mini') ?? null,
    rxJumbo: sizes.get('RX Jumbo') ?? null,
    tx: sizes.get('TX') ?? null,
  };
}
