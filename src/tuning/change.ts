/** One setting to change, as data. Renderers in this folder print it in the form a file needs. */
export type Change = SysctlChange | RingChange;

export interface SysctlChange {
  readonly kind: 'sysctl';
  /** `net.core.netdev_max_backlog`; in the dotted spelling, where a dot inside a name is `/` (`net.ipv4.conf.eth0/100.mtu`). */
  readonly key: string;
  /** The value to set, as sysctl(8) would print it, blanks single. */
  readonly value: string;
  /** What the host runs with now; null when that could not be read. */
  readonly current: string | null;
  /** True for a limit, where more than `value` is fine as well; false for a mode or a range (`tcp_tw_reuse`). */
  readonly atLeast: boolean;
}

export interface RingChange {
  readonly kind: 'ring';
  readonly nic: string;
  readonly direction: 'rx' | 'tx';
  /** Descriptors. */
  readonly size: number;
  readonly current: number | null;
}
