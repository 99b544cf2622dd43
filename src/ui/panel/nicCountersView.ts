import type { NicCountersView, NicCounterView, NicFigureView } from '../../../webview/nicViews.ts';
import type { Part } from '../../../webview/protocol.ts';
import { figuresOf, type NicFigures } from '../../kernel/ethtool/queueFigures.ts';
import { placeStats } from '../../kernel/ethtool/statPlace.ts';
import type { EthtoolStat } from '../../kernel/ethtool/stats.ts';
import { statTraffic, type TrafficFigure } from '../../kernel/ethtool/statTraffic.ts';
import { nicCounterMeaning } from '../../knowledge/nicCounterMeanings.ts';
import { nicCounterKind, worstFirst } from '../../knowledge/nicCounters.ts';
import type { Rates } from '../../model/rates.ts';
import { missing, type Reading } from '../../model/reading.ts';
import type { Nic, Sample } from '../../model/snapshot.ts';

/** What a driver counts: figures a queue, and every line of it, worst kinds first. */
export interface DriverCounters {
  readonly now: NicFigures;
  /** The same figures a second; null where a line of them has no rate. */
  readonly rates: NicFigures;
  readonly view: NicCountersView;
}

/** `ethtool -S` of one interface, normalised; missing for the reason the reading is. */
export function driverCounters(nic: Nic, sample: Sample | undefined, rates: Rates | null): Reading<DriverCounters> {
  const source = `ethtool -S ${nic.name}`;
  const reading = sample?.ethtoolStats.get(nic.name);
  if (reading === undefined) return missing(source, 'skipped', 'not asked: no device behind this interface');
  if (!reading.ok) return reading;
  if (reading.value.length === 0) return missing(source, 'failed', 'the driver counts nothing of its own');
  return { ...reading, value: normalised(nic, reading.value, rates) };
}

function normalised(nic: Nic, stats: readonly EthtoolStat[], rates: Rates | null): DriverCounters {
  const placed = placeStats(stats);
  const traffic = statTraffic(placed);
  const values = new Map(placed.map(({ key, value }) => [key, value]));
  const deltas = rates?.ethtoolStats.get(nic.name);
  const rows = placed.map(({ key, name, queue, direction, value }): NicCounterView => {
    const delta = deltas?.get(key);
    return {
      key,
      // A heading of vmxnet3 stands above its lines: the queue belongs to the name.
      name: key === name || queue === null ? name : `${name} (${direction ?? ''}-${queue})`,
      kind: nicCounterKind(nic.driver, name),
      value,
      delta: delta?.delta ?? null,
      perSecond: delta?.perSecond ?? null,
      meaning: nicCounterMeaning(name) ?? '',
    };
  });
  return {
    now: figuresOf(traffic, (key) => values.get(key) ?? null),
    rates: figuresOf(traffic, (key) => deltas?.get(key)?.perSecond ?? null),
    view: { rows: worstFirst(rows) },
  };
}

/** The view of what was read, or why it was not. */
export function countersPart(reading: Reading<DriverCounters>): Part<NicCountersView> {
  return reading.ok
    ? { ok: true, value: reading.value.view, source: reading.source, warnings: reading.warnings.length }
    : { ok: false, reason: reading.reason, source: reading.source };
}

/** Figures of one queue as the driver counts them; all null where it does not count the queue. */
export function queueFigures(
  reading: Reading<DriverCounters>,
  direction: 'rx' | 'tx',
  index: number,
): Readonly<Record<TrafficFigure, NicFigureView>> {
  const of = (figures: NicFigures | null) => figures?.queues.find(({ queue }) => queue === index)?.[direction] ?? null;
  const now = of(reading.ok ? reading.value.now : null);
  const perSecond = of(reading.ok ? reading.value.rates : null);
  const figure = (name: TrafficFigure): NicFigureView => ({
    value: now?.[name] ?? null,
    perSecond: perSecond?.[name] ?? null,
  });
  return { packets: figure('packets'), bytes: figure('bytes'), drops: figure('drops'), errors: figure('errors') };
}
