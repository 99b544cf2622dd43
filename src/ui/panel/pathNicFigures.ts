import type { NicCounterView } from '../../../webview/nicViews.ts';
import { nicLosses } from '../../diagnosis/ringLoss.ts';
import { linkStatistic } from '../../knowledge/linkStatistics.ts';
import { nicCounterMeaning } from '../../knowledge/nicCounterMeanings.ts';
import { ringBlindDrivers } from '../../knowledge/ringCounters.ts';
import { qdiscsPart } from './nicQdiscsView.ts';
import { blank, type FoundFigure, total } from './pathFigure.ts';
import type { PathSources } from './pathSources.ts';

/** What /proc/net/dev calls it, where nothing better could be read. */
const netDevNames: ReadonlyMap<string, string> = new Map([
  ['rx_errors', 'rx_errs'],
  ['rx_frame_errors', 'rx_frame'],
  ['rx_dropped', 'rx_drop'],
  ['tx_errors', 'tx_errs'],
  ['tx_dropped', 'tx_drop'],
  ['tx_fifo_errors', 'tx_fifo'],
]);

/** A figure of the chosen interface, before it is read. */
function headOf(name: string, source: string, { nic }: PathSources) {
  return {
    ...blank,
    name,
    source,
    unit: 'packets',
    scope: 'interface' as const,
    tab: 'nics' as const,
    focus: nic === undefined ? null : `nic:${nic.name}`,
  };
}

/** A statistic that the kernel keeps of every interface. */
export function readNicStatistic(name: string, sources: PathSources): FoundFigure {
  const part = sources.statistics;
  const head = { ...headOf(name, part.source, sources), meaning: linkStatistic(name)?.meaning ?? '' };
  if (!part.ok) return { ...head, reason: part.reason };
  const { rows } = part.value;
  const row = rows.find((each) => each.name === name) ?? rows.find((each) => each.name === netDevNames.get(name));
  if (row !== undefined) return moved(row, { ...head, name: row.name }, sources);
  return name === 'rx_otherhost_dropped'
    ? 'this kernel or ip does not count frames for others (6.1 and later do)'
    : { ...head, reason: `${part.source} does not tell it apart` };
}

function moved(row: NicCounterView, head: Exclude<FoundFigure, string>, { noRate }: PathSources): FoundFigure {
  const { value, delta, perSecond } = row;
  return { ...head, value, delta, perSecond, reason: perSecond === null ? noRate : null };
}

/** What a full receive ring lost, by whichever of the driver's counters says most; `lost` false: what it nearly lost. */
export function readRing(lost: boolean, sources: PathSources): FoundFigure {
  const { nic, snapshot, rates, noRate, driver } = sources;
  const blind = ringBlindDrivers.get(driver ?? '');
  const head = {
    ...headOf(lost ? 'rx_missed_errors' : 'ring empty', `/sys/class/net/${nic?.name ?? '*'}/statistics`, sources),
    meaning: linkStatistic('rx_missed_errors')?.meaning ?? '',
  };
  if (nic === undefined) return { ...head, reason: 'the host lists no interface' };
  const losses = rates === null ? null : nicLosses(snapshot, rates);
  const own = losses?.ok === true ? losses.value.find((loss) => loss.nic.name === nic.name) : undefined;
  if (!lost) {
    const waiting = own?.sources.find(({ kind }) => kind === 'waiting');
    if (waiting === undefined) return 'no counter of this driver tells of it, or it did not move';
    const { field, source, delta } = waiting;
    const { perSecond } = delta;
    return {
      ...head,
      name: field,
      source,
      unit: 'times',
      delta: delta.delta,
      perSecond,
      meaning: nicCounterMeaning(field) ?? '',
    };
  }
  if (blind !== undefined) return { ...head, reason: blind };
  const stands = sources.statistics.ok
    ? (sources.statistics.value.rows.find(({ name }) => name === 'rx_missed_errors')?.value ?? null)
    : null;
  if (rates === null) return { ...head, value: stands, reason: noRate };
  if (own === undefined) return { ...head, value: stands, reason: losses?.ok === false ? losses.reason : noRate };
  if (own.lost === null) {
    const readable = rates.nicStatistics.get(nic.name)?.has('rx_missed_errors') || rates.ethtoolStats.has(nic.name);
    return readable === true
      ? { ...head, value: stands, delta: 0, perSecond: 0 }
      : { ...head, value: stands, reason: '/proc/net/dev does not tell missed frames from others' };
  }
  const { field, source, delta } = own.lost;
  const meaning = nicCounterMeaning(field) ?? head.meaning;
  return { ...head, name: field, source, meaning, value: delta.after, delta: delta.delta, perSecond: delta.perSecond };
}

