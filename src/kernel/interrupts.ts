export interface InterruptTable {
  /** CPU numbers of the header, in its order. Offline CPUs have no column. */
  readonly cpus: readonly number[];
  readonly rows: readonly InterruptRow[];
}

export interface InterruptRow {
  /** `24`, `NMI`, `IPI0`, `ERR` */
  readonly irq: string;
  /** One count for each of the first `counts.length` CPUs of the header; one total for rows such as ERR. 32-bit in the kernel. */
  readonly counts: Float64Array;
  /** True when the single count is a total (ERR, MIS, Err) and not that of the first CPU. */
  readonly total: boolean;
  /** The text after the counts with single blanks. */
  readonly description: string;
  /** What the driver called the vector(s), best effort: the tokens after chip, hwirq and trigger, split at commas. Empty for NMI, LOC ... */
  readonly actions: readonly string[];
}
