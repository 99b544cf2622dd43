import type { CounterRowView, UncountedView } from '../../counterViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import { hasMoved, type ShownCounter } from '../counterRows.ts';
import { type Child, h } from '../dom.ts';
import { count, percent, plural } from '../format.ts';
import type { Memory } from '../memory.ts';
import { figureOr } from '../readings.ts';
import { verdictMark } from '../severity.ts';
import { table } from '../table.ts';

/** Counters under their headings, a row each. */
export function counterTable(counters: readonly ShownCounter[], view: SnapshotView, memory: Memory): HTMLElement {
  const hasRates = view.seconds !== null;
  return table<ShownCounter>(
    {
      id: 'counters.all',
      caption: 'Counters of the kernel, losses first',
      captionHidden: true,
      rows: counters,
      rowKey: ({ row }) => `counter:${row.name}`,
      explainRow: ({ row }) => `counter:${row.name}`,
      rowClass: ({ row }) => (hasRates && hasMoved(row, true) ? 'moving' : null),
      group: ({ heading }) => heading,
      columns: [
        {
          id: 'name',
          label: 'Counter',
          numeric: false,
          key: ({ row }) => row.name,
          cell: ({ row }) => h('code', null, row.name),
        },
        {
          id: 'rate',
          label: 'Rate',
          numeric: true,
          key: ({ row }) => row.perSecond ?? row.share,
          cell: ({ row }) => rateCell(row),
        },
        {
          id: 'delta',
          label: 'Change',
          numeric: true,
          key: ({ row }) => row.delta,
          cell: ({ row }) => (row.delta === null ? '' : row.delta > 0 ? `+${count(row.delta)}` : count(row.delta)),
        },
        {
          id: 'value',
          label: 'Since boot, or now',
          numeric: true,
          key: ({ row }) => row.value,
          cell: ({ row }) => valueText(row),
        },
        {
          id: 'severity',
          label: 'Tells of',
          numeric: false,
          key: ({ row }) => row.severity,
          cell: ({ row }) => severityCell(row, hasRates),
        },
        {
          id: 'meaning',
          label: 'What moves it',
          numeric: false,
          key: ({ row }) => row.meaning,
          cell: ({ row }) => [row.meaning, where(row)],
        },
      ],
    },
    memory,
  );
}

function rateCell(row: CounterRowView): Child {
  if (row.kind !== 'counter' && row.share === null) return '';
  if (row.share !== null) return h('span', { title: 'Share of the time between the samples' }, percent(row.share));
  return figureOr(row.perSecond, (value) => `${count(round(value))}/s`, row.noRate ?? 'no rate');
}

/** Two decimals below 100 a second, as sar prints them. */
function round(perSecond: number): number {
  return perSecond < 100 ? Math.round(perSecond * 100) / 100 : Math.round(perSecond);
}

function valueText(row: CounterRowView): string {
  if (row.unit === 'us') return `${count(Math.round(row.value / 1e4) / 100)} s`;
  return count(row.value);
}

const tells: Readonly<Record<CounterRowView['severity'], string>> = { loss: 'loss', delay: 'delay', info: '' };

function severityCell(row: CounterRowView, hasRates: boolean): Child {
  if (row.severity === 'info') return row.kind === 'counter' ? '' : row.kind === 'gauge' ? 'as it stands' : 'setting';
  const moving = hasRates && hasMoved(row, true);
  return moving ? verdictMark(row.severity === 'loss' ? 'crit' : 'warn', tells[row.severity]) : tells[row.severity];
}

function where(row: CounterRowView): Child {
  const parts = [
    row.unit === '' ? '' : row.unit === 'us' ? 'time' : row.unit,
    row.step ?? '',
    row.scope === 'machine' ? 'whole machine' : '',
  ].filter((part) => part !== '');
  if (parts.length === 0 && row.where === '') return null;
  return h(
    'span',
    { class: 'where' },
    parts.join(' · '),
    row.where !== '' && [parts.length > 0 ? ' · ' : '', h('code', null, row.where)],
  );
}

/** Counters that other kernels have, folded away unless they are all that was looked for. */
export function uncountedTable(rows: readonly UncountedView[], open: boolean, memory: Memory): HTMLElement {
  return h(
    'details',
    { class: 'uncounted', open, 'data-key': 'counters:uncounted' },
    h('summary', null, `This kernel does not count ${plural(rows.length, 'more figure')}: unknown here, not 0`),
    table(
      {
        id: 'counters.uncounted',
        caption: 'Counters of other kernels',
        captionHidden: true,
        rows,
        group: (row) => row.group,
        explainRow: (row) => `counter:${row.name}`,
        columns: [
          {
            id: 'name',
            label: 'Counter',
            numeric: false,
            key: (row) => row.name,
            cell: (row) => h('code', null, row.name),
          },
          {
            id: 'value',
            label: 'Value',
            numeric: false,
            key: () => null,
            cell: () => 'kernel does not count it',
          },
          {
            id: 'versions',
            label: 'Counted by',
            numeric: false,
            key: (row) => row.versions,
            cell: (row) => row.versions,
          },
          {
            id: 'meaning',
            label: 'What would move it',
            numeric: false,
            key: (row) => row.meaning,
            cell: (row) => row.meaning,
          },
        ],
      },
      memory,
    ),
  );
}
