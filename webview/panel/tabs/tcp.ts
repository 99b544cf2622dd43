import type { CounterView, SnapshotView, TcpStateView } from '../../protocol.ts';
import { chart } from '../chart.ts';
import type { Context } from '../context.ts';
import { h } from '../dom.ts';
import { figure, sampledAt } from '../figure.ts';
import { count, percent, plural } from '../format.ts';
import { notice, notRead } from '../readings.ts';
import { table } from '../table.ts';
import { findingStrip } from './finding.ts';
import { historyFigure } from './history.ts';
import { listenerTable } from './listeners.ts';
import { movingColumns } from './movingColumns.ts';
import { section } from './section.ts';
import { repairReading, socketReadings } from './socketReadings.ts';
import { sockstatSection } from './sockstat.ts';

/** States, accept queues, retransmits and memory of the host's TCP. */
export function renderTcp(view: SnapshotView, context: Context): readonly Node[] {
  const strip = findingStrip(view, 'tcp', context);
  return [
    ...strip,
    states(view, context),
    listeners(view, context),
    ...socketReadings(view.sockets, context),
    counters(view, context),
    ...history(view, context),
    sockstatSection(view, context),
    ...repairReading(view.sockets, context),
  ];
}

function states(view: SnapshotView, context: Context): HTMLElement {
  const part = view.tcpStates;
  if (!part.ok) return notRead('Connections by state', part);
  const rows = part.value;
  const total = (row: TcpStateView): number => row.v4 + row.v6;
  const all = rows.reduce((sum, row) => sum + total(row), 0);
  const most = rows.reduce<TcpStateView | null>((best, row) => (best && total(best) >= total(row) ? best : row), null);
  const headline =
    most && all > 0
      ? `${plural(all, 'socket')}, ${percent(total(most) / all)} of them ${most.state}.`
      : 'No TCP sockets.';
  const series = [
    { name: 'IPv4', colour: 'blue' as const, values: rows.map((row) => row.v4) },
    { name: 'IPv6', colour: 'purple' as const, values: rows.map((row) => row.v6) },
  ];
  return h(
    'div',
    { class: 'pair pair-wide' },
    figure(
      {
        id: 'tcp.states',
        title: 'Connections by state',
        explain: 'figure:tcp.states',
        unit: 'sockets',
        source: part.source,
        warnings: part.warnings,
        sampled: view.takenAt === null ? '' : sampledAt({ ...view, seconds: null }),
        headline,
        legend: { kind: 'bar', series },
        chart: chart(
          {
            kind: 'bar',
            categories: rows.map((row) => row.state),
            axis: 'State',
            unit: '',
            series,
            stacked: true,
            horizontal: true,
          },
          `Connections by state. ${headline}`,
          context.theme,
          context.scope,
        ),
        table: () => stateTable(rows, context),
      },
      context,
    ),
    stateTable(rows, context),
  );
}

function stateTable(rows: readonly TcpStateView[], context: Context): HTMLElement {
  return table(
    {
      id: 'tcp.states',
      caption: 'TCP sockets by state',
      captionHidden: true,
      rows,
      rowKey: (row) => `state:${row.state}`,
      explainRow: (row) => `state:${row.state}`,
      columns: [
        {
          id: 'state',
          label: 'State',
          numeric: false,
          key: (row) => row.state,
          cell: (row) => h('code', null, row.state),
        },
        { id: 'v4', label: 'IPv4', numeric: true, key: (row) => row.v4, cell: (row) => count(row.v4) },
        { id: 'v6', label: 'IPv6', numeric: true, key: (row) => row.v6, cell: (row) => count(row.v6) },
        {
          id: 'meaning',
          label: 'Many of these mean',
          numeric: false,
          key: (row) => row.meaning,
          cell: (row) => row.meaning,
        },
      ],
    },
    context.memory,
  );
}

function listeners(view: SnapshotView, context: Context): HTMLElement {
  const part = view.listeners;
  if (!part.ok) return notRead('Listen queues', part);
  const more = view.listenersLeftOut;
  return section(
    'Listen queues',
    part.source,
    more > 0 && notice(`${plural(more, 'more listener')} with shorter queues and fewer drops: the Raw tab has all.`),
    listenerTable(part.value, view, context.memory),
  );
}

const groups: Readonly<Record<CounterView['group'], string>> = {
  retransmit: 'Retransmits',
  listen: 'Listen queues',
  memory: 'Memory',
  'time-wait': 'TIME-WAIT',
  udp: 'UDP',
};

function counters(view: SnapshotView, context: Context): HTMLElement {
  const part = view.tcpCounters;
  if (!part.ok) return notRead('Counters', part);
  const noRate = view.noRates ?? 'no rate for this counter between the two samples';
  return section(
    'Counters',
    part.source,
    table(
      {
        id: 'tcp.counters',
        caption: 'TCP and UDP counters',
        captionHidden: true,
        rows: part.value,
        rowKey: (row) => `counter:${row.name}`,
        explainRow: (row) => `counter:${row.name}`,
        rowClass: (row) => ((row.perSecond ?? 0) > 0 ? 'moving' : null),
        group: (row) => groups[row.group],
        columns: movingColumns<CounterView>(noRate, {
          id: 'boot',
          label: 'Since boot',
          numeric: true,
          key: (row) => row.sinceBoot,
          cell: (row) => count(row.sinceBoot),
        }),
      },
      context.memory,
    ),
  );
}

function history(view: SnapshotView, context: Context): readonly Node[] {
  if (view.history.length < 2) return [];
  const common = { points: view.history, unit: 'per second', source: '/proc/net/snmp, /proc/net/netstat' };
  return [
    h(
      'div',
      { class: 'pair' },
      historyFigure(
        {
          ...common,
          id: 'tcp.history.retransmits',
          explain: 'counter:Tcp RetransSegs',
          title: 'Retransmits, each snapshot',
          lines: [{ name: 'retransmits', explain: 'counter:Tcp RetransSegs', colour: 'orange', field: 'retransmits' }],
        },
        context,
      ),
      historyFigure(
        {
          ...common,
          id: 'tcp.history.listen',
          explain: 'counter:TcpExt ListenOverflows',
          title: 'ListenOverflows, each snapshot',
          lines: [
            {
              name: 'ListenOverflows',
              explain: 'counter:TcpExt ListenOverflows',
              colour: 'red',
              field: 'listenOverflows',
            },
          ],
        },
        context,
      ),
    ),
  ];
}
