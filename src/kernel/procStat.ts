import type { Parsed, Warning } from './parsed.ts';
import { decimal, eachLine, tokenEnd, tokens } from './scan.ts';
import { warn } from './warnings.ts';

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

/** Only user, nice, system and idle are in every kernel. */
const fewestColumns = 4;

/** The `cpu` and `cpuN` lines of /proc/stat; everything else in it is left alone. */
export function parseProcStat(text: string): Parsed<readonly CpuTimes[]> {
  const warnings: Warning[] = [];
  const value: CpuTimes[] = [];
  eachLine(text, (from, end, line) => {
    if (!text.startsWith('cpu', from)) return;
    const labelEnd = tokenEnd(text, from, end);
    const cpu = labelEnd === from + 3 ? -1 : decimal(text, from + 3, labelEnd);
    const ticks = tokens(text, labelEnd, end).map((token) => decimal(token, 0, token.length));
    const [user = Number.NaN, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = ticks;
    if (Number.isNaN(cpu) || ticks.length < fewestColumns || ticks.some(Number.isNaN)) {
      warn(warnings, line, 'not a cpu line, or cut short');
      return;
    }
    value.push({ cpu, user, nice, system, idle, iowait, irq, softirq, steal });
  });
  return { value, warnings };
}
