/** Where things are in a heatmap, in CSS pixels of its viewport. */
export interface HeatmapLayout {
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Left of the cells: row labels. Stays while the cells scroll. */
  readonly gutter: number;
  /** Right of the cells: row totals. */
  readonly totals: number;
  /** Above the cells: column numbers. */
  readonly header: number;
  readonly contentWidth: number;
  readonly contentHeight: number;
}

export interface Grid {
  readonly rows: number;
  readonly columns: number;
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The part of the cells that is on screen. */
export interface Window {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

const minCellWidth = 3;
const maxCellWidth = 72;
const headerHeight = 22;

/** Cells fill the width between 3 and 72 px each; beyond that they scroll. Rows stay tall enough for their label. */
export function layoutHeatmap(grid: Grid, width: number, gutter: number, totals: number): HeatmapLayout {
  const room = Math.max(0, width - gutter - totals);
  const even = grid.columns > 0 ? room / grid.columns : room;
  // Whole pixels, so that cells are equally wide, unless they are so narrow that rounding would waste half the room.
  const cellWidth = Math.min(maxCellWidth, Math.max(minCellWidth, even >= 12 ? Math.floor(even) : even));
  const cellHeight = grid.rows > 64 ? 15 : 19;
  return {
    cellWidth,
    cellHeight,
    gutter,
    totals,
    header: headerHeight,
    contentWidth: gutter + cellWidth * grid.columns + totals,
    contentHeight: headerHeight + cellHeight * grid.rows,
  };
}

/** First and last + 1 of the rows and columns that are at least partly on screen. */
export function visibleCells(layout: HeatmapLayout, grid: Grid, window: Window) {
  const { cellWidth, cellHeight, gutter, totals, header } = layout;
  return {
    firstRow: clamp(Math.floor(window.top / cellHeight), grid.rows),
    endRow: clamp(Math.ceil((window.top + window.height - header) / cellHeight), grid.rows),
    firstColumn: clamp(Math.floor(window.left / cellWidth), grid.columns),
    endColumn: clamp(Math.ceil((window.left + window.width - gutter - totals) / cellWidth), grid.columns),
  };
}

/** The cell under a point of the viewport; null in the margins. */
export function cellAt(layout: HeatmapLayout, grid: Grid, window: Window, x: number, y: number): Place | null {
  if (x < layout.gutter || y < layout.header || x > window.width - layout.totals) return null;
  const column = Math.floor((x - layout.gutter + window.left) / layout.cellWidth);
  const row = Math.floor((y - layout.header + window.top) / layout.cellHeight);
  return row < grid.rows && column < grid.columns ? { row, column } : null;
}

/** Every n-th column gets its number: as many as fit without touching. */
export function headingStride(cellWidth: number, labelWidth: number): number {
  const steps = [1, 2, 4, 8, 16, 32, 64, 128, 256];
  return steps.find((step) => step * cellWidth >= labelWidth + 6) ?? 512;
}

/** Where an arrow key leads from a cell; null for any other key. */
export function moveCell(key: string, from: Place, grid: Grid, page: number): Place | null {
  const { row, column } = from;
  const to = (nextRow: number, nextColumn: number): Place => ({
    row: Math.max(0, Math.min(grid.rows - 1, nextRow)),
    column: Math.max(0, Math.min(grid.columns - 1, nextColumn)),
  });
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'PageUp':
      return to(row - page, column);
    case 'PageDown':
      return to(row + page, column);
    case 'Home':
      return to(row, 0);
    case 'End':
      return to(row, grid.columns - 1);
    default:
      return null;
  }
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}
