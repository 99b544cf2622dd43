import type { PathFigureView } from '../../../webview/pathViews.ts';
import type { Reading } from '../../model/reading.ts';

/** A figure without its role; the text says why it does not apply to this host or interface. */
export type FoundFigure = Omit<PathFigureView, 'role' | 'explain'> | string;

/** What all figures have until something is known. */
export const blank = {
  unit: '',
  perSecond: null,
  delta: null,
  value: null,
  text: null,
  reason: null,
  meaning: '',
  where: '',
  focus: null,
} as const;

/** Why a reading is not there. */
export function reasonOf(reading: Reading<unknown> | undefined): string {
  if (reading === undefined) return 'the capture holds no such reading';
  return reading.ok ? 'the host does not say' : reading.reason;
}

/** The sum of these numbers. */
export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
