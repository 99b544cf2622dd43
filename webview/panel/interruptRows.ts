import type { InterruptRowView, InterruptsView } from '../protocol.ts';
import { byName } from './format.ts';
import { sumKnown } from './series.ts';

/** One row of the heatmap: which row of the view it is, and its figures over all CPUs. */
export interface IrqRow {
  readonly index: number;
  readonly row: InterruptRowView;
  /** Sum of the cells that were read; null when none was. */
  readonly total: number | null;
  /** CPU with the largest cell; null when every cell is zero or was not read. */
  readonly busiest: { readonly cpu: number; readonly value: number } | null;
  /** CPUs with a cell above zero. */
  readonly cpusUsed: number;
}

/** `all`, `nics`, or the name of one NIC after `nic:`. */
export type IrqFilter = 'all' | 'nics' | `nic:${string}`;

export function isIrqFilter(text: string): text is IrqFilter {
  return text === 'all' || text === 'nics' || text.startsWith('nic:');
}

/** The cells as numbers; null when there are not as many as rows and CPUs ask for. */
export function readCells(view: InterruptsView): Float64Array | null {
  const expected = view.rows.length * view.cpus.length;
  return view.cells.byteLength === expected * Float64Array.BYTES_PER_ELEMENT ? new Float64Array(view.cells) : null;
}

/** NIC rows first, by NIC and queue, then the others, busiest first. */
export function orderIrqRows(view: InterruptsView, cells: Float64Array): readonly IrqRow[] {
  return view.rows
    .map((row, index) => summarise(row, index, view.cpus, cells))
    .sort((a, b) => compareNics(a.row, b.row) || (b.total ?? -1) - (a.total ?? -1) || byName(a.row.irq, b.row.irq));
}

function compareNics(a: InterruptRowView, b: InterruptRowView): number {
  if (a.nic === null || b.nic === null) return Number(a.nic === null) - Number(b.nic === null);
  return byName(a.nic, b.nic) || byName(a.queue ?? '', b.queue ?? '') || byName(a.irq, b.irq);
}

function summarise(row: InterruptRowView, index: number, cpus: readonly number[], cells: Float64Array): IrqRow {
  let total: number | null = null;
  let busiest: IrqRow['busiest'] = null;
  let cpusUsed = 0;
  const first = index * cpus.length;
  for (const [column, cpu] of cpus.entries()) {
    const value = cells[first + column] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    total = (total ?? 0) + value;
    if (value <= 0) continue;
    cpusUsed += 1;
    if (value > (busiest?.value ?? 0)) busiest = { cpu, value };
  }
  return { index, row, total, busiest, cpusUsed };
}

/** A silent row was read and is zero on every CPU; a row that was not read is never hidden as silent. */
export function filterIrqRows(rows: readonly IrqRow[], filter: IrqFilter, hideSilent: boolean): readonly IrqRow[] {
  return rows.filter(({ row, total }) => {
    if (hideSilent && total === 0) return false;
    if (filter === 'all') return true;
    return filter === 'nics' ? row.nic !== null : row.nic === filter.slice('nic:'.length);
  });
}

/** Interrupts of the rows by CPU, in the order of the view's CPUs; null where no row was read on that CPU. */
export function sumByCpu(rows: readonly IrqRow[], cpus: number, cells: Float64Array): readonly (number | null)[] {
  return Array.from({ length: cpus }, (_, column) =>
    sumKnown(
      rows.map(({ index }) => {
        const value = cells[index * cpus + column] ?? Number.NaN;
        return Number.isNaN(value) ? null : value;
      }),
    ),
  );
}

/** `eth0 rx-3` for a NIC's vector, else what the kernel calls it, which for `ERR` and `MIS` is nothing. */
export function irqName(row: InterruptRowView): string {
  if (row.nic === null) return row.description;
  return row.queue === null ? row.nic : `${row.nic} ${row.queue}`;
}