interface DriverFamily {
  readonly keep: (row: NicCounterView) => boolean;
  readonly meaning: string;
}

const paused = (row: NicCounterView, direction: string): boolean =>
  row.kind === 'pause' &&
  new RegExp(`(?:^|_)${direction}_`).test(row.name) &&
  !/duration|transition|storm/.test(row.name);

/** Counters of drivers that mean one thing, whatever they are called. */
const families: ReadonlyMap<string, DriverFamily> = new Map([
  [
    'allowance',
    {
      keep: ({ kind, name }) => kind === 'allowance' && !name.includes('available'),
      meaning: 'Packets queued or dropped, because this cloud instance was over what it may use.',
    },
  ],
  [
    'pause-sent',
    { keep: (row) => paused(row, 'tx'), meaning: 'Pause frames sent: this NIC asked the switch to stop.' },
  ],
  [
    'pause-received',
    { keep: (row) => paused(row, 'rx'), meaning: 'Pause frames received: the switch asked this NIC to stop.' },
  ],
  [
    'stopped',
    {
      keep: ({ kind, name }) => kind === 'stopped' && !/wake|restart/i.test(name),
      meaning: 'A TX queue was full and was stopped: the NIC sends slower than the host queues.',
    },
  ],
]);

/** All of the driver's counters of one family together; the reason it does not apply where the driver has none. */
export function readDriver(name: string, sources: PathSources): FoundFigure {
  const part = sources.driverCounters;
  const family = families.get(name);
  if (!part.ok || family === undefined) return part.ok ? '' : `the driver’s counters were not read: ${part.reason}`;
  const rows = part.value.rows.filter(family.keep);
  if (rows.length === 0) return 'the driver counts no such thing';
  const named = rows.length === 1 ? (rows[0]?.name ?? name) : `${rows[0]?.name ?? name} and ${rows.length - 1} more`;
  const head = {
    ...headOf(named, part.source, sources),
    unit: name.startsWith('pause') ? 'frames' : 'times',
    meaning: family.meaning,
  };
  const value = total(rows.map((row) => row.value));
  const rates = rows.flatMap((row) => row.perSecond ?? []);
  if (rates.length === 0) return { ...head, value, reason: sources.noRate };
  return { ...head, value, delta: total(rows.flatMap((row) => row.delta ?? [])), perSecond: total(rates) };
}

/** Of the root qdisc, in which mq has the sum of its leaves. */
export function readQdisc(name: string, sources: PathSources): FoundFigure {
  const { nic, nics, noRate } = sources;
  const head = { ...headOf(`qdisc ${name}`, 'tc -s qdisc show', sources), meaning: qdiscMeanings.get(name) ?? '' };
  if (nic === undefined) return { ...head, reason: 'the host lists no interface' };
  const part = qdiscsPart(nic.name, nics);
  if (!part.ok) return { ...head, source: part.source, reason: part.reason };
  const root = part.value.find(({ parent }) => parent === 'root');
  if (root === undefined) return { ...head, reason: 'tc shows no root qdisc of this interface' };
  if (root.kind === 'noqueue') return 'noqueue: packets do not wait here, so none is dropped';
  if (name === 'backlog') {
    const { backlog, qlen } = root;
    return qlen === null
      ? { ...head, reason: 'tc does not print it' }
      : {
          ...head,
          name: `${root.kind} backlog`,
          value: qlen,
          text: `${qlen} packets (${backlog ?? '?'} bytes) waiting`,
        };
  }
  const { value, perSecond } = root[name as 'packets' | 'drops' | 'overlimits' | 'requeues'];
  return {
    ...head,
    name: `${root.kind} ${name}`,
    value,
    perSecond,
    reason: value === null ? 'tc does not print it' : perSecond === null ? noRate : null,
  };
}

const qdiscMeanings: ReadonlyMap<string, string> = new Map([
  ['packets', 'Packets handed to the driver through the root qdisc.'],
  ['drops', 'Dropped because the qdisc was full, or by its own decision (CoDel, policing).'],
  ['overlimits', 'Held back by a shaper, or found over its limit.'],
  ['requeues', 'Given back by the driver, whose ring was full.'],
  ['backlog', 'Waits in the root qdisc now.'],
]);
