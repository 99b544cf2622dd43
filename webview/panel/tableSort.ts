import { byName } from './format.ts';

/** What a cell is sorted by; null for a value that was not read. */
export type SortKey = number | string | null;

export interface SortOrder {
  readonly column: string;
  readonly descending: boolean;
}

/** Rows in the order of one key, ties in the order they came; what was not read is last either way. */
export function sortRows<R>(rows: readonly R[], key: (row: R) => SortKey, descending: boolean): readonly R[] {
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      const order =
        typeof a.key === 'number' && typeof b.key === 'number' ? a.key - b.key : byName(String(a.key), String(b.key));
      return descending ? -order : order;
    })
    .map(({ row }) => row);
}

/** Rows by group, groups in the order they first appear. */
export function groupRows<R>(rows: readonly R[], group: (row: R) => string): ReadonlyMap<string, readonly R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const name = group(row);
    const members = groups.get(name);
    if (members) members.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}
