import type { NicVectorView, NicView } from '../../nicViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { h } from '../dom.ts';
import { si, unknown } from '../format.ts';
import { figureOr, notice } from '../readings.ts';
import { sumKnown } from '../series.ts';
import { verdictMark } from '../severity.ts';
import { type Column, table } from '../table.ts';
import { section } from './section.ts';

/** Which vector serves which queue of one interface, on which CPU, and whether that CPU is near the NIC. */
export function nicVectors(nic: NicView, view: SnapshotView, context: Context): readonly Node[] {
  if (nic.vectors.length === 0) {
    return nic.physical
      ? [section('Interrupts', null, notice('No interrupt could be told to be of this interface.'))]
      : [];
  }
  const rates = view.noRates === null;
  const rateOf = (row: NicVectorView): number | null => (rates ? row.perSecond : row.count);
  const text = (id: 'requested' | 'hint', label: string): Column<NicVectorView> => ({
    id,
    label,
    numeric: false,
    key: (row) => row[id],
    cell: (row) => row[id] ?? '',
  });
  return [
    section(
      'Interrupts by queue',
      '/proc/interrupts, /proc/irq, msi_irqs',
      moderation(nic),
      table<NicVectorView>(
        {
          id: 'nics.vectors',
          caption: `Interrupt vectors of ${nic.name}`,
          captionHidden: true,
          rows: nic.vectors,
          rowKey: (row) => `vector:${nic.name}:${row.irq}`,
          explainRow: (row) => `irq:${row.irq}`,
          rowClass: (row) => (row.foreign ? 'hot' : null),
          columns: [
            {
              id: 'queue',
              label: 'Queue',
              numeric: false,
              key: (row) => row.queue,
              cell: (row) => row.queue ?? h('span', { class: 'quiet-text' }, 'no queue'),
            },
            { id: 'irq', label: 'IRQ', numeric: true, key: (row) => Number(row.irq), cell: (row) => row.irq },
            {
              id: 'rate',
              label: rates ? 'Interrupts/s' : 'Interrupts',
              numeric: true,
              key: rateOf,
              cell: (row) => figureOr(rateOf(row), si, 'no such row in /proc/interrupts in both samples'),
            },
            {
              id: 'cpus',
              label: 'Runs on CPU',
              numeric: false,
              key: (row) => row.cpus,
              cell: (row) => row.cpus ?? unknown,
            },
            {
              id: 'most',
              label: 'Mostly on',
              numeric: true,
              key: (row) => row.mostlyOn,
              cell: (row) => (row.mostlyOn === null ? '' : String(row.mostlyOn)),
            },
            ...nodeColumns(nic),
            text('requested', 'Asked for'),
            text('hint', 'Driver’s wish'),
            {
              id: 'name',
              label: 'Name',
              numeric: false,
              key: (row) => row.action,
              cell: (row) => h('code', null, row.action),
            },
          ],
        },
        context.memory,
      ),
    ),
  ];
}

/** How many packets one interrupt stands for: near 1 nothing is gathered, and each packet costs an interrupt. */
function moderation({ vectors, traffic }: NicView): HTMLElement | null {
  const interrupts = sumKnown(vectors.map(({ perSecond }) => perSecond));
  const packets = sumKnown([traffic.rxPackets, traffic.txPackets]);
  if (interrupts === null || packets === null || interrupts === 0 || packets === 0) return null;
  const each = si(packets / interrupts);
  return h(
    'p',
    { class: 'headline' },
    `${si(interrupts)} interrupts/s for ${si(packets)} packets/s: ${each} packets each.`,
  );
}

/** Only where the machine has several nodes and says which is the NIC's. */
function nodeColumns(nic: NicView): readonly Column<NicVectorView>[] {
  if (nic.numaNode === null) return [];
  return [
    {
      id: 'node',
      label: 'Node',
      numeric: false,
      key: (row) => row.nodes[0] ?? null,
      cell: (row) =>
        row.foreign
          ? verdictMark('warn', `${row.nodes.join(', ')}, the NIC is on ${nic.numaNode}`)
          : row.nodes.join(', '),
    },
  ];
}
