/*
 * What the extension tells the panel of sockets beyond a snapshot's states: facts and tables, ready to be shown. They come
 * from the snapshot itself, or from a question that was asked of the host by itself.
 */

export const questionIds = ['state', 'listeners', 'connections', 'arrivals', 'repair'] as const;
/** What can be asked of a host from the TCP tab. */
export type QuestionId = (typeof questionIds)[number];

export interface SocketsView {
  /** A capture opened from a file has no host to ask. */
  readonly canAsk: boolean;
  /** What the snapshot holds. */
  readonly readings: readonly SocketReadingView[];
  /** What was asked since, the newest first. */
  readonly answers: readonly SocketReadingView[];
}

export interface SocketReadingView {
  /** Names it for `show`. */
  readonly key: string;
  readonly title: string;
  readonly source: string;
  /** Host clock, ISO 8601, of an answer; null of what belongs to the snapshot, and where the host did not say. */
  readonly takenAt: string | null;
  /** Why it could not be read; null when it could. */
  readonly reason: string | null;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What the figures mean, what is not in them. */
  readonly notes: readonly string[];
  readonly tables: readonly SocketTableView[];
}

export interface SocketTableView {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly { readonly id: string; readonly label: string; readonly numeric: boolean }[];
  /** A cell for each column; null: not known. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}
