import type { Parsed, Warning } from '../parsed.ts';
import { excerpt, warn } from '../warnings.ts';
import { ethtoolBlocks } from './blocks.ts';
import { onOff } from './words.ts';

/** `ethtool --show-priv-flags DEV` or `'*'`: device to the driver's own switches, by the driver's names. */
export function parseEthtoolPrivateFlags(text: string): Parsed<ReadonlyMap<string, ReadonlyMap<string, boolean>>> {
  const warnings: Warning[] = [];
  const value = new Map<string, ReadonlyMap<string, boolean>>();
  for (const { device, lines } of ethtoolBlocks(text, /^Private flags for (\S+):$/, warnings)) {
    const flags = new Map<string, boolean>();
    for (const { text: printed, line } of lines) {
      // A name may hold a colon, so the value is what follows the last one.
      const colon = printed.lastIndexOf(':');
      const state = onOff(printed.slice(colon + 1).trim());
      if (colon < 1 || state === null) warn(warnings, line, `${excerpt(printed)} is neither on nor off`);
      else flags.set(printed.slice(0, colon).trim(), state);
    }
    value.set(device, flags);
  }
  return { value, warnings };
}
