import type { SettingRow } from '../../src/model/bootConfig.ts';

export type SettingScope = 'all' | 'set' | 'differs';

export function isSettingScope(text: string): text is SettingScope {
  return text === 'all' || text === 'set' || text === 'differs';
}

/** The rows of one scope whose key, value or description has every word of the filter in it. */
export function filterSettings(
  rows: readonly SettingRow[],
  scope: SettingScope,
  filter: string,
): readonly SettingRow[] {
  const words = filter.toLowerCase().split(/\s+/);
  return rows.filter((row) => {
    if (!inScope(row, scope)) return false;
    const text = `${row.key} ${row.running ?? ''} ${row.governs} ${row.boot?.setting?.path ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** `set`: a line of a file names the key, applied or not. */
function inScope({ boot }: SettingRow, scope: SettingScope): boolean {
  if (scope === 'all') return true;
  if (boot === null) return false;
  if (scope === 'differs') return boot.verdict.kind === 'differs';
  return boot.setting !== null || boot.losers.length > 0 || boot.others.some(({ at }) => at !== null);
}
