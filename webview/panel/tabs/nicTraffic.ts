import type { NicTrafficView, NicView } from '../../nicViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { h } from '../dom.ts';
import { byName, si } from '../format.ts';
import { figureOr } from '../readings.ts';
import { type Column, table } from '../table.ts';
import { section } from './section.ts';

/** Every interface with what goes in and out of it a second; a name leads to the interface in full. */
export function nicTraffic(
  nics: readonly NicView[],
  view: SnapshotView,
  context: Context,
  choose: (name: string) => void,
): HTMLElement {
  const noRate = view.noRates ?? 'not in both samples';
  const rate = (id: Exclude<keyof NicTrafficView, 'source'>, label: string, unit: string): Column<NicView> => ({
    id,
    label,
    numeric: true,
    key: (nic) => nic.traffic[id],
    cell: (nic) => figureOr(nic.traffic[id], (value) => `${si(value)}${unit}`, noRate),
  });
  const sources = [...new Set(nics.map((nic) => nic.traffic.source))].sort(byName);
  return section(
    'Traffic by interface',
    sources.join(', '),
    table(
      {
        id: 'nics.traffic',
        caption: 'Packets and bytes in and out of each interface',
        captionHidden: true,
        rows: nics,
        rowKey: (nic) => `traffic:${nic.name}`,
        columns: [
          {
            id: 'name',
            label: 'Interface',
            numeric: false,
            key: (nic) => nic.name,
            cell: (nic) =>
              h(
                'button',
                { type: 'button', class: 'link', 'data-key': `choose:${nic.name}`, click: () => choose(nic.name) },
                nic.name,
              ),
          },
          { id: 'link', label: 'Link', numeric: false, key: (nic) => nic.link, cell: (nic) => nic.link },
          rate('rxPackets', 'RX packets/s', ''),
          rate('rxBytes', 'RX bytes/s', 'B'),
          rate('txPackets', 'TX packets/s', ''),
          rate('txBytes', 'TX bytes/s', 'B'),
        ],
      },
      context.memory,
    ),
  );
}
