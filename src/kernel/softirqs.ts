export interface SoftirqTable {
  /** Possible CPUs (not only online ones), as the header lists them. */
  readonly cpus: readonly number[];
  /** `NET_RX` to counts in the order of `cpus`. 32-bit in the kernel. */
  readonly rows: ReadonlyMap<string, Float64Array>;
}
