import type { PathFigureView, PathState } from '../../../webview/pathViews.ts';
import type { Observation } from '../../capture/observation.ts';
import { formatCount, formatRate } from '../../diagnosis/figures.ts';
import type { StepMeasures } from '../../knowledge/pathMeasures.ts';

export interface StepState {
  readonly state: PathState;
  readonly why: string;
  readonly lost: number | null;
}

/**
 * Whether packets are lost at a step. Only what was counted in both samples can be said to be 0; `skipped`: why some
 * losses cannot be there (`noqueue` drops nothing).
 */
export function stateOf(
  measures: StepMeasures,
  figures: readonly PathFigureView[],
  skipped: readonly string[],
  absent: string | null,
  { rates }: Observation,
): StepState {
  if (absent !== null) return { state: 'absent', why: `Not on the way of this interface: ${absent}.`, lost: null };
  if (measures.loss === undefined) {
    return measures.lossless === undefined
      ? { state: 'uncounted', why: `Not measurable: ${measures.uncounted ?? 'nothing counts it'}.`, lost: null }
      : { state: 'lossless', why: `Nothing can be lost here: ${measures.lossless}.`, lost: null };
  }
  const losses = figures.filter(({ role }) => role === 'loss');
  if (losses.length === 0) {
    return { state: 'lossless', why: `Nothing can be lost here: ${[...new Set(skipped)].join('; ')}.`, lost: null };
  }
  const known = losses.filter(({ perSecond }) => perSecond !== null);
  const unknown = losses.filter(({ perSecond }) => perSecond === null);
  const reasons = [...new Set(unknown.map(({ reason }) => reason ?? 'not read'))].join('; ');
  if (known.length === 0) return { state: 'unread', why: `Losses are not known: ${reasons}.`, lost: null };
  const lost = known.reduce((sum, { perSecond }) => sum + (perSecond ?? 0), 0);
  const seconds = rates.ok ? `${formatCount(Number(rates.value.seconds.toFixed(1)))} s` : 'the interval';
  const names = (list: readonly PathFigureView[]): string => list.map(({ name }) => name).join(', ');
  const rest = unknown.length === 0 ? '' : ` Not known: ${names(unknown)} (${reasons}).`;
  if (lost > 0) {
    const moved = known.filter(({ perSecond }) => (perSecond ?? 0) > 0);
    const parts = moved.map(
      ({ name, perSecond, delta }) =>
        `${name} ${formatRate(perSecond ?? 0)}${delta === null ? '' : ` (+${formatCount(delta)})`}`,
    );
    const whose = moved.some(({ scope }) => scope === 'interface') ? '' : ' Counted for all interfaces together.';
    return { state: 'losing', why: `Lost here in ${seconds}: ${parts.join(', ')}.${whose}${rest}`, lost };
  }
  return {
    state: unknown.length === 0 ? 'clear' : 'partly',
    why: `Nothing lost in ${seconds}, by ${names(known)}.${rest}`,
    lost: 0,
  };
}
