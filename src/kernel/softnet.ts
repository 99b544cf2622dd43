import type { Parsed, Warning } from './parsed.ts';
import { eachLineOfBytes, hex, skipBlanks, tokenEnd } from './scanBytes.ts';
import { warn } from './warnings.ts';

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

/** Kernels since 5.10 (and RHEL 8.5's 4.18) print the CPU's number here; backports make the version useless. */
const cpuColumn = 12;
/** RHEL 5; a line with fewer is not one of this file. */
const fewestColumns = 9;
/** Every column is printed with %08x. */
const digits = 8;

/**
 * /proc/net/softnet_stat: hex, one line for each online CPU, no header. `onlineCpus` names the lines of kernels that
 * print no CPU number, and only if it has as many CPUs as there are lines.
 */
export function parseSoftnetStat(text: string, onlineCpus: readonly number[] | null): Parsed<readonly SoftnetRow[]> {
  const warnings: Warning[] = [];
  const read: { columns: number[] | null; line: number }[] = [];
  let width = 0;
  eachLineOfBytes(text, (_part, bytes, from, end, line) => {
    if (skipBlanks(bytes, from, end) === end) return;
    const columns = hexColumns(bytes, from, end);
    const usable = columns !== null && columns.length >= fewestColumns && (width === 0 || columns.length === width);
    if (usable) width = columns.length;
    else warn(warnings, line, 'not a line of softnet_stat, or cut short');
    read.push({ columns: usable ? columns : null, line });
  });
  const cpus = onlineCpus !== null && onlineCpus.length === read.length ? onlineCpus : null;
  if (width > 0 && width <= cpuColumn && cpus === null) {
    warn(warnings, 1, 'this kernel prints no CPU numbers and the list of online CPUs does not fit the lines');
  }
  const value = read.flatMap(({ columns }, index) =>
    columns === null ? [] : [softnetRow(columns, columns[cpuColumn] ?? cpus?.[index] ?? null)],
  );
  return { value, warnings };
}

function hexColumns(bytes: Uint8Array, from: number, end: number): number[] | null {
  const columns: number[] = [];
  for (let at = skipBlanks(bytes, from, end); at < end; ) {
    const stop = tokenEnd(bytes, at, end);
    const value = hex(bytes, at, stop);
    // The text ends with this number, which may be a part of one.
    const isCut = stop - at < digits && stop === bytes.length - 1;
    if (Number.isNaN(value) || isCut) return null;
    columns.push(value);
    at = skipBlanks(bytes, stop, end);
  }
  return columns;
}

function softnetRow(columns: readonly number[], cpu: number | null): SoftnetRow {
  const [processed = 0, dropped = 0, time_squeeze = 0] = columns;
  return {
    cpu,
    processed,
    dropped,
    time_squeeze,
    cpu_collision: columns[8] ?? null,
    received_rps: columns[9] ?? null,
    flow_limit_count: columns[10] ?? null,
    backlog_len: columns[11] ?? null,
    input_qlen: columns[13] ?? null,
    process_qlen: columns[14] ?? null,
    columns,
  };
}
