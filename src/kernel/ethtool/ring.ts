import type { Parsed, Warning } from '../parsed.ts';
import { ethtoolBlocks } from './blocks.ts';
import { isJson, type JsonDevice, numberOf, printedOf, readJson } from './json.ts';
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

/** `ethtool -g DEV` or `-g '*'`, or `--json -g` (6.2 and later): device to ring sizes. A device without rings is absent. */
export function parseEthtoolRing(text: string): Parsed<ReadonlyMap<string, EthtoolRing>> {
  if (isJson(text)) return readJson(text, ringOfJson);
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

const sizesOfJson = (device: JsonDevice, suffix: string): RingSizes => ({
  rx: numberOf(device[`rx${suffix}`]),
  rxMini: numberOf(device[`rx-mini${suffix}`]),
  rxJumbo: numberOf(device[`rx-jumbo${suffix}`]),
  tx: numberOf(device[`tx${suffix}`]),
});

/** The other lines by the names of the text. */
const otherFields = new Map([
  ['rx-buf-len', 'RX Buf Len'],
  ['cqe-size', 'CQE Size'],
  ['tx-push', 'TX Push'],
  ['rx-push', 'RX Push'],
  ['tx-push-buf-len', 'TX push buff len'],
  ['tcp-data-split', 'TCP data split'],
]);

function ringOfJson(device: JsonDevice): EthtoolRing {
  const other = [...otherFields].filter(([field]) => field in device);
  return {
    maximum: sizesOfJson(device, '-max'),
    current: sizesOfJson(device, ''),
    other: new Map(other.map(([field, name]) => [name, printedOf(device[field])])),
  };
}
