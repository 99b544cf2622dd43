import type { NetDevRow } from '../../kernel/netDev.ts';
import type { Qdisc } from '../../kernel/qdisc.ts';
import type { Rates } from '../../model/rates.ts';
import type { Sample, Snapshot } from '../../model/snapshot.ts';

/** What the parts of the NICs tab look up, by interface: a host of ten thousand containers has as many of each. */
export interface NicSources {
  readonly snapshot: Snapshot;
  /** The last sample. */
  readonly sample: Sample | undefined;
  readonly rates: Rates | null;
  readonly qdiscs: ReadonlyMap<string, readonly Qdisc[]>;
  readonly netDev: ReadonlyMap<string, NetDevRow>;
  readonly nodeOf: ReadonlyMap<number, number>;
}

/** The last sample of a snapshot, by interface. */
export function nicSources(snapshot: Snapshot, rates: Rates | null): NicSources {
  const sample = snapshot.samples.at(-1);
  const qdiscs = new Map<string, Qdisc[]>();
  for (const qdisc of sample?.qdiscs.ok === true ? sample.qdiscs.value : []) {
    const own = qdiscs.get(qdisc.dev);
    if (own === undefined) qdiscs.set(qdisc.dev, [qdisc]);
    else own.push(qdisc);
  }
  return {
    snapshot,
    sample,
    rates,
    qdiscs,
    netDev: new Map(sample?.netDev.ok === true ? sample.netDev.value.map((row) => [row.name, row]) : []),
    nodeOf: new Map([...snapshot.cpus.nodes].flatMap(([node, cpus]) => cpus.map((cpu) => [cpu, node] as const))),
  };
}
