import type { Rates } from '../model/rates.ts';
import { receivedFrames } from '../model/receivedFrames.ts';
import type { Nic, NicIrq, Snapshot } from '../model/snapshot.ts';
import { formatCount, formatShare } from './figures.ts';
import { have, lack, type Needed, notRead } from './rule.ts';

/** A vector of a NIC that brings received packets, and how often it interrupted between the samples. */
export interface VectorLoad {
  readonly vector: NicIrq;
  readonly perSecond: number;
  /** What it was counted over. */
  readonly seconds: number;
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
      return [{ vector, perSecond: total / seconds, seconds, cpus: hits.map(({ cpu }) => cpu) }];
    })
    .sort((a, b) => b.perSecond - a.perSecond);
}

/** Physical NICs, or why there is nothing to look at. */
export function physicalNics({ nics }: Snapshot): Needed<readonly Nic[]> {
  const physical = nics.filter((nic) => nic.physical);
  return physical.length > 0 ? have(physical) : lack('no NIC with hardware behind it is visible here');
}

/** Physical NICs of which a setting was read, or why there is none: the reason of the first, else `none`. */
export function nicsThatTell(
  snapshot: Snapshot,
  setting: 'channels' | 'features',
  none: string,
): Needed<readonly Nic[]> {
  const nics = physicalNics(snapshot);
  if (!nics.ok) return nics;
  const read = nics.value.filter((nic) => nic[setting].ok);
  if (read.length > 0) return have(read);
  const first = nics.value[0]?.[setting];
  return first?.ok === false ? notRead(first) : lack(none);
}

/** The CPUs that a NIC's receive vectors interrupted most. */
export function servingCpus(nic: Nic, rates: Rates): number[] {
  return [...new Set(receiveVectors(nic, rates).flatMap(({ cpus }) => cpus.slice(0, 1)))];
}

/** Below this part of a CPU's packets, or so few frames a second, a NIC is not what keeps it busy. Heuristics. */
const loadShare = 0.25;
const loadFrames = 1000;

/** In words, for thresholds that go by it. */
export const loadText = `of a NIC that brings ${formatCount(loadFrames)} frames/s and ${formatShare(loadShare)} of that CPU’s packets`;

/** Whether a NIC brings much of what a CPU receives; taken for so where neither is counted. */
export function isLoadOf(nic: Nic, cpu: number, rates: Rates): boolean {
  const processed = rates.softnet.get(cpu)?.processed?.perSecond;
  const frames = receivedFrames(nic, rates)?.perSecond;
  return frames === undefined || frames >= Math.max(loadFrames, loadShare * (processed ?? 0));
}
