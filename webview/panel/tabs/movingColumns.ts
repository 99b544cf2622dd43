import { h } from '../dom.ts';
import { count } from '../format.ts';
import { figureOr, rateOr } from '../readings.ts';
import type { Column } from '../table.ts';

/** A counter with its movement between the two samples; null where there is none. */
export interface Moving {
  readonly name: string;
  readonly perSecond: number | null;
  readonly delta: number | null;
  readonly meaning: string;
}

/** Name, rate and change of a counter, `total` after them, and what it means. */
export function movingColumns<R extends Moving>(noRate: string, total: Column<R>): readonly Column<R>[] {
  return [
    { id: 'name', label: 'Counter', numeric: false, key: (row) => row.name, cell: (row) => h('code', null, row.name) },
    {
      id: 'rate',
      label: 'Rate',
      numeric: true,
      key: (row) => row.perSecond,
      cell: (row) => rateOr(row.perSecond, noRate),
    },
    {
      id: 'delta',
      label: 'Change',
      numeric: true,
      key: (row) => row.delta,
      cell: (row) => figureOr(row.delta, (value) => (value > 0 ? `+${count(value)}` : count(value)), noRate),
    },
    total,
    { id: 'meaning', label: 'Meaning', numeric: false, key: (row) => row.meaning, cell: (row) => row.meaning },
  ];
}
