import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartOptions,
  LinearScale,
  LineController,
  LineElement,
  type Plugin,
  PointElement,
  Tooltip,
} from 'chart.js';
import { h } from './dom.ts';
import { clock, si, unknown } from './format.ts';
import type { Scope } from './scope.ts';
import { limitSeries, type Series } from './series.ts';
import { barFill, lineDash, pointShape } from './seriesStyle.ts';
import type { SeriesColour, Theme, ThemeSource } from './theme.ts';

/* The only file that knows Chart.js. */
Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

interface Shape {
  readonly series: readonly Series<SeriesColour>[];
  /** After each number, `/s`. */
  readonly unit: string;
}

export interface BarSpec extends Shape {
  readonly kind: 'bar';
  readonly categories: readonly string[];
  /** What the categories are, `CPU`; shown on the axis and in the tooltip. */
  readonly axis: string;
  readonly stacked: boolean;
  readonly horizontal: boolean;
}

export interface LineSpec extends Shape {
  readonly kind: 'line';
  /** ms since the epoch, ascending, one for each value. */
  readonly times: readonly number[];
}

export type ChartSpec = BarSpec | LineSpec;

/** Narrower bars than this cannot be told apart: the chart scrolls sideways instead. */
const minCategoryPx = 4;

/** A chart that follows the theme. `label` is what a screen reader says instead of it. */
export function chart(spec: ChartSpec, label: string, theme: ThemeSource, scope: Scope): HTMLElement {
  const canvas = h('canvas', { role: 'img', 'aria-label': label });
  const inner = h('div', { class: 'chart-inner' }, canvas);
  if (spec.kind === 'bar') {
    if (spec.horizontal) inner.style.height = `${spec.categories.length * 22 + 34}px`;
    else inner.style.minWidth = `${spec.categories.length * minCategoryPx + 60}px`;
  }
  scope.onMount(() => {
    const drawn = new Chart(canvas, configuration(spec, theme.current()));
    const stop = theme.onChange(() => {
      const next = configuration(spec, theme.current());
      drawn.data = next.data;
      if (next.options) drawn.options = next.options;
      drawn.update('none');
    });
    scope.onEnd(() => {
      stop();
      drawn.destroy();
    });
  });
  return h('div', { class: 'chart' }, inner);
}

type Point = number | null | { x: number; y: number | null };
type Kind = 'bar' | 'line';

function configuration(spec: ChartSpec, theme: Theme): ChartConfiguration<Kind, Point[], string> {
  const series = limitSeries(spec.series);
  return {
    type: spec.kind,
    data:
      spec.kind === 'bar'
        ? { labels: [...spec.categories], datasets: series.map((each, index) => bars(each, index, theme)) }
        : { datasets: series.map((each, index) => line(each, index, spec.times, theme)) },
    options: spec.kind === 'bar' ? barOptions(spec, theme) : lineOptions(spec, theme),
    plugins: [gapMarks(theme)],
  };
}

function bars(series: Series<SeriesColour>, index: number, theme: Theme) {
  return {
    type: 'bar' as const,
    label: series.name,
    data: [...series.values],
    backgroundColor: barFill(theme, series.colour, index),
    borderColor: theme.series[series.colour],
    borderWidth: theme.highContrast ? 1 : 0,
    borderRadius: 1,
    maxBarThickness: 28,
    categoryPercentage: 0.86,
    barPercentage: 0.92,
  };
}

function line(series: Series<SeriesColour>, index: number, times: readonly number[], theme: Theme) {
  return {
    type: 'line' as const,
    label: series.name,
    // Ready-made points: Chart.js need not parse them.
    parsing: false as const,
    data: times.map((x, at) => ({ x, y: series.values[at] ?? null })),
    borderColor: theme.series[series.colour],
    backgroundColor: theme.series[series.colour],
    borderDash: lineDash(theme, index),
    borderWidth: 1.5,
    pointStyle: pointShape(theme, index),
    pointRadius: theme.highContrast ? 4 : 2.5,
    pointHoverRadius: 4,
    spanGaps: false,
    // Points on the edge of the chart are drawn whole.
    clip: 8,
  };
}

