import type { NicRowView, NicsView, NicView } from '../../../webview/nicViews.ts';
import type { Rates } from '../../model/rates.ts';
import type { Nic, Snapshot } from '../../model/snapshot.ts';
import { countersPart, driverCounters } from './nicCountersView.ts';
import { factsOf, linkOf } from './nicFactsView.ts';
import { qdiscsPart } from './nicQdiscsView.ts';
import { nicQueueViews } from './nicQueuesView.ts';
import { nicSettingsView } from './nicSettingsView.ts';
import { type NicSources, nicSources } from './nicSources.ts';
import { statisticsPart, trafficView } from './nicStatisticsView.ts';
import { type Count, countReader, nicVectorViews } from './nicVectorsView.ts';

/** More than this in full would make a message of tens of megabytes of a host with ten thousand containers. */
const mostInFull = 300;
/** And of this many what goes in and out. */
const mostListed = 1300;

/** The interfaces of a snapshot for the NICs tab, in the snapshot's order: physical ones first. */
export function nicsView(snapshot: Snapshot, rates: Rates | null): NicsView {
  const sources = nicSources(snapshot, rates);
  const countOf = countReader(sources);
  const ordered = byInterest(snapshot.nics, sources);
  const inFull = new Set(ordered.slice(0, mostInFull));
  const listed = new Set(ordered.slice(mostInFull, mostListed));
  return {
    nics: snapshot.nics.filter((nic) => inFull.has(nic)).map((nic) => nicView(nic, sources, countOf)),
    others: snapshot.nics.filter((nic) => listed.has(nic)).map((nic) => rowView(nic, sources)),
    leftOut: Math.max(0, ordered.length - mostListed),
  };
}

/** The physical ones, then the busiest, where there are so many that some are left out. */
function byInterest(nics: readonly Nic[], sources: NicSources): readonly Nic[] {
  if (nics.length <= mostInFull) return nics;
  const packets = new Map(
    nics.map((nic) => {
      const { rxPackets, txPackets } = trafficView(nic.name, sources);
      return [nic, (rxPackets ?? 0) + (txPackets ?? 0)];
    }),
  );
  return nics.toSorted(
    (a, b) => Number(b.physical) - Number(a.physical) || (packets.get(b) ?? 0) - (packets.get(a) ?? 0),
  );
}

function rowView(nic: Nic, sources: NicSources): NicRowView {
  return { name: nic.name, link: linkOf(nic), traffic: trafficView(nic.name, sources) };
}

function nicView(nic: Nic, sources: NicSources, countOf: (irq: string) => Count): NicView {
  const counters = driverCounters(nic, sources.sample, sources.rates);
  return {
    ...rowView(nic, sources),
    physical: nic.physical,
    facts: factsOf(nic),
    queues: nicQueueViews(nic, counters),
    vectors: nicVectorViews(nic, sources, countOf),
    numaNode: sources.snapshot.cpus.nodes.size > 1 ? nic.numaNode : null,
    qdiscs: qdiscsPart(nic.name, sources),
    statistics: statisticsPart(nic.name, sources),
    counters: countersPart(counters),
    settings: nicSettingsView(sources.snapshot, nic),
  };
}
