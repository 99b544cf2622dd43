import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { checkbox, dropdown } from '../controls.ts';
import { h } from '../dom.ts';
import { figure, sampledAt } from '../figure.ts';
import { byName, plural, si } from '../format.ts';
import { type Heatmap, heatmap } from '../heatmap.ts';
import type { HeatmapRow } from '../heatmapDrawing.ts';
import {
  filterIrqRows,
  type IrqFilter,
  type IrqRow,
  irqName,
  isIrqFilter,
  orderIrqRows,
  readCells,
} from '../interruptRows.ts';
import { noRatesNotice, notRead } from '../readings.ts';
import { sumKnown } from '../series.ts';
import { findingStrip } from './finding.ts';
import { type Interrupts, irqCpuFigure } from './irqCpus.ts';
import { irqTable } from './irqTable.ts';

/** Which CPU serves which interrupt, and how evenly. */
export function renderInterrupts(view: SnapshotView, context: Context): readonly Node[] {
  const part = view.interrupts;
  const strip = findingStrip(view, 'interrupts', context);
  if (!part.ok) return [...strip, notRead('Interrupts', part)];
  const cells = readCells(part.value);
  if (!cells) {
    const reason = 'the panel was sent fewer or more numbers than there are rows and CPUs';
    return [...strip, notRead('Interrupts', { ok: false, reason, source: part.source })];
  }
  const { perSecond } = part.value;
  const data: Interrupts = {
    view,
    part,
    cells,
    rows: orderIrqRows(part.value, cells),
    format: (value) => (perSecond ? `${si(value)}/s` : si(value)),
    unit: perSecond ? 'interrupts/s' : 'interrupts since boot',
  };
  return [
    ...strip,
    ...(perSecond ? [] : [noRatesNotice(view.noRates, 'Shown are counts since boot.')]),
    mapFigure(data, context),
    irqCpuFigure(data, context),
  ];
}

function mapFigure(data: Interrupts, context: Context): HTMLElement {
  const { part, cells, rows, view } = data;
  const { cpus } = part.value;
  const filterText = context.memory.get('irq.filter', 'all');
  let filter: IrqFilter = isIrqFilter(filterText) ? filterText : 'all';
  let hideSilent = context.memory.get('irq.silent', 'hide') === 'hide';
  const headline = mapHeadline(data);
  const map = heatmap(
    {
      cells,
      columns: cpus.map(String),
      columnAxis: 'CPU',
      label: `Interrupts by IRQ and CPU. ${headline}`,
      format: si,
      explain: ({ tag }) => `irq:${tag}`,
      readout: (row, column, value) => readout(data, row, cpus[column] ?? column, value),
    },
    context.theme,
    context.scope,
  );
  const shown = h('span', { class: 'quiet-text', role: 'status' });
  let redrawTable: (() => void) | null = null;
  const apply = (): void => {
    const visible = filterIrqRows(rows, filter, hideSilent);
    setRows(map, visible, data);
    const silent = filterIrqRows(rows, filter, false).length - visible.length;
    shown.textContent = `${plural(visible.length, 'row')}${silent > 0 ? `, ${silent} silent hidden` : ''}`;
    redrawTable?.();
  };
  const nics = [...new Set(rows.flatMap(({ row }) => (row.nic === null ? [] : [row.nic])))].sort(byName);
  const choices = [
    { value: 'all', label: 'All' },
    { value: 'nics', label: 'NICs only' },
    ...nics.map((nic) => ({ value: `nic:${nic}`, label: nic })),
  ];
  if (!choices.some((choice) => choice.value === filter)) filter = 'all';
  const controls = [
    shown,
    dropdown('Rows', choices, filter, (value) => {
      if (!isIrqFilter(value)) return;
      filter = value;
      context.memory.set('irq.filter', value);
      apply();
    }),
    checkbox('Hide silent rows', hideSilent, (checked) => {
      hideSilent = checked;
      context.memory.set('irq.silent', checked ? 'hide' : 'show');
      apply();
    }),
  ];
  context.scope.onMount(apply);
  context.onReveal((key) => key.startsWith('irq:') && map.focusRow(key.slice('irq:'.length)));
  return figure(
    {
      id: 'interrupts.map',
      title: 'Interrupts by IRQ and CPU',
      explain: 'figure:interrupts.map',
      unit: data.unit,
      source: part.source,
      warnings: part.warnings,
      sampled: sampledAt(view),
      headline,
      legend: null,
      controls,
      chart: map.element,
      table: () => {
        const holder = h('div');
        redrawTable = () => {
          const visible = filterIrqRows(rows, filter, hideSilent);
          holder.replaceChildren(irqTable({ rows: visible, cpus, cells, unit: data.unit }, context.memory));
        };
        redrawTable();
        return holder;
      },
    },
    context,
  );
}

function setRows(map: Heatmap, rows: readonly IrqRow[], data: Interrupts): void {
  map.setRows(
    rows.map((each) => ({
      index: each.index,
      tag: each.row.irq,
      label: irqName(each.row),
      group: each.row.nic,
      total: each.total === null ? 'not read' : data.format(each.total),
    })),
  );
}

function mapHeadline({ rows, part, format }: Interrupts): string {
  const nicRows = rows.filter(({ row }) => row.nic !== null);
  const total = sumKnown(nicRows.map((each) => each.total));
  if (nicRows.length === 0) return `${plural(rows.length, 'row')}, none of them of a NIC.`;
  if (total === null) return `${plural(nicRows.length, 'NIC vector')}, none read.`;
  const cpus = new Set(nicRows.flatMap(({ busiest }) => (busiest ? [busiest.cpu] : [])));
  return `${plural(nicRows.length, 'NIC vector')} with ${format(total)}, served mostly by ${cpus.size} of ${plural(part.value.cpus.length, 'CPU')}.`;
}

function readout(data: Interrupts, row: HeatmapRow, cpu: number, value: number): string {
  const irq = data.part.value.rows[row.index];
  const figureText = Number.isNaN(value) ? 'not read' : `${si(value)} ${data.unit}`;
  const allowed = irq?.affinity ? `, may run on CPU ${irq.affinity}` : '';
  return `IRQ ${`${row.tag} ${row.label}`.trimEnd()} on CPU ${cpu}: ${figureText} (row ${row.total}${allowed})`;
}
