import { mix } from './colour.ts';
import { h } from './dom.ts';
import { drawHeatmap, type HeatmapDrawing, type HeatmapRow, labelWidths } from './heatmapDrawing.ts';
import { cellAt, type HeatmapLayout, layoutHeatmap, moveCell, type Place, type Window } from './heatmapLayout.ts';
import {
  largestCell,
  legendSteps,
  makePalette,
  type Palette,
  paintRows,
  toLevels,
  unknownLevel,
} from './heatmapPixels.ts';
import type { Scope } from './scope.ts';
import { stripes } from './seriesStyle.ts';
import type { Theme, ThemeSource } from './theme.ts';
import { visible } from './visible.ts';

export interface HeatmapSpec {
  /** rows x columns, row by row; NaN = not read. */
  readonly cells: Float64Array;
  readonly columns: readonly string[];
  /** `CPU` */
  readonly columnAxis: string;
  readonly label: string;
  readonly format: (value: number) => string;
  /** Id of what explains a row: asked for by key alone, for cells are pointed at to be read. */
  readonly explain: (row: HeatmapRow) => string;
  /** The sentence for one cell. */
  readonly readout: (row: HeatmapRow, column: number, value: number) => string;
}

export interface Heatmap {
  readonly element: HTMLElement;
  readonly setRows: (rows: readonly HeatmapRow[]) => void;
  /** Scrolls to the row of that tag and puts the keyboard there; false when it is not shown, or the map itself is not. */
  readonly focusRow: (tag: string) => boolean;
}

const hint = 'Point at a cell, or focus the map and use the arrow keys, to read it; ? explains its row.';

/**
 * Numbers by row and column as colours on a logarithmic scale. Only what is in the viewport is drawn; every cell of
 * the matrix is one pixel of a hidden canvas that is stretched onto the screen, so a redraw costs the same for ten
 * rows and for thousands.
 */
