import type { SnapshotView } from '../../protocol.ts';
import { chart } from '../chart.ts';
import type { Context } from '../context.ts';
import { figure, sampledAt } from '../figure.ts';
import { cpuHeadline } from '../headline.ts';
import { type IrqRow, sumByCpu } from '../interruptRows.ts';
import { sumKnown } from '../series.ts';
import { table } from '../table.ts';

/** The interrupts of one view, ready to be drawn. */
export interface Interrupts {
  readonly view: SnapshotView;
  readonly part: SnapshotView['interrupts'] & { readonly ok: true };
  readonly cells: Float64Array;
  readonly rows: readonly IrqRow[];
  /** With `/s` where the numbers are rates. */
  readonly format: (value: number) => string;
  readonly unit: string;
}

/** How the interrupts spread over the CPUs, those of NICs apart from the rest. */
export function irqCpuFigure(data: Interrupts, context: Context): HTMLElement {
  const { rows, cells, part, view, format } = data;
  const { cpus } = part.value;
  const nic = sumByCpu(
    rows.filter(({ row }) => row.nic !== null),
    cpus.length,
    cells,
  );
  const other = sumByCpu(
    rows.filter(({ row }) => row.nic === null),
    cpus.length,
    cells,
  );
  const byCpu = cpus.map((cpu, at) => ({
    cpu,
    nic: nic[at] ?? null,
    other: other[at] ?? null,
    all: sumKnown([nic[at] ?? null, other[at] ?? null]),
  }));
  const headline = cpuHeadline(
    byCpu.map(({ cpu, all }) => ({ cpu: String(cpu), value: all })),
    format,
  );
  const series = [
    { name: 'NIC vectors', colour: 'green' as const, values: nic },
    { name: 'other', colour: 'blue' as const, values: other },
  ].filter((each) => each.values.some((value) => value !== null));
  const column = (id: 'nic' | 'other' | 'all', label: string) => ({
    id,
    label,
    numeric: true,
    key: (row: (typeof byCpu)[number]) => row[id],
    cell: (row: (typeof byCpu)[number]) => (row[id] === null ? 'not read' : format(row[id])),
  });
  return figure(
    {
      id: 'interrupts.cpus',
      title: 'Interrupts per CPU',
      explain: 'figure:interrupts.cpus',
      unit: data.unit,
      source: part.source,
      warnings: part.warnings,
      sampled: sampledAt(view),
      headline,
      legend: { kind: 'bar', series },
      chart: chart(
        {
          kind: 'bar',
          categories: cpus.map(String),
          axis: 'CPU',
          unit: part.value.perSecond ? '/s' : '',
          series,
          stacked: true,
          horizontal: false,
        },
        `Interrupts per CPU. ${headline}`,
        context.theme,
        context.scope,
      ),
      table: () =>
        table(
          {
            id: 'interrupts.cpus',
            caption: 'Interrupts per CPU',
            captionHidden: true,
            rows: byCpu,
            columns: [
              { id: 'cpu', label: 'CPU', numeric: true, key: (row) => row.cpu, cell: (row) => String(row.cpu) },
              column('nic', 'NIC vectors'),
              column('other', 'Other'),
              column('all', 'All'),
            ],
          },
          context.memory,
        ),
    },
    context,
  );
}
