import { type HeatmapLayout, headingStride, type Place, visibleCells, type Window } from './heatmapLayout.ts';
import { type Palette, unknownLevel } from './heatmapPixels.ts';
import type { Theme } from './theme.ts';
import { visible } from './visible.ts';

export interface HeatmapRow {
  /** Row of the cells this row shows. */
  readonly index: number;
  /** Right-aligned before the label: the IRQ number. */
  readonly tag: string;
  readonly label: string;
  /** Rows of one group stand together; a line separates groups. Null: not picked out. */
  readonly group: string | null;
  /** After the cells. */
  readonly total: string;
}

export interface HeatmapDrawing {
  readonly cells: Float64Array;
  readonly levels: Uint8Array;
  readonly columns: readonly string[];
  readonly columnAxis: string;
  readonly rows: readonly HeatmapRow[];
  readonly layout: HeatmapLayout;
  readonly palette: Palette;
  /** One pixel a cell, rows in the order shown. */
  readonly pixels: HTMLCanvasElement;
  readonly selected: Place | null;
  readonly theme: Theme;
  /** Laid over cells that were not read. */
  readonly hatch: CanvasPattern | null;
  readonly window: Window;
  readonly format: (value: number) => string;
}

type Span = ReturnType<typeof visibleCells>;
const tagWidth = 40;
const labelLeft = tagWidth + 16;

function font(theme: Theme, weight = 400): string {
  return `${weight} 11px ${theme.fontFamily}`;
}

/** Room for the widest row label and total, within two fifths of the width. */
export function labelWidths(
  context: CanvasRenderingContext2D,
  theme: Theme,
  rows: readonly HeatmapRow[],
  width: number,
) {
  context.font = font(theme, 600);
  let label = 0;
  let total = 0;
  for (const row of rows) {
    // Widths of some hundred labels at every resize: their length tells nearly as well, and for free.
    if (row.label.length * 4.5 > label) label = Math.max(label, context.measureText(row.label).width);
    if (row.total.length * 4.5 > total) total = Math.max(total, context.measureText(row.total).width);
  }
  const gutter = Math.min(labelLeft + Math.ceil(label) + 12, Math.max(140, Math.round(width * 0.4)));
  return { gutter, totals: Math.ceil(Math.max(total, 40)) + 20 };
}

/** Draws what is in the window; the canvas has the window's size. */
export function drawHeatmap(context: CanvasRenderingContext2D, drawing: HeatmapDrawing): void {
  const { layout, window, theme, rows, columns } = drawing;
  const span = visibleCells(layout, { rows: rows.length, columns: columns.length }, window);
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, window.width, window.height);
  context.textBaseline = 'middle';
  context.save();
  context.beginPath();
  context.rect(layout.gutter, layout.header, window.width - layout.gutter - layout.totals, window.height);
  context.clip();
  drawCells(context, drawing, span);
  context.restore();
  drawRowLabels(context, drawing, span);
  drawColumnLabels(context, drawing, span);
}

function drawCells(context: CanvasRenderingContext2D, drawing: HeatmapDrawing, span: Span): void {
  const { layout, window, pixels, theme, selected } = drawing;
  const { cellWidth, cellHeight } = layout;
  const width = span.endColumn - span.firstColumn;
  const height = span.endRow - span.firstRow;
  if (width <= 0 || height <= 0) return;
  const left = layout.gutter + span.firstColumn * cellWidth - window.left;
  const top = layout.header + span.firstRow * cellHeight - window.top;
  context.imageSmoothingEnabled = false;
  context.drawImage(
    pixels,
    span.firstColumn,
    span.firstRow,
    width,
    height,
    left,
    top,
    width * cellWidth,
    height * cellHeight,
  );
  drawUnknown(context, drawing, span);
  context.fillStyle = theme.background;
  for (let row = 0; row <= height; row++) context.fillRect(left, top + row * cellHeight, width * cellWidth, 1);
  if (cellWidth >= 10) {
    for (let column = 0; column <= width; column++)
      context.fillRect(left + column * cellWidth, top, 1, height * cellHeight);
  }
  if (cellWidth >= 40) drawValues(context, drawing, span);
  if (!selected) return;
  context.strokeStyle = theme.focus;
  context.lineWidth = 2;
  context.strokeRect(
    layout.gutter + selected.column * cellWidth - window.left,
    layout.header + selected.row * cellHeight - window.top,
    cellWidth + 1,
    cellHeight + 1,
  );
}

