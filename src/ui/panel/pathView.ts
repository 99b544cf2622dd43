import type { PathFigureView, PathFlowView, PathRole, PathStepView, PathView } from '../../../webview/pathViews.ts';
import type { Observation } from '../../capture/observation.ts';
import type { Finding } from '../../diagnosis/finding.ts';
import { pathMeasures, type StepMeasures } from '../../knowledge/pathMeasures.ts';
import { type PathStop, pathZones, wayBack, wayIn, wayOut } from '../../knowledge/pathOrder.ts';
import { type Step, steps } from '../../knowledge/steps.ts';
import { virtualWay } from '../../knowledge/virtualWays.ts';
import type { Nic } from '../../model/snapshot.ts';
import { linkOf } from './nicFactsView.ts';
import { readFigure } from './pathFigures.ts';
import { readKnob } from './pathKnobs.ts';
import { type PathSources, pathSources } from './pathSources.ts';
import { stateOf } from './pathState.ts';

/** Names of this many interfaces are offered; a host of ten thousand containers has as many. */
const mostNames = 500;

/**
 * The packet's way by one interface, or by the first, physical ones coming first. Pure. A host whose interfaces were not
 * read has a path too: what is of the interface is unknown in it. Null for an interface that is not there.
 */
export function pathView(observation: Observation, name: string | null = null): PathView | null {
  const { nics } = observation.snapshot;
  const nic = name === null ? nics[0] : nics.find((each) => each.name === name);
  if (nic === undefined && name !== null) return null;
  const sources = pathSources(observation, nic);
  const way = nic === undefined || nic.physical ? null : virtualWay(nic.name, kindOf(nic));
  const of = (stops: readonly PathStop[], absent: (index: number, stop: PathStop) => string | null): PathStepView[] =>
    stops.map((stop, index) => stepView(stop, absent(index, stop), sources, observation));
  const entry = wayIn.findIndex(({ id }) => id === way?.from);
  const exit = wayOut.findIndex(({ id }) => id === 'E12');
  return {
    nic: nic?.name ?? '',
    kind: kindText(nic),
    end: way === null ? 'the wire' : `no wire: ${way.exit}`,
    nics: nics.slice(0, mostNames).map((each) => each.name),
    moreNics: Math.max(0, nics.length - mostNames),
    ways: {
      in: of(wayIn, (index, { id }) => (way !== null && index < entry && !way.still.includes(id) ? way.entry : null)),
      out: of(wayOut, (index) => (way !== null && index > exit ? way.exit : null)),
      back: of(wayBack, () => way?.exit ?? null),
    },
    zones: pathZones,
  };
}

const byId: ReadonlyMap<string, Step> = new Map(steps.map((step) => [step.id, step]));

function stepView(stop: PathStop, absent: string | null, sources: PathSources, observation: Observation): PathStepView {
  const { id, zone, aside } = stop;
  const step = byId.get(id);
  const measures = pathMeasures[id];
  const read = absent === null ? figuresOf(measures, sources) : [];
  const figures = read.flatMap(({ figure }) => (typeof figure === 'string' ? [] : [figure]));
  const skipped = read.flatMap(({ role, figure }) => (role === 'loss' && typeof figure === 'string' ? [figure] : []));
  const knobs = absent === null ? (measures.knobs ?? []) : [];
  return {
    id,
    name: step?.name ?? id,
    zone,
    aside,
    meaning: step?.meaning ?? '',
    functions: step?.functions ?? [],
    ...stateOf(measures, figures, skipped, absent, observation),
    ...flowOf(figures),
    figures,
    knobs: knobs.flatMap((knob) => readKnob(knob, sources.snapshot, sources.nic) ?? []),
    findings: observation.diagnosis.findings
      .filter((finding) => finding.step === id && isOf(finding, sources.nic))
      .map(({ key }) => key),
  };
}

const roles: readonly PathRole[] = ['pass', 'loss', 'part', 'discard', 'delay', 'stands'];

/** Every measure of a step; a text instead of a figure says why it does not apply. */
function figuresOf(
  measures: StepMeasures,
  sources: PathSources,
): { readonly role: PathRole; readonly figure: PathFigureView | string }[] {
  return roles.flatMap((role) =>
    (measures[role] ?? []).map((measure) => ({ role, figure: readFigure(measure, role, sources) })),
  );
}

/** What passes: counters of one unit together (IPv4 and IPv6), that of the first. */
function flowOf(figures: readonly PathFigureView[]): { readonly flow: PathFlowView | null; readonly noFlow: string } {
  const passing = figures.filter(({ role }) => role === 'pass');
  const [made] = passing.filter(({ perSecond, text, value }) => perSecond === null && text !== null && value !== null);
  if (made?.value !== null && made?.value !== undefined)
    return { flow: { value: made.value, unit: made.unit }, noFlow: '' };
  const [first] = passing;
  if (first === undefined) return { flow: null, noFlow: '' };
  const same = passing.filter(({ unit, perSecond }) => unit === first.unit && perSecond !== null);
  if (same.length === 0) return { flow: null, noFlow: first.reason ?? 'not known' };
  const value = same.reduce((sum, { perSecond }) => sum + (perSecond ?? 0), 0);
  return { flow: { value, unit: `${first.unit}/s` }, noFlow: '' };
}

/** Findings of other interfaces are not on this one's path. */
function isOf({ subject }: Finding, nic: Nic | undefined): boolean {
  return (subject.kind !== 'nic' && subject.kind !== 'queue') || subject.nic === nic?.name;
}

function kindOf({ ipLink }: Nic): string | null {
  return ipLink.ok ? ipLink.value.kind : null;
}

function kindText(nic: Nic | undefined): string {
  if (nic === undefined) return 'no interface was read';
  const link = linkOf(nic);
  if (!nic.physical) return ['no hardware behind it', kindOf(nic) ?? '', link].filter((part) => part !== '').join(', ');
  return [link, nic.driver ?? ''].filter((part) => part !== '').join(', ');
}
