import type { SocketTableView } from '../../../webview/socketViews.ts';

/** How one column of a table of sockets is made from its rows. */
export interface SocketColumn<R> {
  readonly id: string;
  readonly label: string;
  /** Numbers are right-aligned and sorted as such. */
  readonly of: (row: R) => string | number | null;
  readonly numeric?: boolean;
}

/** A table as the panel draws it. */
export function socketTable<R>(
  id: string,
  caption: string,
  rows: readonly R[],
  columns: readonly SocketColumn<R>[],
): SocketTableView {
  return {
    id,
    caption,
    columns: columns.map(({ id: column, label, numeric = false }) => ({ id: column, label, numeric })),
    rows: rows.map((row) => columns.map(({ of }) => of(row))),
  };
}
