import { describe, expect, it } from 'vitest';
import {
  filterIrqRows,
  irqName,
  isIrqFilter,
  orderIrqRows,
  readCells,
  sumByCpu,
} from '../../../webview/panel/interruptRows.ts';
import type { InterruptRowView, InterruptsView } from '../../../webview/protocol.ts';

function row(irq: string, nic: string | null, queue: string | null): InterruptRowView {
  return { irq, description: nic === null ? `about ${irq}` : '', nic, queue, affinity: null };
}

const nan = Number.NaN;
const view: InterruptsView = {
  cpus: [0, 2],
  perSecond: true,
  rows: [
    row('LOC', null, null),
    row('50', 'eth10', 'rx-0'),
    row('46', 'eth2', 'rx-10'),
    row('45', 'eth2', 'rx-2'),
    row('9', null, null),
    row('ERR', null, null),
    row('RES', null, null),
  ],
  cells: Float64Array.of(5, 6, 0, 0, 0, 7, 30, 0, 0, 0, nan, nan, 100, nan).buffer,
};
const cells = new Float64Array(view.cells);
const rows = orderIrqRows(view, cells);

describe('orderIrqRows', () => {
  it('puts NICs first by name and queue, then the rest by rate, what was not read last', () => {
    expect(rows.map((each) => each.row.irq)).toEqual(['45', '46', '50', 'RES', 'LOC', '9', 'ERR']);
  });
  it('keeps the place in the matrix', () => expect(rows[0]?.index).toBe(3));
  it('sums what was read and knows the busiest CPU by its number', () => {
    expect(rows[1]).toMatchObject({ total: 7, busiest: { cpu: 2, value: 7 }, cpusUsed: 1 });
    expect(rows[3]).toMatchObject({ total: 100 });
    expect(rows[6]).toMatchObject({ total: null, busiest: null });
  });
});

describe('filterIrqRows', () => {
  const irqs = (...args: Parameters<typeof filterIrqRows>) => filterIrqRows(...args).map((each) => each.row.irq);
  it('hides silent rows but never unread ones', () => {
    expect(irqs(rows, 'all', true)).toEqual(['45', '46', 'RES', 'LOC', 'ERR']);
  });
  it('shows NICs only, or one', () => {
    expect(irqs(rows, 'nics', false)).toEqual(['45', '46', '50']);
    expect(irqs(rows, 'nic:eth2', false)).toEqual(['45', '46']);
  });
  it('knows a filter from other text', () => expect([isIrqFilter('nic:x'), isIrqFilter('x')]).toEqual([true, false]));
});

describe('cells', () => {
  it('sums by CPU without making zeros of what was not read', () => {
    expect(sumByCpu(rows, 2, cells)).toEqual([135, 13]);
    expect(sumByCpu(rows.slice(-1), 2, cells)).toEqual([null, null]);
  });
  it('refuses a matrix of the wrong size', () => {
    expect(readCells({ ...view, cells: new ArrayBuffer(8) })).toBeNull();
    expect(readCells(view)).toHaveLength(14);
  });
  it('names rows', () => {
    expect(irqName(row('45', 'eth2', 'rx-2'))).toBe('eth2 rx-2');
    expect(irqName(row('LOC', null, null))).toBe('about LOC');
  });
});
