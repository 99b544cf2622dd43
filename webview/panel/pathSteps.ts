import type { PathFigureView, PathState, PathStepView, PathView, PathWayId } from '../pathViews.ts';
import { count, plural, rate, si } from './format.ts';

/** A word for each state: never its colour alone. */
export const stateWords: Readonly<Record<PathState, string>> = {
  losing: 'losing now',
  clear: 'nothing lost',
  partly: 'nothing lost, as far as it could be read',
  lossless: 'nothing can be lost',
  unread: 'not read',
  uncounted: 'not measurable',
  absent: 'not on its way',
};

/** Where the keyboard goes: along the path, up and down as it is drawn, and across to the other lane. */
export type PathMove = 'up' | 'down' | 'left' | 'right' | 'first' | 'last';

const ways: readonly PathWayId[] = ['in', 'out', 'back'];

/** Every step in the order a packet takes them: in, out, and back from the NIC. */
export function stepsInOrder(path: PathView): readonly PathStepView[] {
  return ways.flatMap((way) => path.ways[way]);
}

/** The way that a step is on. */
export function wayOf(path: PathView, id: string): PathWayId {
  return ways.find((way) => path.ways[way].some((step) => step.id === id)) ?? 'in';
}

/** The step a key leads to; the same one where there is no other. The way in and the way back are drawn upwards. */
export function moveTo(path: PathView, id: string, move: PathMove): string {
  const order = stepsInOrder(path);
  const at = order.findIndex((step) => step.id === id);
  const way = wayOf(path, id);
  if (move === 'first') return order[0]?.id ?? id;
  if (move === 'last') return order.at(-1)?.id ?? id;
  if (move === 'left' || move === 'right') return across(path, order[at], way, move) ?? id;
  const onwards = (move === 'down') === (way === 'out');
  return order[at + (onwards ? 1 : -1)]?.id ?? id;
}

/** The step of the other lane in the same zone, or the nearest zone that has one. */
function across(path: PathView, from: PathStepView | undefined, way: PathWayId, move: 'left' | 'right'): string | null {
  if (from === undefined || (move === 'right') === (way !== 'in')) return null;
  const others = path.ways[way === 'in' ? 'out' : 'in'];
  const height = (step: PathStepView): number => path.zones.findIndex(({ id }) => id === step.zone);
  const best = others.toSorted((a, b) => Math.abs(height(a) - height(from)) - Math.abs(height(b) - height(from)));
  return best[0]?.id ?? null;
}

/** Steps that lose packets now, those that lose most first. */
export function losingSteps(path: PathView): readonly PathStepView[] {
  return stepsInOrder(path)
    .filter(({ state }) => state === 'losing')
    .toSorted((a, b) => (b.lost ?? 0) - (a.lost ?? 0));
}

/** What is lost of it, in a sentence: also how much of the path that can be said of. */
export function pathHeadline(path: PathView, seconds: number | null): string {
  const order = stepsInOrder(path);
  const amount = (...states: readonly PathState[]): number =>
    order.filter(({ state }) => states.includes(state)).length;
  const blind = amount('unread', 'uncounted', 'partly');
  const rest = blind === 0 ? '' : ` ${plural(blind, 'step')} cannot be measured, or not fully.`;
  if (seconds === null) return `Without two samples no loss can be seen: counters below count from boot.${rest}`;
  const losing = losingSteps(path);
  if (losing.length === 0)
    return `No loss in ${seconds.toFixed(1)} s at the ${amount('clear', 'partly')} steps where it is counted.${rest}`;
  return `Packets are lost at ${plural(losing.length, 'step')} now.${rest}`;
}

const shortUnits: ReadonlyMap<string, string> = new Map([
  ['packets/s', 'pkt/s'],
  ['interrupts/s', 'irq/s'],
  ['segments/s', 'seg/s'],
  ['datagrams/s', 'dgram/s'],
  ['connections/s', 'conn/s'],
  ['times/s', 'IPI/s'],
  ['packets an interrupt', 'pkt/irq'],
]);

/** `12.3 k pkt/s`: what passes a step, short enough for the picture. Empty where nobody counts it. */
export function flowText({ flow, noFlow }: PathStepView): string {
  if (flow === null) return noFlow === '' ? '' : '–';
  return `${si(flow.value)} ${shortUnits.get(flow.unit) ?? flow.unit}`;
}

/** The delay that moved most, `time_squeeze 12/s`; empty where none did. */
export function delayText({ figures }: PathStepView): string {
  const [most] = figures
    .filter(({ role, perSecond }) => role === 'delay' && (perSecond ?? 0) > 0)
    .toSorted((a, b) => (b.perSecond ?? 0) - (a.perSecond ?? 0));
  return most === undefined ? '' : `${shortName(most.name)} ${rate(most.perSecond ?? 0)}`;
}

function shortName(name: string): string {
  return name.slice(name.lastIndexOf(' ') + 1);
}

/** A figure in words: its rate, how it stands, or why it is not known. */
export function figureText(figure: PathFigureView): string {
  const { perSecond, text, value, unit, reason } = figure;
  if (perSecond !== null) return rate(perSecond, unit);
  if (text !== null) return text;
  const since = value === null ? '' : `${count(value)} since boot`;
  if (reason !== null) return since === '' ? `not read: ${reason}` : `${since}; no rate: ${reason}`;
  return since;
}
