import type { Parsed, Warning } from './parsed.ts';
import { scanPerCpuTable } from './perCpuTable.ts';
import { warn } from './warnings.ts';

export interface SoftirqTable {
  /** Possible CPUs (not only online ones), as the header lists them. */
  readonly cpus: readonly number[];
  /** `NET_RX` to counts in the order of `cpus`. 32-bit in the kernel. */
  readonly rows: ReadonlyMap<string, Float64Array>;
}

/** NR_SOFTIRQS is 10; a rate of each on each of 8,192 CPUs is an object. */
const mostSoftirqs = 64;

/** /proc/softirqs. A row with fewer numbers than CPUs (cut text) keeps what it has, with a warning. */
export function parseSoftirqs(text: string): Parsed<SoftirqTable> {
  const warnings: Warning[] = [];
  const rows = new Map<string, Float64Array>();
  const cpus = scanPerCpuTable(text, warnings, ({ label, counts, cpuCount, rest, line }) => {
    if (rows.size === mostSoftirqs && !rows.has(label)) {
      warn(warnings, line, 'more softirqs than any kernel has');
      return;
    }
    rows.set(label, counts);
    if (rest !== '') warn(warnings, line, 'text where only numbers are expected');
    else if (counts.length < cpuCount) warn(warnings, line, 'fewer numbers than CPUs');
  });
  return { value: { cpus, rows }, warnings };
}
