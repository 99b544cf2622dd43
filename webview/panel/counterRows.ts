import type { CounterGroup, CounterRowView, UncountedView } from '../counterViews.ts';

/** What the reader wants to see of the counters. */
export interface CounterFilter {
  /** Words that must all be found in the name, the meaning, the function or the step; case does not matter. */
  readonly text: string;
  readonly onlyMoved: boolean;
  readonly group: CounterGroup | 'all';
}

/** Stands above the groups. */
export const lostOrDelayed = 'Lost or delayed between the samples';

export interface ShownCounter {
  readonly row: CounterRowView;
  /** Its group, or `lostOrDelayed`. */
  readonly heading: string;
}

/** Whether it changed between the samples; without two samples, whether it is not 0. */
export function hasMoved(row: CounterRowView, hasRates: boolean): boolean {
  if (!hasRates) return row.value !== 0;
  return (row.delta ?? 0) > 0 || (row.share ?? 0) > 0;
}

/** The rows that pass the filter: what lost or delayed packets first, then the groups, in each losses first. */
export function shownCounters(
  rows: readonly CounterRowView[],
  filter: CounterFilter,
  hasRates: boolean,
): readonly ShownCounter[] {
  const words = wordsOf(filter.text);
  const shown = rows
    .filter((row) => filter.group === 'all' || row.group === filter.group)
    .filter((row) => !filter.onlyMoved || hasMoved(row, hasRates))
    .filter((row) => matches(words, `${row.name} ${row.meaning} ${row.where} ${row.step ?? ''} ${row.unit}`));
  const urgent = shown.filter((row) => hasRates && row.severity !== 'info' && isWorthTelling(row));
  const rest = shown.filter((row) => !urgent.includes(row));
  return [
    ...inOrder(urgent).map((row) => ({ row, heading: lostOrDelayed })),
    ...inOrder(rest).map((row) => ({ row, heading: row.group })),
  ];
}

/** Something always waits for a moment: below a hundredth of the time that delays nothing. */
const leastShare = 0.01;

function isWorthTelling(row: CounterRowView): boolean {
  return row.share === null ? hasMoved(row, true) : row.share >= leastShare;
}

const ranks: Readonly<Record<CounterRowView['severity'], number>> = { loss: 0, delay: 1, info: 2 };

/** Losses that there were before delays that there were, before everything else as the kernel has it. */
function inOrder(rows: readonly CounterRowView[]): readonly CounterRowView[] {
  const rank = (row: CounterRowView): number => (row.value === 0 || row.kind !== 'counter' ? 2 : ranks[row.severity]);
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

/** Counters of other kernels that pass the filter; `onlyMoved` hides them all, for they cannot have moved. */
export function shownUncounted(rows: readonly UncountedView[], filter: CounterFilter): readonly UncountedView[] {
  if (filter.onlyMoved) return [];
  const words = wordsOf(filter.text);
  return rows
    .filter((row) => filter.group === 'all' || row.group === filter.group)
    .filter((row) => matches(words, `${row.name} ${row.meaning} ${row.versions}`));
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function matches(words: readonly string[], text: string): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}
