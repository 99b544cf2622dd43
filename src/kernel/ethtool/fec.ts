import type { Parsed, Warning } from '../parsed.ts';
import { ethtoolBlocks } from './blocks.ts';
import { countsOf, isJson, readJson, wordsOf } from './json.ts';
import { blockStatistics } from './pause.ts';
import { words } from './words.ts';

/** `ethtool --show-fec`: forward error correction. */
export interface EthtoolFec {
  /** What is supported or configured: drivers differ in which of the two they say. `Auto`, `RS`, `BaseR`, `Off`, `None` */
  readonly configured: readonly string[] | null;
  /** What the link runs with; empty when there is no link. */
  readonly active: readonly string[] | null;
  /** `corrected_blocks`, `uncorrectable_blocks` ... of `-I`, all lanes together. */
  readonly statistics: ReadonlyMap<string, number>;
}

/** `ethtool [-I] --show-fec DEV` or `'*'`, or with `--json`: device to FEC. A device without it is absent. */
export function parseEthtoolFec(text: string): Parsed<ReadonlyMap<string, EthtoolFec>> {
  if (isJson(text)) {
    return readJson(text, ({ config, active, statistics }) => ({
      configured: wordsOf(config),
      active: wordsOf(active),
      statistics: countsOf(statistics),
    }));
  }
  const warnings: Warning[] = [];
  const value = new Map<string, EthtoolFec>();
  for (const { device, lines } of ethtoolBlocks(text, /^FEC parameters for (\S+):$/, warnings)) {
    const printed = (title: RegExp): string | null => lines.find(({ key }) => title.test(key))?.value ?? null;
    value.set(device, {
      // Without "Supported/" before ethtool 5.14; "encodings" or "encoding".
      configured: words(printed(/^(?:Supported\/)?Configured FEC encodings?$/)),
      active: words(printed(/^Active FEC encodings?$/)),
      statistics: blockStatistics(lines, warnings),
    });
  }
  return { value, warnings };
}
