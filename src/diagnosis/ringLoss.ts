import { type RingCounterKind, ringCounter } from '../knowledge/ringCounters.ts';
import type { Delta, Rates, RatesResult } from '../model/rates.ts';
import { receivedFrames } from '../model/receivedFrames.ts';
import type { Nic, Snapshot } from '../model/snapshot.ts';
import { sumDeltas } from './evidence.ts';
import { physicalNics } from './nicLoad.ts';
import { have, lack, type Needed, notRead } from './rule.ts';

/** One counter (or the sum of one counter over the queues) that says a NIC ran out of receive descriptors. */
export interface LossSource {
  readonly source: string;
  readonly field: string;
  readonly kind: RingCounterKind;
  readonly delta: Delta;
}

export interface NicLoss {
  readonly nic: Nic;
  /** Counters that moved, largest first, whatever their kind. */
  readonly sources: readonly LossSource[];
  /**
   * The largest counter of lost frames; null when none moved. Drivers give one loss several names (`rx_missed_errors`
   * mirrors a register that `ethtool -S` prints too), so counters are not added: this is the least that was lost.
   */
  readonly lost: LossSource | null;
  readonly rxPackets: Delta | null;
}

/**
 * What each physical NIC lost for want of descriptors. Bonds, bridges and VLANs repeat the numbers of the NIC below
 * them and are left out.
 */
export function nicLosses(snapshot: Snapshot, rates: Rates): Needed<readonly NicLoss[]> {
  const physical = physicalNics(snapshot);
  if (!physical.ok) return physical;
  const readable = physical.value.filter(
    (nic) => rates.nicStatistics.has(nic.name) || rates.ethtoolStats.has(nic.name) || rates.netDev.has(nic.name),
  );
  if (readable.length > 0) return have(readable.map((nic) => lossOf(nic, rates)));
  const statistics = snapshot.samples.at(-1)?.nicStatistics;
  return statistics?.ok === false ? notRead(statistics) : lack('no NIC has its counters in both samples');
}

/**
 * Frames a second that the NICs lost, as R06 counts them: of each NIC its largest counter. 0 when no counter moved; null
 * when none could be read in both samples.
 */
export function ringLossPerSecond(snapshot: Snapshot, rates: RatesResult): number | null {
  const losses = rates.ok ? nicLosses(snapshot, rates.value) : rates;
  return losses.ok ? losses.value.reduce((sum, { lost }) => sum + (lost?.delta.perSecond ?? 0), 0) : null;
}

function lossOf(nic: Nic, rates: Rates): NicLoss {
  const sources = [...kernelSources(nic, rates), ...driverSources(nic, rates)]
    .filter((source) => source.delta.delta > 0)
    .sort((a, b) => b.delta.delta - a.delta.delta);
  const lost = sources.find((source) => source.kind !== 'waiting') ?? null;
  return { nic, sources, lost, rxPackets: receivedFrames(nic, rates) };
}

function kernelSources(nic: Nic, rates: Rates): LossSource[] {
  const statistics = rates.nicStatistics.get(nic.name);
  if (statistics !== undefined) {
    return ['rx_missed_errors', 'rx_fifo_errors'].flatMap((field) => {
      const delta = statistics.get(field);
      return delta === undefined
        ? []
        : [{ source: `/sys/class/net/${nic.name}/statistics/${field}`, field, kind: 'lost' as const, delta }];
    });
  }
  // rx_drop of this file mixes missed frames with software drops: only fifo tells.
  const fifo = rates.netDev.get(nic.name)?.get('rx_fifo');
  return fifo === undefined ? [] : [{ source: '/proc/net/dev', field: 'rx_fifo', kind: 'lost', delta: fifo }];
}

function driverSources(nic: Nic, rates: Rates): LossSource[] {
  const driver = nic.driver ?? (nic.driverInfo.ok ? nic.driverInfo.value.driver : null);
  const families = new Map<string, { kind: RingCounterKind; deltas: Delta[] }>();
  for (const [name, delta] of rates.ethtoolStats.get(nic.name) ?? []) {
    const match = ringCounter(driver, name);
    if (match === null) continue;
    const family = families.get(match.family) ?? { kind: match.kind, deltas: [] };
    family.deltas.push(delta);
    families.set(match.family, family);
  }
  return [...families].flatMap(([field, { kind, deltas }]) => {
    const delta = sumDeltas(deltas);
    return delta === null ? [] : [{ source: `ethtool -S ${nic.name}`, field, kind, delta }];
  });
}
