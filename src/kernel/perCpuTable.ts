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
  let row = emptyRow(0);
  eachLine(text, (from, end, line) => {
    const start = skipBlanks(text, from, end);
    if (start === end) return;
    if (cpus.length === 0) {
      const header = headerCpus(text, start, end);
      columns = header.length;
      cpus = header.slice(0, mostCpus);
      row = emptyRow(cpus.length);
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
    readCounts(text, labelEnd + 1, end, columns, row);
    if (row.cut) warn(warnings, line, 'the text ends inside this row; its last number is left out');
    const label = text.slice(start, labelEnd).trimEnd();
    const counts = row.counts.slice(0, row.count);
    visit({ label, counts, cpuCount: cpus.length, restFrom: row.restFrom, end, line });
  });
  return cpus;
}

/** The numbers of one row, in one array for all rows. */
interface Row {
  readonly counts: Float64Array;
  count: number;
  /** Where the text after the numbers stands. */
  restFrom: number;
  /** The text ends inside the row, perhaps inside its last number. */
  cut: boolean;
}

function emptyRow(cpus: number): Row {
  return { counts: new Float64Array(cpus), count: 0, restFrom: 0, cut: false };
}

/** Nearly all of the time of this file is spent here: each character is looked at once. */
function readCounts(text: string, from: number, end: number, columns: number, row: Row): void {
  const { counts } = row;
  let count = 0;
  let at = skipBlanks(text, from, end);
  row.cut = false;
  while (count < columns && at < end) {
    let stop = at;
    let value = 0;
    let digit = text.charCodeAt(stop) - 48;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      stop += 1;
      digit = stop < end ? text.charCodeAt(stop) - 48 : -1;
    }
    // Beyond 15 digits the sum is no longer exact, and beyond 20 it is no count.
    if (stop - at > 15) value = decimal(text, at, stop);
    if (stop === at || tokenEnd(text, stop, end) !== stop || Number.isNaN(value)) break;
    if (stop === end && count > 0 && count < columns - 1 && isCut(text, end)) {
      row.cut = true;
      at = end;
      break;
    }
    if (count < counts.length) counts[count] = value;
    count += 1;
    at = skipBlanks(text, stop, end);
  }
  row.count = Math.min(count, counts.length);
  row.restFrom = at;
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
