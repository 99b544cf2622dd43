import type { NicSettingsView } from './nicSettingViews.ts';

/*
 * What the extension tells the panel of network interfaces. A figure that was not read is null and comes with its
 * reason, here or in the part that holds it.
 */

/** Every interface of the namespace, physical ones first. */
export interface NicsView {
  readonly nics: readonly NicView[];
}

export interface NicView {
  readonly name: string;
  /** A device stands behind it; false for lo, veth, bridges. */
  readonly physical: boolean;
  /** `25 Gbit/s`, `down`, `up`; empty when the host does not say. */
  readonly link: string;
  readonly facts: readonly NicFactView[];
  readonly traffic: NicTrafficView;
  readonly queues: readonly NicQueueView[];
  readonly settings: NicSettingsView;
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
}
