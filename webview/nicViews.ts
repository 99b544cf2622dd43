import type { NicSettingsView } from './nicSettingViews.ts';
import type { Part } from './protocol.ts';

/*
 * What the extension tells the panel of network interfaces. A figure that was not read is null and comes with its
 * reason, here or in the part that holds it.
 */

/** Every interface of the namespace, physical ones first. */
export interface NicsView {
  readonly nics: readonly NicView[];
  /** Of a host with hundreds of interfaces those that are neither physical nor among the busiest. */
  readonly others: readonly NicRowView[];
  /** How many more there are, with less traffic than these. */
  readonly leftOut: number;
}

/** What the list of interfaces says of each. */
export interface NicRowView {
  readonly name: string;
  /** `25 Gbit/s`, `down`, `up`; empty when the host does not say. */
  readonly link: string;
  readonly traffic: NicTrafficView;
}

export interface NicView extends NicRowView {
  /** A device stands behind it; false for lo, veth, bridges. */
  readonly physical: boolean;
  readonly facts: readonly NicFactView[];
  readonly queues: readonly NicQueueView[];
  readonly settings: NicSettingsView;
  readonly vectors: readonly NicVectorView[];
  /** NUMA node of the device; null where it has none or there is but one. */
  readonly numaNode: number | null;
  readonly qdiscs: Part<readonly NicQdiscView[]>;
  /** What the kernel counts for every interface. */
  readonly statistics: Part<NicCountersView>;
  /** What the driver counts. */
  readonly counters: Part<NicCountersView>;
}

/** One fact of an interface; `value` null: the host does not say. */
export interface NicFactView {
  readonly label: string;
  readonly value: string | null;
}

/** Per second, counted by the kernel for the whole interface; null when there is no rate. */
export interface NicTrafficView {
  readonly rxPackets: number | null;
  readonly rxBytes: number | null;
  readonly txPackets: number | null;
  readonly txBytes: number | null;
  /** The file or command the rates are from. */
  readonly source: string;
}

export interface NicQueueView {
  /** `rx-0` */
  readonly name: string;
  /** CPUs of rps_cpus or xps_cpus, `0-3`; empty: off; null: no such file, or it cannot be read. */
  readonly steering: string | null;
  /** rps_flow_cnt; null for a transmit queue. */
  readonly flowCount: number | null;
  /** XPS by receive queue (`xps_rxqs`), Mbit/s it may send (0: no limit), its traffic class; null where there is none. */
  readonly rxQueues: string | null;
  readonly maxRate: number | null;
  readonly trafficClass: string | null;
  /** Null: a receive queue, or a driver without byte queue limits. */
  readonly limits: NicLimitsView | null;
  /** As the driver counts the queue. */
  readonly packets: NicFigureView;
  readonly bytes: NicFigureView;
  readonly drops: NicFigureView;
  readonly errors: NicFigureView;
}

/** Byte queue limits: how much may be handed to the NIC at once, and how much is there now. Bytes. */
export interface NicLimitsView {
  readonly limit: number;
  readonly limitMin: number | null;
  readonly limitMax: number | null;
  readonly inflight: number | null;
  readonly stalls: number | null;
}

export interface NicVectorView {
  readonly irq: string;
  readonly action: string;
  /** `rx-3`, `tx-3`, `rxtx-3`; null: no queue's. */
  readonly queue: string | null;
  /** Where it may run now, where it was asked to, and where the driver would have it: `0-3`. */
  readonly cpus: string | null;
  readonly requested: string | null;
  readonly hint: string | null;
  /** The CPU that took most of it; null when it did not fire. */
  readonly mostlyOn: number | null;
  /** NUMA nodes of `cpus`. */
  readonly nodes: readonly number[];
  /** None of them is the NIC's. */
  readonly foreign: boolean;
  readonly count: number | null;
  readonly perSecond: number | null;
}

export interface NicQdiscView {
  readonly key: string;
  readonly kind: string;
  readonly parent: string;
  /** The TX queue of a leaf of mq. */
  readonly queue: number | null;
  readonly options: string;
  readonly packets: NicFigureView;
  readonly bytes: NicFigureView;
  readonly drops: NicFigureView;
  readonly overlimits: NicFigureView;
  readonly requeues: NicFigureView;
  /** Bytes and packets waiting. */
  readonly backlog: number | null;
  readonly qlen: number | null;
  /** What the kind counts beside. */
  readonly details: readonly { readonly name: string; readonly value: number; readonly perSecond: number | null }[];
}

/** A counter as it stands and a second; null where it was not counted or has no rate. */
export interface NicFigureView {
  readonly value: number | null;
  readonly perSecond: number | null;
}

export interface NicCountersView {
  /** Every line of the driver's statistics, the worst kinds first. */
  readonly rows: readonly NicCounterView[];
}

export interface NicCounterView {
  /** Tells a line from every other of its interface. */
  readonly key: string;
  readonly name: string;
  readonly kind: 'error' | 'drop' | 'ring' | 'stopped' | 'allowance' | 'pause' | 'info';
  readonly value: number;
  readonly delta: number | null;
  readonly perSecond: number | null;
  /** Empty where nothing is known beyond the name. */
  readonly meaning: string;
}
