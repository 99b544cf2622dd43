import type { SnapshotView, SoftnetRowView, SoftnetView } from '../../protocol.ts';
import { chart } from '../chart.ts';
import type { Context } from '../context.ts';
import { h } from '../dom.ts';
import { figure, sampledAt } from '../figure.ts';
import { percent, rate } from '../format.ts';
import { cpuHeadline } from '../headline.ts';
import { figureOr, noRatesNotice, notRead, rateOr } from '../readings.ts';
import { type Column, table } from '../table.ts';
import type { SeriesColour } from '../theme.ts';
import { findingStrip } from './finding.ts';
import { historyFigure } from './history.ts';

type RateField = 'processed' | 'dropped' | 'time_squeeze';

/** What each CPU took from its backlog and NICs, what it had to drop, and how often it ran out of its budget. */
export function renderSoftnet(view: SnapshotView, context: Context): readonly Node[] {
  const { softnet } = view;
  const strip = findingStrip(view, 'softnet', context);
  if (!softnet.ok) return [...strip, notRead('Softnet', softnet)];
  return [
    ...strip,
    ...(view.seconds === null
      ? [noRatesNotice(view.noRates, 'The counters below count from boot.')]
      : rateFigures(view, softnet, context)),
    counters(view, softnet, context),
    ...historyFigures(view, context),
  ];
}

function rateFigures(
  view: SnapshotView,
  softnet: SnapshotView['softnet'] & { readonly ok: true },
  context: Context,
): readonly Node[] {
  const bar = (field: RateField, title: string, unit: string, colour: SeriesColour): HTMLElement => {
    const values = softnet.value.rows.map((row) => row[field]);
    const headline = cpuHeadline(
      softnet.value.rows.map((row) => ({ cpu: row.cpu, value: row[field] })),
      rate,
    );
    return figure(
      {
        id: `softnet.${field}`,
        title,
        explain: `softnet:${field}`,
        unit,
        source: softnet.source,
        warnings: softnet.warnings,
        sampled: sampledAt(view),
        headline,
        legend: null,
        chart: chart(
          {
            kind: 'bar',
            categories: softnet.value.rows.map((row) => row.cpu),
            axis: 'CPU',
            unit: '/s',
            series: [{ name: field, colour, values }],
            stacked: false,
            horizontal: false,
          },
          `${title}. ${headline}`,
          context.theme,
          context.scope,
        ),
        table: () => rateTable(field, softnet.value.rows, context),
      },
      context,
    );
  };
  return [
    bar('processed', 'Processed per CPU', 'packets/s', 'blue'),
    h(
      'div',
      { class: 'pair' },
      bar('dropped', 'Dropped per CPU', 'packets/s', 'red'),
      bar('time_squeeze', 'time_squeeze per CPU', 'times/s', 'yellow'),
    ),
  ];
}

const noRate = 'no rate for this CPU between the two samples';

function cpuColumn(): Column<SoftnetRowView> {
  return { id: 'cpu', label: 'CPU', numeric: true, key: (row) => Number(row.cpu), cell: (row) => row.cpu };
}

function rateColumn(field: RateField | 'received_rps'): Column<SoftnetRowView> {
  return {
    id: `${field}/s`,
    label: `${field}/s`,
    explain: `softnet:${field}`,
    numeric: true,
    key: (row) => row[field],
    cell: (row) => rateOr(row[field], noRate),
  };
}

function rateTable(field: RateField, rows: readonly SoftnetRowView[], context: Context): HTMLElement {
  return table(
    {
      id: `softnet.${field}`,
      caption: `${field} per CPU`,
      captionHidden: true,
      columns: [cpuColumn(), rateColumn(field)],
      rows,
    },
    context.memory,
  );
}

function counters(
  view: SnapshotView,
  softnet: SnapshotView['softnet'] & { readonly ok: true },
  context: Context,
): HTMLElement {
  const rates: readonly Column<SoftnetRowView>[] =
    view.seconds === null
      ? []
      : [
          rateColumn('processed'),
          rateColumn('dropped'),
          rateColumn('time_squeeze'),
          rateColumn('received_rps'),
          {
            id: 'softirq',
            label: 'softirq',
            explain: 'cputime:softirq',
            numeric: true,
            key: (row) => row.softirqShare,
            cell: (row) => figureOr(row.softirqShare, percent, 'no CPU times for this CPU'),
          },
        ];
  return h(
    'section',
    null,
    h(
      'h2',
      null,
      rates.length > 0 ? 'Rates, and counters since boot' : 'Counters since boot',
      h('span', { class: 'unit' }, ` ${softnet.source}`),
    ),
    table(
      {
        id: 'softnet.counters',
        caption: `Every column of ${softnet.source} per CPU${rates.length > 0 ? ', and the rates between the two samples' : ''}`,
        captionHidden: true,
        columns: [cpuColumn(), ...rates, ...counterColumns(softnet.value)],
        rows: softnet.value.rows,
        rowKey: (row) => `cpu:${row.cpu}`,
        rowClass: (row) => ((row.dropped ?? 0) > 0 ? 'hot' : null),
      },
      context.memory,
    ),
  );
}

function counterColumns(softnet: SoftnetView): readonly Column<SoftnetRowView>[] {
  return softnet.columns.map((name, index) => ({
    id: name,
    label: name,
    explain: `softnet:${name}`,
    numeric: true,
    key: (row) => row.counters[index] ?? null,
    // Ungrouped, as the file's usual readers print them, so that the columns can be compared and copied.
    cell: (row) => figureOr(row.counters[index] ?? null, String, 'this kernel prints no such column for this CPU'),
  }));
}

function historyFigures(view: SnapshotView, context: Context): readonly Node[] {
  if (view.history.length < 2) return [];
  const common = { points: view.history, source: '/proc/net/softnet_stat, all CPUs' };
  return [
    h(
      'div',
      { class: 'pair' },
      historyFigure(
        {
          ...common,
          id: 'softnet.history.processed',
          explain: 'softnet:processed',
          title: 'Processed, each snapshot',
          unit: 'packets/s',
          lines: [{ name: 'processed', explain: 'softnet:processed', colour: 'blue', field: 'processed' }],
        },
        context,
      ),
      historyFigure(
        {
          ...common,
          id: 'softnet.history.lost',
          explain: 'softnet:dropped',
          title: 'Dropped and squeezed, each snapshot',
          unit: 'per second',
          lines: [
            { name: 'dropped', explain: 'softnet:dropped', colour: 'red', field: 'dropped' },
            { name: 'time_squeeze', explain: 'softnet:time_squeeze', colour: 'yellow', field: 'time_squeeze' },
          ],
        },
        context,
      ),
    ),
  ];
}
