import type { Rates } from '../model/rates.ts';
import type { Nic, NicIrq, Snapshot } from '../model/snapshot.ts';
import { have, lack, type Needed } from './rule.ts';

/** A vector of a NIC that brings received packets, and how often it interrupted between the samples. */
export interface VectorLoad {
  readonly vector: NicIrq;
  readonly perSecond: number;
  /** CPUs it interrupted, most often first. */
  readonly cpus: readonly number[];
}

/** The receive vectors of a NIC that are known in both samples, busiest first. */
export function receiveVectors(nic: Nic, { interrupts, seconds }: Rates): VectorLoad[] {
  return nic.irqs
    .filter(({ role }) => role === 'rx' || role === 'rxtx')
    .flatMap((vector) => {
      const deltas = interrupts.rows.get(vector.irq);
      if (deltas === undefined) return [];
      const hits = [...deltas]
        .map((delta, column) => ({ cpu: interrupts.cpus[column] ?? -1, delta }))
        .filter(({ cpu, delta }) => cpu >= 0 && delta > 0)
        .sort((a, b) => b.delta - a.delta);
      const total = hits.reduce((sum, { delta }) => sum + delta, 0);
      return [{ vector, perSecond: total / seconds, cpus: hits.map(({ cpu }) => cpu) }];
    })
    .sort((a, b) => b.perSecond - a.perSecond);
}

/** Physical NICs, or why there is nothing to look at. */
export function physicalNics({ nics }: Snapshot): Needed<readonly Nic[]> {
  const physical = nics.filter((nic) => nic.physical);
  return physical.length > 0 ? have(physical) : lack('no NIC with hardware behind it is visible here');
}

/** CPUs that a NIC's work may go to: those of its NUMA node, without isolated ones; all online where the node is not known. */
export function localCpus(nic: Nic, { cpus }: Snapshot): readonly number[] {
  const online = cpus.online ?? [];
  const node = nic.numaNode === null ? undefined : cpus.nodes.get(nic.numaNode);
  const isolated = new Set(cpus.isolated ?? []);
  return online.filter((cpu) => !isolated.has(cpu) && (node === undefined || node.includes(cpu)));
}

/** A mask of CPUs as sysfs takes it: hex, groups of 32 bits joined by commas. */
export function maskOf(cpus: readonly number[]): string {
  const groups: number[] = [];
  for (const cpu of cpus) {
    const group = Math.floor(cpu / 32);
    while (groups.length <= group) groups.push(0);
    groups[group] = ((groups[group] ?? 0) | (1 << (cpu % 32))) >>> 0;
  }
  const [first = 0, ...others] = groups.reverse();
  return [first.toString(16), ...others.map((group) => group.toString(16).padStart(8, '0'))].join(',');
}

/** Frames a second that a NIC received; null when that is not known. */
export function receivedPerSecond(nic: Nic, rates: Rates): number | null {
  const delta = rates.nicStatistics.get(nic.name)?.get('rx_packets') ?? rates.netDev.get(nic.name)?.get('rx_packets');
  return delta?.perSecond ?? null;
}
