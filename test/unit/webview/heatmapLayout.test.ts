import { describe, expect, it } from 'vitest';
import { cellAt, headingStride, layoutHeatmap, moveCell, visibleCells } from '../../../webview/panel/heatmapLayout.ts';

describe('layoutHeatmap', () => {
  it('does not stretch a few CPUs over the whole width', () => {
    expect(layoutHeatmap({ rows: 40, columns: 8 }, 1100, 200, 70).cellWidth).toBe(72);
  });
  it('fits 256 CPUs without scrolling', () => {
    const layout = layoutHeatmap({ rows: 1024, columns: 256 }, 1100, 200, 70);
    expect(layout.contentWidth).toBeLessThanOrEqual(1100);
  });
  it('scrolls rather than lose a column', () => {
    const layout = layoutHeatmap({ rows: 10, columns: 4096 }, 1100, 200, 70);
    expect(layout.cellWidth).toBe(3);
    expect(layout.contentWidth).toBe(200 + 3 * 4096 + 70);
  });
  it('survives a width of nothing', () => {
    expect(layoutHeatmap({ rows: 0, columns: 0 }, 0, 200, 70).contentHeight).toBeGreaterThan(0);
  });
});

const grid = { rows: 1024, columns: 256 };
const layout = layoutHeatmap(grid, 1100, 200, 70);
const window = { width: 1100, height: 500, left: 0, top: 3000 };

describe('visibleCells', () => {
  it('covers what is on screen and no more', () => {
    const span = visibleCells(layout, grid, window);
    expect(span.firstRow).toBe(200);
    expect(span.endRow - span.firstRow).toBeLessThan(40);
    expect([span.firstColumn, span.endColumn]).toEqual([0, 256]);
  });
  it('ends with the rows', () => {
    expect(visibleCells(layout, grid, { ...window, top: 1e6 })).toMatchObject({ firstRow: 1024, endRow: 1024 });
  });
});

describe('cellAt', () => {
  it('finds the cell under the pointer, scrolling included', () => {
    expect(cellAt(layout, grid, window, layout.gutter + 1, layout.header + 1)).toEqual({ row: 200, column: 0 });
  });
  it('finds none in the margins', () => {
    expect(cellAt(layout, grid, window, 10, 100)).toBeNull();
    expect(cellAt(layout, grid, window, 500, 5)).toBeNull();
    expect(cellAt(layout, grid, window, 1099, 100)).toBeNull();
  });
});

describe('moveCell', () => {
  const from = { row: 5, column: 255 };
  it.each([
    ['ArrowUp', { row: 4, column: 255 }],
    ['ArrowRight', { row: 5, column: 255 }],
    ['Home', { row: 5, column: 0 }],
    ['PageUp', { row: 0, column: 255 }],
    ['PageDown', { row: 35, column: 255 }],
  ])('%s stays inside', (key, to) => expect(moveCell(key, from, grid, 30)).toEqual(to));
  it('leaves other keys alone', () => expect(moveCell('Tab', from, grid, 30)).toBeNull());
});

describe('headingStride', () => {
  it('numbers every column that has room', () => expect(headingStride(40, 20)).toBe(1));
  it('skips by powers of two', () => expect(headingStride(3, 20)).toBe(16));
});
