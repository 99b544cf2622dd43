import { mostCpus } from './cpuList.ts';
import type { Warning } from './parsed.ts';
import { decimal, eachLineOfBytes, findCode, skipBlanks, tokenEnd } from './scanBytes.ts';
import { warn } from './warnings.ts';

/** One row of a table whose columns are CPUs: the label, its counts, and the text after them. */
export interface PerCpuRow {
  readonly label: string;
  /** For the first `counts.length` CPUs of the header; a part of an array that other rows share. */
  readonly counts: Float64Array;
  /** How many CPUs the header has, those that were cut off left out. */
  readonly cpuCount: number;
  /** The text after the counts. */
  readonly rest: string;
  readonly line: number;
}

const colon = 58;

/**
 * A table is shown as rows times CPUs, however few numbers its rows hold. 2,048 rows of 8,192 CPUs, or 16,384 of 1,024,
 * are more than any host has.
 */
const mostCells = 16 * 1024 * 1024;

/** Rows whose counts share one array: an array of its own for each would take longer than reading them. */
const rowsTogether = 64;

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
  let cells = new Float64Array(0);
  let used = 0;
  eachLineOfBytes(text, (part, bytes, from, end, line) => {
    const start = skipBlanks(bytes, from, end);
    if (start === end) return;
    if (cpus.length === 0) {
      const header = headerCpus(part, bytes, start, end);
      columns = header.length;
      cpus = header.slice(0, mostCpus);
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
    const labelEnd = findCode(bytes, colon, start, end);
    if (labelEnd === end) {
      warn(warnings, line, 'no colon after a label');
      return;
    }
    if (used + cpus.length > cells.length) {
      cells = new Float64Array(cpus.length * rowsTogether);
      used = 0;
    }
    const counts = cells.subarray(used, used + cpus.length);
    const read = readCounts(bytes, labelEnd + 1, end, columns, counts);
    if (read.cut) warn(warnings, line, 'the text ends inside this row; its last number is left out');
    const label = part.slice(start, labelEnd).trimEnd();
    const count = Math.min(read.count, cpus.length);
    used += count;
    const own = count === cpus.length ? counts : counts.subarray(0, count);
    visit({ label, counts: own, cpuCount: cpus.length, rest: part.slice(read.end, end), line });
  });
  return cpus;
}

/** The numbers of one row. */
interface Counts {
  /** How many there are; of those beyond the array's length nothing is kept. */
  readonly count: number;
  /** Where the text after them stands. */
  readonly end: number;
  /** The text ends inside the row, perhaps inside its last number. */
  readonly cut: boolean;
}

/** Nearly all of the time of this file is spent here: each byte is looked at once. */
function readCounts(bytes: Uint8Array, from: number, end: number, columns: number, counts: Float64Array): Counts {
  let count = 0;
  let at = skipBlanks(bytes, from, end);
  while (count < columns && at < end) {
    let stop = at;
    let value = 0;
    let code = bytes[stop] ?? 0;
    // A line end follows the last line as well, so the digits end before the bytes do.
    while (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      stop += 1;
      code = bytes[stop] ?? 0;
    }
    if (stop === at || (code !== 32 && code !== 9 && stop !== end)) break;
    // Beyond 15 digits the sum is no longer exact, and beyond 20 it is no count.
    if (stop - at > 15) value = decimal(bytes, at, stop);
    if (Number.isNaN(value)) break;
    if (stop === end && count > 0 && count < columns - 1 && end === bytes.length - 1) return { count, end, cut: true };
    if (count < counts.length) counts[count] = value;
    count += 1;
    at = stop;
    while (bytes[at] === 32) at += 1;
    if (bytes[at] === 9) at = skipBlanks(bytes, at, end);
  }
  return { count, end: at, cut: false };
}

function headerCpus(text: string, bytes: Uint8Array, from: number, end: number): number[] {
  const cpus: number[] = [];
  for (let at = from; at < end; ) {
    const stop = tokenEnd(bytes, at, end);
    const cpu = text.startsWith('CPU', at) ? decimal(bytes, at + 3, stop) : Number.NaN;
    if (Number.isNaN(cpu)) return [];
    cpus.push(cpu);
    at = skipBlanks(bytes, stop, end);
  }
  return cpus;
}
