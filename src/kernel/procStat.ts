/** One `cpuN` line of /proc/stat, in USER_HZ ticks (1/100 s). `cpu` is -1 for the line of all CPUs. Absent columns (old kernels) are 0 ticks of that kind. */
export interface CpuTimes {
  readonly cpu: number;
  readonly user: number;
  readonly nice: number;
  readonly system: number;
  readonly idle: number;
  readonly iowait: number;
  readonly irq: number;
  readonly softirq: number;
  readonly steal: number;
}
