import { si } from '../format.ts';
import { type IrqRow, irqName } from '../interruptRows.ts';
import type { Memory } from '../memory.ts';
import { figureOr } from '../readings.ts';
import { type Column, table } from '../table.ts';

export interface IrqTableSpec {
  readonly rows: readonly IrqRow[];
  readonly cpus: readonly number[];
  readonly cells: Float64Array;
  readonly unit: string;
}

/** Up to here every CPU has a column; above, a row lists the CPUs it ran on. */
const maxCpuColumns = 32;
const maxListed = 12;
const noCell = 'no figure for this CPU';

/** The heatmap's numbers. */
export function irqTable(spec: IrqTableSpec, memory: Memory): HTMLElement {
  const { cpus, cells } = spec;
  const at = (row: IrqRow, column: number): number | null => {
    const value = cells[row.index * cpus.length + column] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  };
  const perCpu: readonly Column<IrqRow>[] = cpus.map((cpu, column) => ({
    id: `cpu${cpu}`,
    label: `CPU ${cpu}`,
    explain: 'column:interrupts.map/oneCpu',
    numeric: true,
    key: (row) => at(row, column),
    cell: (row) => figureOr(at(row, column), si, noCell),
  }));
  const list: Column<IrqRow> = {
    id: 'cpus',
    label: 'By CPU, busiest first',
    numeric: false,
    key: (row) => row.cpusUsed,
    cell: (row) => (row.total === null ? 'not read' : listCpus(cpus, (column) => at(row, column))),
  };
  return table(
    {
      id: 'interrupts.map',
      caption: `Interrupts by IRQ and CPU, ${spec.unit}`,
      captionHidden: true,
      rows: spec.rows,
      rowKey: (row) => `irq:${row.row.irq}`,
      explainRow: (row) => `irq:${row.row.irq}`,
      columns: [
        { id: 'irq', label: 'IRQ', numeric: true, key: (row) => row.row.irq, cell: (row) => row.row.irq },
        { id: 'name', label: 'Name', numeric: false, key: (row) => irqName(row.row), cell: (row) => irqName(row.row) },
        {
          id: 'description',
          label: 'Description',
          numeric: false,
          key: (row) => row.row.description,
          cell: (row) => row.row.description,
        },
        {
          id: 'affinity',
          label: 'May run on',
          numeric: false,
          key: (row) => row.row.affinity,
          cell: (row) => row.row.affinity ?? '',
        },
        {
          id: 'total',
          label: 'All CPUs',
          numeric: true,
          key: (row) => row.total,
          cell: (row) => figureOr(row.total, si, 'no figure on any CPU'),
        },
        ...(cpus.length <= maxCpuColumns ? perCpu : [list]),
      ],
    },
    memory,
  );
}

/** `3: 1.2 k, 7: 40, and 9 more`; the CPUs left out are the least busy. */
function listCpus(cpus: readonly number[], at: (column: number) => number | null): string {
  const used = cpus
    .map((cpu, column) => ({ cpu, value: at(column) ?? 0 }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value);
  if (used.length === 0) return '0 on every CPU';
  const shown = used.slice(0, maxListed).map(({ cpu, value }) => `${cpu}: ${si(value)}`);
  return [...shown, ...(used.length > maxListed ? [`and ${used.length - maxListed} more`] : [])].join(', ');
}
