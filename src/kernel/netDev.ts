/** The columns of /proc/net/dev (`net/core/net-procfs.c`), receive then transmit. */
export const netDevColumns = [
  'rx_bytes',
  'rx_packets',
  'rx_errs',
  'rx_drop',
  'rx_fifo',
  'rx_frame',
  'rx_compressed',
  'rx_multicast',
  'tx_bytes',
  'tx_packets',
  'tx_errs',
  'tx_drop',
  'tx_fifo',
  'tx_colls',
  'tx_carrier',
  'tx_compressed',
] as const;

export type NetDevColumn = (typeof netDevColumns)[number];

export interface NetDevRow {
  readonly name: string;
  /** Column to counter. `rx_drop` is rx_dropped + rx_missed_errors: /proc/net/dev cannot tell the two apart. */
  readonly counters: Readonly<Record<NetDevColumn, number>>;
}
