import type { CpuTimes } from '../kernel/procStat.ts';

/** One counter in two samples of one boot. */
export interface Delta {
  readonly before: number;
  readonly after: number;
  /** `after - before`, already corrected for a wrap at the width of the kernel's counter. */
  readonly delta: number;
  /** Host seconds between the two readings. */
  readonly seconds: number;
  readonly perSecond: number;
}

/**
 * What changed between the two samples of a snapshot, matched by identity (CPU number, IRQ label, NIC name).
 * A member without an entry was not in both samples, or went backwards (a reset); `notes` says which.
 */
export interface Rates {
  readonly seconds: number;
  readonly softnet: ReadonlyMap<number, SoftnetRates>;
  readonly interrupts: InterruptRates;
  /** Softirq name (`NET_RX`) to deltas by CPU number. */
  readonly softirqs: ReadonlyMap<string, ReadonlyMap<number, Delta>>;
  readonly cpuTimes: ReadonlyMap<number, CpuShares>;
  /** NIC name to /proc/net/dev column to delta. */
  readonly netDev: ReadonlyMap<string, ReadonlyMap<string, Delta>>;
  /** NIC name to `/sys/class/net/X/statistics` file to delta. */
  readonly nicStatistics: ReadonlyMap<string, ReadonlyMap<string, Delta>>;
  readonly ethtoolStats: ReadonlyMap<string, ReadonlyMap<string, Delta>>;
  /** By `qdiscKey`, its counters and those of its kind. */
  readonly qdiscs: ReadonlyMap<string, ReadonlyMap<string, Delta>>;
  /** `TcpExt`, `Tcp`, `Udp`, `Ip6` ... to counter name to delta; snmp, netstat and snmp6 together. */
  readonly protocols: ReadonlyMap<string, ReadonlyMap<string, Delta>>;
  /** File of /proc/net/stat (`nf_conntrack`) to column to its delta, all CPUs together. */
  readonly netStat: ReadonlyMap<string, ReadonlyMap<string, Delta>>;
  readonly xfrm: ReadonlyMap<string, Delta>;
  /** File of /proc/pressure to `some` and `full`: share of the interval (0..1) that tasks waited. */
  readonly pressure: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** `local address:port` of a listener to the change of its own drop count. */
  readonly listenerDrops: ReadonlyMap<string, Delta>;
  /** `udpKey` of a UDP socket to the change of its own drop count. */
  readonly udpDrops: ReadonlyMap<string, Delta>;
  readonly notes: readonly string[];
}

/** Plain numbers, not `Delta`s: a large host has half a million cells. */
export interface InterruptRates {
  /** CPU numbers of the columns. */
  readonly cpus: readonly number[];
  /** IRQ label to the change in each column (one element for rows with one total); NaN where there is none. */
  readonly rows: ReadonlyMap<string, Float64Array>;
}

export interface SoftnetRates {
  readonly processed: Delta | null;
  readonly dropped: Delta | null;
  readonly time_squeeze: Delta | null;
  readonly received_rps: Delta | null;
  readonly flow_limit_count: Delta | null;
}

/** Share of the interval (0..1) that a CPU spent in each kind of work. */
export type CpuShares = { readonly [K in Exclude<keyof CpuTimes, 'cpu'>]: number };

/** Rates, or why there are none (one sample, two boots, no clock). */
export type RatesResult =
  | { readonly ok: true; readonly value: Rates }
  | { readonly ok: false; readonly reason: string };
