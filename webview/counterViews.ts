/** What the Counters tab shows. Own words of the counters come from `src/knowledge`. */
export interface CountersView {
  /** Every figure that this kernel prints, in the kernel's order. */
  readonly rows: readonly CounterRowView[];
  /** Figures that other kernels print and this one does not: they are unknown here, not 0. */
  readonly uncounted: readonly UncountedView[];
  /** Files that could not be read. */
  readonly missing: readonly { readonly group: CounterGroup; readonly source: string; readonly reason: string }[];
  /** Time of each CPU between the samples; empty when there are no two. */
  readonly cpuTimes: readonly CpuTimeView[];
}

export const counterGroups = [
  'TCP',
  'UDP',
  'IP',
  'IPv6',
  'ICMP',
  'MPTCP',
  'Conntrack',
  'Neighbours',
  'IPsec',
  'Memory and pressure',
  'Sockets',
] as const;
export type CounterGroup = (typeof counterGroups)[number];

export interface CounterRowView {
  readonly group: CounterGroup;
  /** `TcpExt ListenOverflows` */
  readonly name: string;
  /** Since boot of a counter; as it stands of a gauge. */
  readonly value: number;
  /** `packets`, `ms`, `percent` ...; empty where it is not known. */
  readonly unit: string;
  readonly kind: 'counter' | 'gauge' | 'setting';
  readonly delta: number | null;
  readonly perSecond: number | null;
  /** Of time that passed while something waited: its share of the interval, 0..1. */
  readonly share: number | null;
  /** Why there is neither rate nor share; null where there is one, or can be none. */
  readonly noRate: string | null;
  readonly severity: 'loss' | 'delay' | 'info';
  /** `I20 SYN and accept queue`; null for what is on no packet's way. */
  readonly step: string | null;
  /** The kernel's function; empty where it is not known. */
  readonly where: string;
  readonly meaning: string;
  /** Of this network namespace, or of the whole machine. */
  readonly scope: 'namespace' | 'machine';
}

export interface UncountedView {
  readonly group: CounterGroup;
  readonly name: string;
  readonly meaning: string;
  /** `Linux 6.7 and later`; empty where it is not known. */
  readonly versions: string;
}

/** Shares of the interval, 0..1. */
export interface CpuTimeView {
  readonly cpu: number;
  readonly softirq: number;
  readonly irq: number;
  readonly steal: number;
  readonly system: number;
  readonly user: number;
  readonly idle: number;
}
