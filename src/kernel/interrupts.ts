import type { Parsed, Warning } from './parsed.ts';
import { scanPerCpuTable } from './perCpuTable.ts';
import { decimal, tokens } from './scan.ts';

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

/** Rows that count for the whole machine: the x86 core and ARM print one number, whatever the header says. */
const totalRows = new Set(['ERR', 'MIS', 'Err']);

/**
 * /proc/interrupts. Rows may have fewer counts than the header has CPUs. ERR and MIS of kernels from 7.3 on are
 * ordinary rows with a description; of a single-CPU host they are told apart by it.
 */
export function parseInterrupts(text: string): Parsed<InterruptTable> {
  const warnings: Warning[] = [];
  const rows: InterruptRow[] = [];
  const cpus = scanPerCpuTable(text, warnings, ({ label, counts, cpuCount, rest }) => {
    const words = tokens(rest, 0, rest.length);
    const total = totalRows.has(label) && counts.length === 1 && (cpuCount > 1 || words.length === 0);
    const actions = isIrqNumber(label) ? actionsOf(words) : [];
    rows.push({ irq: label, counts, total, description: words.join(' '), actions });
  });
  return { value: { cpus, rows }, warnings };
}

function isIrqNumber(label: string): boolean {
  return !Number.isNaN(decimal(label, 0, label.length));
}

/**
 * `show_interrupts` (`kernel/irq/proc.c`) prints chip, hwirq if there is a domain, Level or Edge on some
 * architectures, `-flow`, then the actions. Older kernels glue hwirq and flow to the chip or to each other.
 */
function actionsOf(words: readonly string[]): string[] {
  let at = 1;
  const hwirq = words[at];
  if (hwirq !== undefined && /^\d+(?:-[A-Za-z]|$)/.test(hwirq)) at += 1;
  if (words[at] === 'Level' || words[at] === 'Edge') at += 1;
  if (words[at]?.startsWith('-') === true) at += 1;
  return words
    .slice(at)
    .join(' ')
    .split(',')
    .map((action) => action.trim())
    .filter((action) => action !== '');
}
