import type { Parsed, Warning } from '../parsed.ts';
import { eachLine, findCode } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';
import { yesNo } from './words.ts';

/** `ethtool -i DEV`; a line that is empty or N/A is null. */
export interface EthtoolDriver {
  readonly driver: string | null;
  readonly version: string | null;
  readonly firmwareVersion: string | null;
  readonly busInfo: string | null;
  /** `statistics`, `priv-flags` ... of the lines `supports-...: yes`. */
  readonly supports: ReadonlyMap<string, boolean>;
}

/** `ethtool -i DEV`. A text without a driver (an error message, say) gives nulls and a warning with its first line. */
export function parseEthtoolDriver(text: string): Parsed<EthtoolDriver> {
  const warnings: Warning[] = [];
  const lines = new Map<string, string>();
  eachLine(text, (from, end) => {
    const colon = findCode(text, 58, from, end);
    const value = text.slice(colon + 1, end).trim();
    if (colon < end && value !== '' && value !== 'N/A') lines.set(text.slice(from, colon).trim(), value);
  });
  const supports = new Map<string, boolean>();
  for (const [name, value] of lines) {
    const answer = yesNo(value);
    if (name.startsWith('supports-') && answer !== null) supports.set(name.slice('supports-'.length), answer);
  }
  if (!lines.has('driver') && text.trim() !== '') warn(warnings, 1, excerpt(text.trim().split('\n', 1)[0] ?? ''));
  return {
    value: {
      driver: lines.get('driver') ?? null,
      version: lines.get('version') ?? null,
      firmwareVersion: lines.get('firmware-version') ?? null,
      busInfo: lines.get('bus-info') ?? null,
      supports,
    },
    warnings,
  };
}
