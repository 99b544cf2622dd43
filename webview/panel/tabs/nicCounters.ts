import type { NicCountersView, NicCounterView, NicView } from '../../nicViews.ts';
import type { Part, SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { dropdown } from '../controls.ts';
import { h } from '../dom.ts';
import { count, plural } from '../format.ts';
import { notRead } from '../readings.ts';
import { table } from '../table.ts';
import { movingColumns } from './movingColumns.ts';
import { section } from './section.ts';

const kinds: Readonly<Record<NicCounterView['kind'], string>> = {
  error: 'Errors',
  drop: 'Drops',
  ring: 'Receive ring exhausted',
  stopped: 'Transmit queue full',
  allowance: 'Over the cloud’s allowance',
  pause: 'Pause frames',
  info: 'Traffic and the rest',
};

/** First what may be wrong; then ever more. */
const shows = [
  { value: 'wrong', label: 'what goes wrong', keep: (row: NicCounterView) => row.kind !== 'info' && row.value !== 0 },
  { value: 'moving', label: 'what moves', keep: (row: NicCounterView) => (row.delta ?? 0) > 0 },
  { value: 'nonzero', label: 'all but zeros', keep: (row: NicCounterView) => row.value !== 0 },
  { value: 'all', label: 'all', keep: () => true },
] as const;

/** Every counter of the driver, errors and drops first. */
export function nicCounters(nic: NicView, view: SnapshotView, context: Context): readonly Node[] {
  return [counters(nic, nic.counters, { id: 'driver', title: 'Counters of the driver' }, view, context)];
}

/** What the kernel counts of every interface. */
export function nicStatistics(nic: NicView, view: SnapshotView, context: Context): readonly Node[] {
  return [counters(nic, nic.statistics, { id: 'kernel', title: 'Counters of the kernel' }, view, context)];
}

interface Which {
  readonly id: string;
  readonly title: string;
}

function counters(
  nic: NicView,
  part: Part<NicCountersView>,
  { id, title }: Which,
  view: SnapshotView,
  context: Context,
): HTMLElement {
  if (!part.ok) return notRead(title, part);
  const memoryKey = `nics.${id}.show`;
  const holder = h('div');
  const shown = h('span', { class: 'quiet-text', role: 'status' });
  let show: string = context.memory.get(memoryKey, shows[0].value);
  const draw = (): void => {
    const { keep } = shows.find(({ value }) => value === show) ?? shows[0];
    const rows = part.value.rows.filter(keep);
    shown.textContent = `${count(rows.length)} of ${plural(part.value.rows.length, 'counter')}`;
    const content =
      rows.length === 0 ? h('p', null, nothing(part.value, show)) : counterTable(nic, id, rows, view, context);
    holder.replaceChildren(content);
  };
  draw();
  return section(
    title,
    part.source,
    h(
      'div',
      { class: 'nic-controls' },
      shown,
      dropdown('Show', shows, show, (value) => {
        show = value;
        context.memory.set(memoryKey, value);
        draw();
      }),
    ),
    holder,
  );
}

function nothing({ rows }: NicCountersView, show: string): string {
  if (show === 'moving') return 'No counter moved between the two samples, or there are no rates.';
  if (show === 'nonzero') return 'Every counter stands at zero.';
  const watched = rows.filter(({ kind }) => kind !== 'info').length;
  return `None stands above zero: ${plural(watched, 'counter')} of errors, drops and full queues were read.`;
}

function counterTable(
  nic: NicView,
  id: string,
  rows: readonly NicCounterView[],
  view: SnapshotView,
  context: Context,
): HTMLElement {
  const noRate = view.noRates ?? 'no rate for this counter between the two samples';
  return table(
    {
      id: `nics.${id}`,
      caption: `What the ${id} counts of ${nic.name}`,
      captionHidden: true,
      rows,
      rowKey: (row) => `niccounter:${nic.name}:${id}:${row.key}`,
      explainRow: (row) => (id === 'kernel' ? `link:${row.key}` : `driver:${nic.name} ${row.key}`),
      rowClass: (row) => (row.kind !== 'info' && (row.delta ?? 0) > 0 ? 'moving' : null),
      group: (row) => kinds[row.kind],
      columns: movingColumns<NicCounterView>(noRate, {
        id: 'value',
        label: 'Total',
        numeric: true,
        key: (row) => row.value,
        cell: (row) => count(row.value),
      }),
    },
    context.memory,
  );
}
