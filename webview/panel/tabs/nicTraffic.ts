import type { NicRowView, NicsView, NicTrafficView } from '../../nicViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { h } from '../dom.ts';
import { explained } from '../explained.ts';
import { byName, bytes, count, plural, si } from '../format.ts';
import { figureOr, notice } from '../readings.ts';
import { type Column, table } from '../table.ts';
import { section } from './section.ts';

/** Every interface with what goes in and out of it a second; a name leads to the interface in full. */
export function nicTraffic(
  { nics, others, leftOut }: NicsView,
  view: SnapshotView,
  context: Context,
  choose: (name: string) => void,
): HTMLElement {
  const noRate = view.noRates ?? 'not in both samples';
  const rate = (
    id: Exclude<keyof NicTrafficView, 'source'>,
    label: string,
    explain: string,
    format: (value: number) => string,
  ): Column<NicRowView> => ({
    id,
    label,
    explain,
    numeric: true,
    key: (nic) => nic.traffic[id],
    cell: (nic) => figureOr(nic.traffic[id], format, noRate),
  });
  const all: readonly NicRowView[] = [...nics, ...others];
  const sources = [...new Set(all.map((nic) => nic.traffic.source))].sort(byName);
  const inFull = new Set(nics.map(({ name }) => name));
  return section(
    'Traffic by interface',
    sources.join(', '),
    others.length > 0 &&
      notice(`${plural(others.length + leftOut, 'interface')} with less traffic can be read as text only.`),
    leftOut > 0 && notice(`The ${count(leftOut)} with the least are not in this table.`),
    table<NicRowView>(
      {
        id: 'nics.traffic',
        caption: 'Packets and bytes in and out of each interface',
        captionHidden: true,
        rows: all,
        rowKey: (nic) => `traffic:${nic.name}`,
        explainRow: null,
        columns: [
          {
            id: 'name',
            label: 'Interface',
            numeric: false,
            key: (nic) => nic.name,
            cell: (nic) =>
              inFull.has(nic.name)
                ? h(
                    'button',
                    {
                      type: 'button',
                      class: 'link',
                      'data-key': `choose:${nic.name}`,
                      'data-explain': 'column:nics.traffic/name',
                      click: () => choose(nic.name),
                    },
                    nic.name,
                  )
                : explained('column:nics.traffic/name', nic.name),
          },
          { id: 'link', label: 'Link', numeric: false, key: (nic) => nic.link, cell: (nic) => nic.link },
          rate('rxPackets', 'RX packets/s', 'link:rx_packets', si),
          rate('rxBytes', 'RX bytes/s', 'link:rx_bytes', bytes),
          rate('txPackets', 'TX packets/s', 'link:tx_packets', si),
          rate('txBytes', 'TX bytes/s', 'link:tx_bytes', bytes),
        ],
      },
      context.memory,
    ),
  );
}
