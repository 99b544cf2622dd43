import type { Parsed, Warning } from '../parsed.ts';
import { decimal, tokens } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';
import { type EthtoolBlock, ethtoolBlocks } from './blocks.ts';
import { isJson, type JsonDevice, numbersOf, objectOf, readJson, stringOf } from './json.ts';
import { onOff } from './words.ts';

/** `ethtool -x`: how received flows are spread over the queues. */
export interface EthtoolRss {
  /** Receive rings, as the driver counts them. */
  readonly rings: number | null;
  /** Entry of the indirection table to queue; null where the device has no table. */
  readonly table: readonly number[] | null;
  /** The hash key, bytes in hex joined by `:`; null where the driver does not show it. */
  readonly hashKey: string | null;
  /** `toeplitz`, `xor`, `crc32` to whether it is in use; empty before ethtool 4.5 and where the driver does not say. */
  readonly hashFunctions: ReadonlyMap<string, boolean>;
  /** `symmetric-xor` ... to whether it is in use, ethtool 6.9 and later. */
  readonly inputTransformations: ReadonlyMap<string, boolean>;
}

/**
 * `ethtool -x DEV`, or `--json -x`: device to RSS; there is no wildcard. `Operation not supported` stands in the text itself, with exit
 * status 0, where a driver answers only some of the questions (virtio_net with one queue). The tables of further RSS
 * contexts are left out.
 */
export function parseEthtoolRss(text: string): Parsed<ReadonlyMap<string, EthtoolRss>> {
  if (isJson(text)) return readJson(text, rssOfJson);
  const warnings: Warning[] = [];
  const value = new Map<string, EthtoolRss>();
  for (const block of ethtoolBlocks(text, /^RX flow hash indirection table for (\S+) with \d+ RX ring/, warnings)) {
    if (!block.title.includes(', context ') && !value.has(block.device))
      value.set(block.device, rssOf(block, warnings));
  }
  return { value, warnings };
}

const sections = new Map([
  ['RSS hash key:', 'key'],
  ['RSS hash function:', 'function'],
  ['RSS input transformation:', 'transformation'],
]);

function rssOf({ title, lines }: EthtoolBlock, warnings: Warning[]): EthtoolRss {
  const rings = Number(/ with (\d{1,9}) RX ring/.exec(title)?.[1] ?? Number.NaN);
  const table: number[] = [];
  const hashFunctions = new Map<string, boolean>();
  const inputTransformations = new Map<string, boolean>();
  let hashKey: string | null = null;
  let section: string | undefined = 'table';
  for (const { text, key, value, line } of lines) {
    const opens = sections.get(text);
    const isOn = onOff(value);
    if (opens !== undefined) section = opens;
    else if (text === 'Operation not supported') continue;
    else if (section === 'table') addEntries(table, key, value, () => warn(warnings, line, excerpt(text)));
    else if (section === 'key' && /^[\da-f]{2}(?::[\da-f]{2})*$/i.test(text)) hashKey = text;
    else if (section === 'function' && isOn !== null) hashFunctions.set(key, isOn);
    else if (section === 'transformation' && isOn !== null) inputTransformations.set(key, isOn);
    else warn(warnings, line, excerpt(text));
  }
  return {
    rings: Number.isNaN(rings) ? null : rings,
    table: table.length === 0 ? null : table,
    hashKey,
    hashFunctions,
    inputTransformations,
  };
}

/** `  8:   0  1  2  3`: the number of the first entry, then eight queues. */
function addEntries(table: number[], first: string, entries: string, failed: () => void): void {
  const queues = tokens(entries, 0, entries.length).map((token) => decimal(token, 0, token.length));
  // A line that is missing would shift all that follow.
  if (first !== String(table.length) || queues.some(Number.isNaN)) failed();
  else for (const queue of queues) table.push(queue);
}

/** The JSON names the one function in use and leaves out the count of rings. */
function rssOfJson(device: JsonDevice): EthtoolRss {
  const hashFunction = stringOf(device['rss-hash-function']);
  const key = numbersOf(device['rss-hash-key']);
  return {
    rings: null,
    table: numbersOf(device['rss-indirection-table']),
    hashKey: key === null ? null : key.map((byte) => byte.toString(16).padStart(2, '0')).join(':'),
    hashFunctions: new Map(hashFunction === null ? [] : [[hashFunction, true]]),
    inputTransformations: new Map(
      Object.entries(objectOf(device['rss-input-transformation'])).map(([name, on]) => [name, on === true]),
    ),
  };
}