/** Neighbours that were not read are hatched in one stroke. */
function drawUnknown(context: CanvasRenderingContext2D, drawing: HeatmapDrawing, span: Span): void {
  const { layout, window, levels, columns, hatch, theme, rows } = drawing;
  context.fillStyle = hatch ?? theme.muted;
  context.globalAlpha = theme.highContrast ? 1 : 0.45;
  for (let row = span.firstRow; row < span.endRow; row++) {
    const first = (rows[row]?.index ?? 0) * columns.length;
    const y = layout.header + row * layout.cellHeight - window.top;
    for (let column = span.firstColumn; column < span.endColumn; column++) {
      const start = column;
      while (column < span.endColumn && levels[first + column] === unknownLevel) column++;
      if (column === start) continue;
      const x = layout.gutter + start * layout.cellWidth - window.left;
      context.fillRect(x, y, (column - start) * layout.cellWidth, layout.cellHeight);
    }
  }
  context.globalAlpha = 1;
}

function drawValues(context: CanvasRenderingContext2D, drawing: HeatmapDrawing, span: Span): void {
  const { layout, window, cells, levels, columns, palette, rows, theme } = drawing;
  context.font = font(theme);
  context.textAlign = 'center';
  for (let row = span.firstRow; row < span.endRow; row++) {
    const first = (rows[row]?.index ?? 0) * columns.length;
    const y = layout.header + (row + 0.5) * layout.cellHeight - window.top + 1;
    for (let column = span.firstColumn; column < span.endColumn; column++) {
      const level = levels[first + column] ?? unknownLevel;
      if (level === 0 || level === unknownLevel) continue;
      context.fillStyle = palette.darkText[level] ? '#000000' : '#ffffff';
      const x = layout.gutter + (column + 0.5) * layout.cellWidth - window.left;
      context.fillText(drawing.format(cells[first + column] ?? Number.NaN), x, y, layout.cellWidth - 4);
    }
  }
}

function drawRowLabels(context: CanvasRenderingContext2D, drawing: HeatmapDrawing, span: Span): void {
  const { layout, window, rows, theme, selected } = drawing;
  context.save();
  context.beginPath();
  context.rect(0, layout.header, window.width, window.height);
  context.clip();
  for (let at = span.firstRow; at < span.endRow; at++) {
    const row = rows[at];
    if (!row) continue;
    const top = layout.header + at * layout.cellHeight - window.top;
    const y = top + layout.cellHeight / 2 + 1;
    const chosen = selected?.row === at;
    if (row.group !== null) {
      context.fillStyle = theme.series.green;
      context.fillRect(0, top + 1, 3, layout.cellHeight - 1);
    }
    context.font = font(theme);
    context.fillStyle = theme.muted;
    context.textAlign = 'right';
    context.fillText(row.tag, tagWidth, y, tagWidth - 6);
    context.textAlign = 'left';
    context.fillStyle = row.group !== null || chosen ? theme.foreground : theme.muted;
    context.font = font(theme, row.group !== null ? 600 : 400);
    context.fillText(shorten(context, visible(row.label), layout.gutter - labelLeft - 6), labelLeft, y);
    context.font = font(theme, chosen ? 600 : 400);
    context.fillStyle = theme.foreground;
    context.textAlign = 'right';
    context.fillText(row.total, Math.min(window.width, layout.contentWidth - window.left) - 8, y);
    if (at > 0 && rows[at - 1]?.group !== row.group) {
      context.fillStyle = theme.muted;
      context.fillRect(0, Math.round(top), Math.min(window.width, layout.contentWidth - window.left), 1);
    }
  }
  context.restore();
}

function drawColumnLabels(context: CanvasRenderingContext2D, drawing: HeatmapDrawing, span: Span): void {
  const { layout, window, columns, columnAxis, theme, selected } = drawing;
  const y = layout.header / 2;
  context.font = font(theme);
  context.fillStyle = theme.muted;
  context.textAlign = 'left';
  context.fillText(columnAxis, labelLeft, y);
  context.textAlign = 'center';
  const stride = headingStride(layout.cellWidth, context.measureText(columns.at(-1) ?? '').width);
  context.save();
  context.beginPath();
  context.rect(layout.gutter - 8, 0, window.width - layout.gutter - layout.totals + 16, layout.header);
  context.clip();
  for (let column = span.firstColumn; column < span.endColumn; column++) {
    if (column % stride !== 0) continue;
    context.fillStyle = selected?.column === column ? theme.foreground : theme.muted;
    context.fillText(columns[column] ?? '', layout.gutter + (column + 0.5) * layout.cellWidth - window.left, y);
  }
  context.restore();
}

function shorten(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length--;
  return `${text.slice(0, length)}…`;
}
