/** One setting to change, as data. Renderers in this folder print it in the form a file needs. */
export type Change = SysctlChange | NicChange | IrqChange | IrqbalanceChange;

/** A setting of one NIC: what a udev rule can hold. */
export type NicChange = EthtoolChange | DeviceChange | QueueChange | QdiscChange | FilterChange;

export interface SysctlChange extends Value {
  readonly kind: 'sysctl';
  /** `net.core.netdev_max_backlog`; in the dotted spelling, where a dot inside a name is `/` (`net.ipv4.conf.eth0/100.mtu`). */
  readonly key: string;
}

/** What ethtool(8) sets by a name and a value: `ethtool -G eth0 rx 4096`. */
export interface EthtoolChange extends Value {
  readonly kind: 'ethtool';
  readonly nic: string;
  readonly set: EthtoolSet;
  /** As ethtool spells it in that command: `rx`, `combined`, `rx-usecs`, `gro`, `equal`, `weight`, `udp4`. */
  readonly name: string;
}

/** The commands of ethtool(8) that set something: -G, -L, -C, -K, -A, -X, and `-N NIC rx-flow-hash`. */
export type EthtoolSet = 'ring' | 'channels' | 'coalesce' | 'features' | 'pause' | 'rxfh' | 'rx-flow-hash';

/** A file of `/sys/class/net/NIC/`. */
export interface DeviceChange extends Value {
  readonly kind: 'device';
  readonly nic: string;
  readonly attribute: 'tx_queue_len' | 'mtu' | 'napi_defer_hard_irqs' | 'gro_flush_timeout' | 'threaded';
}

/** A file of `/sys/class/net/NIC/queues/`, in every receive or every transmit queue of the NIC, or in one. */
export interface QueueChange extends Value {
  readonly kind: 'queue';
  readonly nic: string;
  readonly attribute: 'rps_cpus' | 'rps_flow_cnt' | 'xps_cpus' | 'xps_rxqs';
  /** The one queue it is for; left out: all of them. */
  readonly queue?: number;
}

/** The root qdisc, by its kind: `fq`. */
export interface QdiscChange extends Value {
  readonly kind: 'qdisc';
  readonly nic: string;
}

/** A receive rule in the NIC (ntuple filter), by its place: `flow-type udp4 dst-port 53 action 2`, or `none`. */
export interface FilterChange extends Value {
  readonly kind: 'filter';
  readonly nic: string;
  readonly location: number;
}

/** The CPUs one interrupt may go to, as a list (`0-3`): `/proc/irq/N/smp_affinity_list`. */
export interface IrqChange extends Value {
  readonly kind: 'irq';
  readonly nic: string;
  /** What the driver called it (`eth0-TxRx-3`): its number is another one after the next boot. */
  readonly action: string;
}

/** A variable of irqbalance's environment file (irqbalance(1)); empty: not set. */
export interface IrqbalanceChange extends Value {
  readonly kind: 'irqbalance';
  readonly variable: 'IRQBALANCE_ARGS' | 'IRQBALANCE_BANNED_CPULIST';
}

interface Value {
  /** The value to set, as the kernel or the tool would print it, blanks single. */
  readonly value: string;
  /** What the host runs with now; null when that could not be read. */
  readonly current: string | null;
  /** True for a limit, where more than `value` is fine as well; false for a mode, a mask or a range (`tcp_tw_reuse`). */
  readonly atLeast: boolean;
}

/** Whether a udev rule can hold it, so far as its kind tells. */
export function isNicChange(change: Change): change is NicChange {
  return change.kind !== 'sysctl' && change.kind !== 'irq' && change.kind !== 'irqbalance';
}
