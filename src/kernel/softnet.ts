/** One line of /proc/net/softnet_stat, named as `net/core/net-procfs.c` names it. `null`: this kernel prints no such column. */
export interface SoftnetRow {
  /** From the CPU-id column where there is one, else from the online list; null when neither tells. */
  readonly cpu: number | null;
  readonly processed: number;
  readonly dropped: number;
  readonly time_squeeze: number;
  readonly cpu_collision: number | null;
  readonly received_rps: number | null;
  readonly flow_limit_count: number | null;
  /** Packets waiting now. */
  readonly backlog_len: number | null;
  readonly input_qlen: number | null;
  readonly process_qlen: number | null;
  /** All columns as numbers, for what later kernels add. */
  readonly columns: readonly number[];
}
