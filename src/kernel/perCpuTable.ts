import { mostCpus } from './cpuList.ts';
import type { Warning } from './parsed.ts';
import { decimal, eachLine, findCode, isCut, skipBlanks, tokenEnd } from './scan.ts';
import { warn } from './warnings.ts';

/** One row of a table whose columns are CPUs: the label, its counts, and where the text after them stands. */
export interface PerCpuRow {
  readonly label: string;
  /** For the first `counts.length` CPUs of the header. */
  readonly counts: Float64Array;
  /** How many CPUs the header has, those that were cut off left out. */
  readonly cpuCount: number;
  readonly restFrom: number;
  readonly end: number;
  readonly line: number;
}

const colon = 58;

/**
 * A table is shown as rows times CPUs, however few numbers its rows hold. 2,048 rows of 8,192 CPUs, or 16,384 of 1,024,
 * are more than any host has.
 */
const mostCells = 16 * 1024 * 1024;

/**
 * Scans /proc/interrupts and /proc/softirqs: a header `CPU0 CPU2 ...`, then `label: count count ... text`. At most as
 * many numbers are read as the header has CPUs, so that a chip whose name is a number is not taken for a count. CPUs beyond
 * 8,192 and rows beyond 16 Mi cells are left out, with a warning.
 * Returns the CPU numbers of the header; without a header nothing can be read and a warning says so.
 */
export function scanPerCpuTable(text: string, warnings: Warning[], visit: (row: PerCpuRow) => void): number[] {
  // Numbers of a row that belong to CPUs, read or cut off.
  let columns = 0;
  let rowsLeft = 0;
  let cpus: number[] = [];
  let scratch = new Float64Array(0);
  eachLine(text, (from, end, line) => {
    const start = skipBlanks(text, from, end);
    if (start === end) return;
    if (cpus.length === 0) {
      const header = headerCpus(text, start, end);
      columns = header.length;
      cpus = header.slice(0, mostCpus);
      scratch = new Float64Array(cpus.length);
      rowsLeft = Math.floor(mostCells / cpus.length);
      if (columns === 0) warn(warnings, line, 'no header with CPU numbers before this line');
      if (columns > mostCpus) warn(warnings, line, `${columns} CPUs, of which the first ${mostCpus} are read`);
      return;
    }
    rowsLeft -= 1;
    if (rowsLeft < 0) {
      if (rowsLeft === -1) warn(warnings, line, 'more rows than any host has: left out from here');
      return;
    }
    const labelEnd = findCode(text, colon, start, end);
    if (labelEnd === end) {
      warn(warnings, line, 'no colon after a label');
      return;
    }
    let count = 0;
    let restFrom = skipBlanks(text, labelEnd + 1, end);
    while (count < columns && restFrom < end) {
      const stop = tokenEnd(text, restFrom, end);
      const value = decimal(text, restFrom, stop);
      if (Number.isNaN(value)) break;
      if (stop === end && count > 0 && count < columns - 1 && isCut(text, end)) {
        warn(warnings, line, 'the text ends inside this row; its last number is left out');
        restFrom = end;
        break;
      }
      // Past the columns that are read this writes nothing.
      scratch[count] = value;
      count += 1;
      restFrom = skipBlanks(text, stop, end);
    }
    const label = text.slice(start, labelEnd).trimEnd();
    visit({ label, counts: scratch.slice(0, count), cpuCount: cpus.length, restFrom, end, line });
  });
  return cpus;
}

function headerCpus(text: string, from: number, end: number): number[] {
  const cpus: number[] = [];
  for (let at = from; at < end; ) {
    const stop = tokenEnd(text, at, end);
    const cpu = text.startsWith('CPU', at) ? decimal(text, at + 3, stop) : Number.NaN;
    if (Number.isNaN(cpu)) return [];
    cpus.push(cpu);
    at = skipBlanks(text, stop, end);
  }
  return cpus;
}