function barOptions(spec: BarSpec, theme: Theme): ChartOptions<Kind> {
  const values = { ...valueScale(theme), stacked: spec.stacked };
  const names = {
    stacked: spec.stacked,
    grid: { display: false },
    border: { color: theme.grid },
    ticks: { ...ticks(theme), autoSkip: !spec.horizontal, autoSkipPadding: 8, maxRotation: 0 },
    title: { display: !spec.horizontal, text: spec.axis, color: theme.muted, font: font(theme), padding: 0 },
  };
  const title = (label: string): string => (spec.horizontal ? label : `${spec.axis} ${label}`);
  return {
    ...frame(spec, theme, title),
    indexAxis: spec.horizontal ? 'y' : 'x',
    scales: spec.horizontal ? { x: values, y: names } : { x: names, y: values },
  };
}

function lineOptions(spec: LineSpec, theme: Theme): ChartOptions<Kind> {
  return {
    ...frame(spec, theme, (label) => label),
    scales: {
      x: {
        type: 'linear',
        min: spec.times[0] ?? 0,
        max: spec.times.at(-1) ?? 1,
        grid: { display: false },
        border: { color: theme.grid },
        ticks: { ...ticks(theme), autoSkipPadding: 12, maxRotation: 0, callback: (at) => clock(Number(at)) },
        // A tick for each snapshot, as far as they fit: round times would be times at which nothing was measured.
        afterBuildTicks: (scale) => {
          scale.ticks = spec.times.map((value) => ({ value }));
        },
      },
      y: valueScale(theme),
    },
  };
}

function frame(spec: ChartSpec, theme: Theme, title: (label: string) => string): ChartOptions<Kind> {
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    normalized: true,
    interaction: { mode: 'index', intersect: false, axis: spec.kind === 'bar' && spec.horizontal ? 'y' : 'x' },
    layout: { padding: { top: 6, right: 8 } },
    plugins: {
      tooltip: {
        backgroundColor: theme.hover.background,
        borderColor: theme.hover.border,
        borderWidth: 1,
        titleColor: theme.hover.foreground,
        bodyColor: theme.hover.foreground,
        titleFont: { ...font(theme), weight: 600 },
        bodyFont: font(theme),
        cornerRadius: 3,
        padding: 8,
        caretSize: 0,
        multiKeyBackground: 'transparent',
        boxWidth: 8,
        boxHeight: 8,
        boxPadding: 4,
        callbacks: {
          title: (items) => {
            const [item] = items;
            if (!item) return '';
            return title(spec.kind === 'line' ? clock(spec.times[item.dataIndex] ?? 0) : item.label);
          },
          labelColor: ({ dataset }) => ({
            backgroundColor: flat(dataset.backgroundColor),
            borderColor: flat(dataset.backgroundColor),
            borderWidth: 0,
          }),
          label: (item) => {
            const value = spec.kind === 'bar' && spec.horizontal ? item.parsed.x : item.parsed.y;
            return `${item.dataset.label ?? ''}: ${value === null ? unknown : si(value) + spec.unit}`;
          },
        },
      },
    },
  };
}

/** Colours here are never lists or functions, which is all that the types leave open. */
function flat(colour: unknown): string | CanvasPattern {
  return typeof colour === 'string' || colour instanceof CanvasPattern ? colour : 'transparent';
}

function valueScale(theme: Theme) {
  return {
    beginAtZero: true,
    // A chart of zeros alone keeps an axis: it was read, and it was zero.
    suggestedMax: 1,
    grid: { color: theme.grid, lineWidth: 1, drawTicks: false },
    border: { display: false },
    ticks: { ...ticks(theme), padding: 6, maxTicksLimit: 5, callback: (value: number | string) => si(Number(value)) },
  };
}

function ticks(theme: Theme) {
  return { color: theme.muted, font: font(theme) };
}

function font(theme: Theme) {
  return { family: theme.fontFamily, size: 11 };
}

/** An en dash where a bar would stand whose value was not read, so that it does not look like a zero. */
function gapMarks(theme: Theme): Plugin<Kind> {
  return {
    id: 'gapMarks',
    afterDatasetsDraw: ({ ctx, data, chartArea, scales, options }) => {
      const { x, y } = scales;
      if (data.datasets[0]?.type !== 'bar' || !x || !y) return;
      ctx.save();
      ctx.fillStyle = theme.muted;
      ctx.font = `11px ${theme.fontFamily}`;
      const count = data.labels?.length ?? 0;
      for (let at = 0; at < count; at++) {
        if (data.datasets.some((set) => set.data[at] !== null)) continue;
        ctx.textAlign = 'center';
        if (options.indexAxis === 'y') ctx.fillText(unknown, chartArea.left + 8, y.getPixelForValue(at) + 4);
        else ctx.fillText(unknown, x.getPixelForValue(at), chartArea.bottom - 3);
      }
      ctx.restore();
    },
  };
}