export function heatmap(spec: HeatmapSpec, theme: ThemeSource, scope: Scope): Heatmap {
  const largest = largestCell(spec.cells);
  const levels = toLevels(spec.cells, largest);
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const space = h('div', { class: 'heatmap-space' }, canvas);
  const readout = h('p', { class: 'readout', 'aria-live': 'polite' }, hint);
  const viewport = h(
    'div',
    {
      class: 'heatmap',
      tabindex: 0,
      role: 'application',
      'aria-roledescription': 'heatmap',
      'aria-label': `${spec.label}. ${hint}`,
    },
    space,
  );
  const scale = h('div', { class: 'heatmap-scale' });
  const pixels = document.createElement('canvas');

  let rows: readonly HeatmapRow[] = [];
  let palette = paletteOf(theme.current());
  let selected: Place | null = null;
  let layout: HeatmapLayout | null = null;
  let scheduled = 0;

  const grid = () => ({ rows: rows.length, columns: spec.columns.length });
  const windowOf = (): Window => ({
    width: viewport.clientWidth,
    height: viewport.clientHeight,
    left: viewport.scrollLeft,
    top: viewport.scrollTop,
  });

  const paint = (): void => {
    pixels.width = Math.max(1, spec.columns.length);
    pixels.height = Math.max(1, rows.length);
    const context = pixels.getContext('2d');
    if (!context) return;
    const image = context.createImageData(pixels.width, pixels.height);
    paintRows(
      levels,
      spec.columns.length,
      rows.map((row) => row.index),
      palette.pixels,
      new Uint32Array(image.data.buffer),
    );
    context.putImageData(image, 0, 0);
  };

  const draw = (): void => {
    scheduled = 0;
    const context = canvas.getContext('2d');
    if (!layout || !context) return;
    const drawing: HeatmapDrawing = {
      ...spec,
      levels,
      rows,
      layout,
      palette,
      pixels,
      selected,
      theme: theme.current(),
      hatch: hatchOf(theme.current()),
      window: windowOf(),
    };
    drawHeatmap(context, drawing);
  };
  const requestDraw = (): void => {
    if (scheduled === 0) scheduled = requestAnimationFrame(draw);
  };

  const arrange = (): void => {
    const context = canvas.getContext('2d');
    if (!context || viewport.clientWidth === 0) return;
    const { gutter, totals } = labelWidths(context, theme.current(), rows, viewport.clientWidth);
    layout = layoutHeatmap(grid(), viewport.clientWidth, gutter, totals);
    space.style.width = `${layout.contentWidth}px`;
    space.style.height = `${layout.contentHeight}px`;
    // The content's size may have brought or taken scroll bars: measure again.
    const { width, height } = windowOf();
    const ratio = devicePixelRatio;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(Math.min(height, layout.contentHeight) * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${Math.min(height, layout.contentHeight)}px`;
    draw();
  };

  const select = (place: Place | null): void => {
    selected = place;
    const row = place ? rows[place.row] : undefined;
    if (row) viewport.dataset['explainKey'] = spec.explain(row);
    else delete viewport.dataset['explainKey'];
    readout.textContent =
      place && row
        ? visible(
            spec.readout(row, place.column, spec.cells[row.index * spec.columns.length + place.column] ?? Number.NaN),
          )
        : hint;
    requestDraw();
  };

  const reveal = (place: Place): void => {
    if (!layout) return;
    const { width, height, left, top } = windowOf();
    const x = place.column * layout.cellWidth;
    const y = place.row * layout.cellHeight;
    const roomX = width - layout.gutter - layout.totals - layout.cellWidth;
    const roomY = height - layout.header - layout.cellHeight;
    viewport.scrollLeft = Math.max(x - roomX, Math.min(left, x));
    viewport.scrollTop = Math.max(y - roomY, Math.min(top, y));
  };

  const pointed = (event: MouseEvent): Place | null => {
    const box = viewport.getBoundingClientRect();
    return layout ? cellAt(layout, grid(), windowOf(), event.clientX - box.left, event.clientY - box.top) : null;
  };

  viewport.addEventListener('scroll', requestDraw, { passive: true });
  viewport.addEventListener('mousemove', (event) => select(pointed(event)));
  viewport.addEventListener('mouseleave', () => select(null));
  viewport.addEventListener('keydown', (event) => {
    if (rows.length === 0) return;
    const page = layout ? Math.max(1, Math.floor((viewport.clientHeight - layout.header) / layout.cellHeight) - 1) : 1;
    const next = selected
      ? moveCell(event.key, selected, grid(), page)
      : moveCell(event.key, { row: 0, column: 0 }, { rows: 1, columns: 1 }, 0);
    if (!next) return;
    event.preventDefault();
    reveal(next);
    select(next);
  });

  const repaint = (): void => {
    palette = paletteOf(theme.current());
    scale.replaceChildren(...scaleOf(palette, largest, spec.format));
    paint();
    arrange();
  };
  scope.onMount(() => {
    const sizes = new ResizeObserver(arrange);
    sizes.observe(viewport);
    const stop = theme.onChange(repaint);
    scope.onEnd(() => {
      sizes.disconnect();
      stop();
      cancelAnimationFrame(scheduled);
    });
    repaint();
  });

  return {
    element: h('div', { class: 'heatmap-frame' }, viewport, h('div', { class: 'heatmap-foot' }, readout, scale)),
    setRows: (next) => {
      rows = next;
      viewport.scrollTop = 0;
      select(null);
      paint();
      arrange();
    },
    focusRow: (tag) => {
      const row = rows.findIndex((each) => each.tag === tag);
      if (row < 0 || viewport.clientWidth === 0) return false;
      viewport.focus();
      viewport.scrollIntoView({ block: 'nearest' });
      reveal({ row, column: 0 });
      select({ row, column: 0 });
      return true;
    },
  };
}

/** From the ground through the theme's blue to its far end; in high contrast from black to white or back. */
function paletteOf(theme: Theme): Palette {
  const { background, foreground, blue } = theme.rgb;
  const far = theme.dark ? ([255, 255, 255] as const) : ([0, 0, 0] as const);
  const zero = mix(background, foreground, 0.04);
  const stops = theme.highContrast
    ? [mix(background, foreground, 0.25), foreground]
    : [mix(background, blue, 0.22), mix(background, blue, 0.8), mix(blue, far, 0.5)];
  return makePalette(zero, stops, background);
}

function hatchOf(theme: Theme): CanvasPattern | null {
  return stripes(theme.muted, theme.background, 1);
}

/** Colours and what they stand for: zero, the ramp with some values on it, not read. */
function scaleOf(palette: Palette, largest: number, format: (value: number) => string): readonly Node[] {
  const key = (level: number, text: string): HTMLElement => {
    const chip = h('span', { class: level === unknownLevel ? 'chip hatched' : 'chip', 'aria-hidden': 'true' });
    if (level !== unknownLevel) chip.style.background = palette.css(level);
    return h('span', { class: 'key' }, chip, text);
  };
  return [
    key(0, '0'),
    ...legendSteps(largest).map(({ value, level }) => key(level, format(value))),
    key(unknownLevel, 'not read'),
  ];
}
