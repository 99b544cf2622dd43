import type { NicCountersView, NicCounterView, NicTrafficView } from '../../../webview/nicViews.ts';
import type { Part } from '../../../webview/protocol.ts';
import { netDevColumns } from '../../kernel/netDev.ts';
import { linkStatistic } from '../../knowledge/linkStatistics.ts';
import { nicCounterMeaning } from '../../knowledge/nicCounterMeanings.ts';
import { nicCounterKind, worstFirst } from '../../knowledge/nicCounters.ts';
import type { Delta } from '../../model/rates.ts';
import type { NicSources } from './nicSources.ts';

/** The kernel's statistics of one interface, whichever source had them. */
interface Statistics {
  readonly source: string;
  readonly counters: ReadonlyMap<string, number>;
  readonly deltas: ReadonlyMap<string, Delta> | undefined;
  readonly warnings: number;
}

/** `ip -s -s link` or sysfs; where neither could be read /proc/net/dev, whose columns lump several counters together. */
function statisticsOf(nic: string, { sample, rates, netDev }: NicSources): Statistics | null {
  const all = sample?.nicStatistics;
  const counters = all?.ok === true ? all.value.get(nic) : undefined;
  // A capture from before all statistics were read has a few of them.
  if (all?.ok === true && counters?.has('rx_bytes') === true) {
    const { source, warnings } = all;
    return { source, counters, deltas: rates?.nicStatistics.get(nic), warnings: warnings.length };
  }
  const dev = sample?.netDev;
  const row = netDev.get(nic);
  if (dev === undefined || row === undefined) return null;
  return {
    source: dev.source,
    counters: new Map(netDevColumns.map((column) => [column, row.counters[column]])),
    deltas: rates?.netDev.get(nic),
    warnings: dev.ok ? dev.warnings.length : 0,
  };
}

/** What the kernel counts of one interface, errors and drops first. */
export function statisticsPart(nic: string, sources: NicSources): Part<NicCountersView> {
  const statistics = statisticsOf(nic, sources);
  if (statistics === null) {
    const reading = sources.sample?.nicStatistics;
    const reason = reading?.ok === false ? reading.reason : 'neither ip nor /proc/net/dev shows it';
    return { ok: false, reason, source: reading?.source ?? 'ip -s -s link' };
  }
  const rows = [...statistics.counters].map(([name, value]): NicCounterView => {
    const known = linkStatistic(name);
    const delta = statistics.deltas?.get(name);
    return {
      key: name,
      name,
      kind: known?.kind ?? netDevKinds.get(name) ?? nicCounterKind(null, name),
      value,
      delta: delta?.delta ?? null,
      perSecond: delta?.perSecond ?? null,
      meaning: known?.meaning ?? netDevMeanings.get(name) ?? nicCounterMeaning(name) ?? '',
    };
  });
  return { ok: true, value: { rows: worstFirst(rows) }, source: statistics.source, warnings: statistics.warnings };
}

const netDevKinds: ReadonlyMap<string, NicCounterView['kind']> = new Map([
  ['rx_errs', 'error'],
  ['tx_errs', 'error'],
  ['rx_fifo', 'ring'],
  ['rx_frame', 'error'],
  ['tx_fifo', 'error'],
  ['tx_colls', 'error'],
  ['tx_carrier', 'error'],
]);
const netDevMeanings: ReadonlyMap<string, string> = new Map([
  ['rx_drop', 'Dropped by software and missed by the device together: /proc/net/dev cannot tell the two apart.'],
  ['rx_frame', 'Length, overrun, checksum and alignment errors together.'],
  ['tx_carrier', 'Carrier, aborted, window and heartbeat errors together.'],
]);

/** Packets and bytes a second of one interface. */
export function trafficView(nic: string, sources: NicSources): NicTrafficView {
  const statistics = statisticsOf(nic, sources);
  const perSecond = (name: string): number | null => statistics?.deltas?.get(name)?.perSecond ?? null;
  return {
    rxPackets: perSecond('rx_packets'),
    rxBytes: perSecond('rx_bytes'),
    txPackets: perSecond('tx_packets'),
    txBytes: perSecond('tx_bytes'),
    source: statistics?.source ?? '/proc/net/dev',
  };
}
