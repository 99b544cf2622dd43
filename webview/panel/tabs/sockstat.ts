import type { SnapshotView, SockstatView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { type Child, h } from '../dom.ts';
import { count, percent } from '../format.ts';
import { figureOr, notRead } from '../readings.ts';
import { table } from '../table.ts';
import { meter } from './meter.ts';
import { section } from './section.ts';

/** Sockets and the memory of their buffers, in bytes, against the limits. */
export function sockstatSection(view: SnapshotView, context: Context): HTMLElement {
  const part = view.sockstat;
  if (!part.ok) return notRead('Sockets, memory and tables', part);
  const share = (row: SockstatView): number | null =>
    row.limit && row.limit.value > 0 ? row.value / row.limit.value : null;
  return section(
    'Sockets, memory and tables',
    part.source,
    table(
      {
        id: 'sockstat',
        caption: 'Sockets, their memory, and tables against the limits',
        captionHidden: true,
        rows: part.value,
        rowKey: (row) => `sockstat:${row.name}`,
        explainRow: (row) => `sockstat:${row.name}`,
        columns: [
          {
            id: 'name',
            label: 'Figure',
            numeric: false,
            key: (row) => row.name,
            cell: (row) => h('code', null, row.name),
          },
          {
            id: 'value',
            label: 'Value',
            numeric: true,
            key: (row) => row.value,
            cell: (row) => [
              amount(row.value, row.unit),
              under(row.pages === null ? null : `${count(row.pages)} pages`),
            ],
          },
          { id: 'limit', label: 'Limit', numeric: true, key: (row) => row.limit?.value ?? null, cell: limitCell },
          { id: 'share', label: 'Used', numeric: false, key: share, cell: (row) => usedMeter(row, share(row)) },
          {
            id: 'meaning',
            label: 'What it counts',
            numeric: false,
            key: (row) => row.meaning,
            cell: (row) => [row.meaning, h('span', { class: 'where' }, scopes[row.scope])],
          },
        ],
      },
      context.memory,
    ),
  );
}

const scopes: Readonly<Record<SockstatView['scope'], string>> = {
  namespace: 'of this network namespace',
  machine: 'of the whole machine',
};

function under(text: string | null): Child {
  return text === null ? null : h('span', { class: 'where' }, text);
}

function limitCell(row: SockstatView): Child {
  if (row.limit !== null) {
    const { value, key } = row.limit;
    const pressure = row.pressure === null ? false : ['pressure from ', amount(row.pressure, row.unit)];
    return [
      amount(value, row.unit),
      h('code', { class: 'where' }, key),
      pressure && h('span', { class: 'where' }, pressure),
    ];
  }
  return row.noLimit === null ? '' : figureOr(null, count, row.noLimit);
}

const mebibyte = 1024 * 1024;

/** `12 sockets`; bytes in full up to 10 MiB, then in MiB with the full number on hover. */
function amount(value: number, unit: string): Child {
  const full = `${count(value)} ${unit}`.trimEnd();
  if (unit !== 'bytes' || value < 10 * mebibyte) return full;
  return h('span', { title: full }, `${count(Math.round(value / mebibyte))} MiB`);
}

function usedMeter(row: SockstatView, share: number | null): Child {
  return share === null
    ? ''
    : meter(share, share >= 1, `${percent(share)} of ${row.limit?.key ?? 'the limit'}`, percent(share));
}
