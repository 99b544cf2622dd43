import type { CounterRowView, CountersView } from '../../../webview/counterViews.ts';
import type { NicCountersView } from '../../../webview/nicViews.ts';
import type { Part, SockstatView } from '../../../webview/protocol.ts';
import type { Observation } from '../../capture/observation.ts';
import type { Rates } from '../../model/rates.ts';
import type { Nic, Sample, Snapshot } from '../../model/snapshot.ts';
import { countersView } from './countersView.ts';
import { countersPart, driverCounters } from './nicCountersView.ts';
import { type NicSources, nicSources } from './nicSources.ts';
import { statisticsPart } from './nicStatisticsView.ts';
import { type Count, countReader } from './nicVectorsView.ts';
import { sockstatViews, tableViews } from './sockstatViews.ts';

/** What the steps of one interface's path look up. */
export interface PathSources {
  readonly snapshot: Snapshot;
  readonly rates: Rates | null;
  /** Why a counter has no rate. */
  readonly noRate: string;
  readonly sample: Sample | undefined;
  /** Undefined on a host that lists no interface. */
  readonly nic: Nic | undefined;
  readonly driver: string | null;
  readonly nics: NicSources;
  readonly statistics: Part<NicCountersView>;
  readonly driverCounters: Part<NicCountersView>;
  readonly vector: (irq: string) => Count;
  /** By the names of the Counters tab. */
  readonly counters: ReadonlyMap<string, CounterRowView>;
  readonly uncounted: CountersView['uncounted'];
  readonly gauges: ReadonlyMap<string, SockstatView>;
}

export function pathSources({ snapshot, rates: result }: Observation, nic: Nic | undefined): PathSources {
  const sample = snapshot.samples.at(-1);
  const rates = result.ok ? result.value : null;
  const noRates = result.ok ? null : result.reason;
  const nics = nicSources(snapshot, rates);
  const { rows, uncounted } = sample === undefined ? { rows: [], uncounted: [] } : countersView(sample, rates, noRates);
  return {
    snapshot,
    rates,
    noRate: noRates ?? 'not in both samples, or reset between them',
    sample,
    nic,
    driver: nic?.driver ?? (nic?.driverInfo.ok === true ? nic.driverInfo.value.driver : null),
    nics,
    statistics:
      nic === undefined
        ? { ok: false, reason: 'the host lists no interface', source: '/sys/class/net' }
        : statisticsPart(nic.name, nics),
    driverCounters:
      nic === undefined
        ? { ok: false, reason: 'the host lists no interface', source: 'ethtool -S' }
        : countersPart(driverCounters(nic, sample, rates)),
    vector: countReader(nics),
    counters: new Map(rows.map((row) => [row.name, row])),
    uncounted,
    gauges: new Map(sample === undefined ? [] : gaugesOf(sample, snapshot).map((gauge) => [gauge.name, gauge])),
  };
}

function gaugesOf(sample: Sample, snapshot: Snapshot): readonly SockstatView[] {
  const sockstats = [sample.sockstat, sample.sockstat6].flatMap((reading) => (reading.ok ? [reading.value] : []));
  return [...sockstatViews(sockstats, snapshot), ...tableViews(sample, snapshot)];
}
