import { describe, expect, it } from 'vitest';
import { cpuHeadline } from '../../../webview/panel/headline.ts';
import { isFull, queueShare, queueText } from '../../../webview/panel/listenQueue.ts';
import { limitSeries, maxSeries, sumKnown } from '../../../webview/panel/series.ts';
import { groupRows, sortRows } from '../../../webview/panel/tableSort.ts';

describe('cpuHeadline', () => {
  const of = (...values: (number | null)[]) =>
    cpuHeadline(
      values.map((value, cpu) => ({ cpu: String(cpu), value })),
      (value) => `${value}/s`,
    );
  it('names the busiest CPU and what was not read', () => {
    expect(of(10, 30, null)).toBe('40/s in all, 75 % of it on CPU 1. Not read on 1 CPU.');
  });
  it('says none only of CPUs that were read', () => expect(of(0, 0, null)).toBe('None on 2 CPUs. Not read on 1 CPU.'));
  it('does not call unread zero', () => expect(of(null, null)).toBe('Not read on any CPU.'));
});

describe('accept queue', () => {
  it('is full beyond its limit, not at it', () => {
    expect(isFull({ queued: 4, limit: 4 })).toBe(false);
    expect(isFull({ queued: 5, limit: 4 })).toBe(true);
  });
  it('says how much fits', () => expect(queueText({ queued: 5, limit: 4 })).toBe('5 waiting, room for 4+1'));
  it('is drawn full at most', () => expect(queueShare({ queued: 9, limit: 4 })).toBe(1));
});

describe('series', () => {
  const make = (amount: number) =>
    Array.from({ length: amount }, (_, index) => ({ name: `s${index}`, colour: 'blue', values: [index, null] }));
  it('leaves a dozen alone', () => expect(limitSeries(make(maxSeries))).toHaveLength(maxSeries));
  it('sums the smallest beyond that, gaps staying gaps', () => {
    const limited = limitSeries(make(14));
    expect(limited).toHaveLength(maxSeries);
    expect(limited.at(-1)).toMatchObject({ name: 'other (3)', values: [0 + 1 + 2, null] });
  });
  it('sums what is known', () =>
    expect([sumKnown([1, null, 2]), sumKnown([null]), sumKnown([])]).toEqual([3, null, null]));
});

describe('tables', () => {
  it('sorts with the unread last either way, names as people read them', () => {
    expect(sortRows([3, null, 1], (row) => row, false)).toEqual([1, 3, null]);
    expect(sortRows([3, null, 1], (row) => row, true)).toEqual([3, 1, null]);
    expect(sortRows(['eth10', 'eth2'], (row) => row, false)).toEqual(['eth2', 'eth10']);
  });
  it('groups in the order of appearance', () => {
    expect([...groupRows(['b1', 'a1', 'b2'], (row) => row.charAt(0))]).toEqual([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ]);
  });
});
