import type { NicFigureView, NicQdiscView, NicView } from '../../nicViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { h } from '../dom.ts';
import { bytes, count, si } from '../format.ts';
import { figureOr, notRead } from '../readings.ts';
import { type Column, table } from '../table.ts';
import { section } from './section.ts';

/** The queueing disciplines of one interface; leaves of mq with the TX queue they feed. */
export function nicQdiscs(nic: NicView, view: SnapshotView, context: Context): readonly Node[] {
  const part = nic.qdiscs;
  if (!part.ok) return [notRead('Queueing disciplines', part)];
  if (part.value.length === 0) return [];
  const rates = view.noRates === null;
  const pick = ({ value, perSecond }: NicFigureView): number | null => (rates ? perSecond : value);
  const figure = (
    id: 'packets' | 'bytes' | 'drops' | 'overlimits' | 'requeues',
    label: string,
  ): Column<NicQdiscView> => ({
    id,
    label: rates ? `${label}/s` : label,
    numeric: true,
    key: (row) => pick(row[id]),
    cell: (row) => figureOr(pick(row[id]), id === 'bytes' ? bytes : si, view.noRates ?? 'not in both samples'),
  });
  return [
    section(
      'Queueing disciplines',
      part.source,
      table<NicQdiscView>(
        {
          id: 'nics.qdiscs',
          caption: `Queueing disciplines of ${nic.name}`,
          captionHidden: true,
          rows: part.value,
          rowKey: (row) => `qdisc:${row.key}`,
          explainRow: (row) => `qdisc:${row.kind}`,
          rowClass: (row) => ((row.drops.perSecond ?? 0) > 0 ? 'hot' : null),
          columns: [
            {
              id: 'kind',
              label: 'Kind',
              numeric: false,
              key: (row) => row.kind,
              cell: (row) => h('code', null, row.kind),
            },
            { id: 'place', label: 'Place', numeric: false, key: (row) => row.queue ?? -1, cell: placeOf },
            figure('packets', 'Packets'),
            figure('bytes', 'Bytes'),
            figure('drops', 'Drops'),
            figure('overlimits', 'Overlimits'),
            figure('requeues', 'Requeues'),
            {
              id: 'backlog',
              label: 'Waiting',
              numeric: true,
              key: (row) => row.qlen,
              cell: (row) =>
                row.qlen === null ? '' : row.qlen === 0 ? '0' : `${count(row.qlen)} (${bytes(row.backlog ?? 0)})`,
            },
            { id: 'details', label: 'Counts beside', numeric: false, key: detailsOf, cell: detailsOf },
            {
              id: 'options',
              label: 'Set up as',
              numeric: false,
              key: (row) => row.options,
              cell: (row) => row.options,
            },
          ],
        },
        context.memory,
      ),
    ),
  ];
}

function placeOf({ parent, queue }: NicQdiscView): string {
  return queue === null ? parent : `tx-${queue}`;
}

/** `ecn_mark 12 (+3/s)`; those at zero are left out. */
function detailsOf({ details }: NicQdiscView): string {
  return details
    .filter(({ value }) => value !== 0)
    .map(({ name, value, perSecond }) =>
      perSecond !== null && perSecond > 0 ? `${name} ${count(value)} (+${si(perSecond)}/s)` : `${name} ${count(value)}`,
    )
    .join(', ');
}
