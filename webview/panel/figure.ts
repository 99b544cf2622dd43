import type { SnapshotView } from '../protocol.ts';
import type { Context } from './context.ts';
import { type Child, h } from './dom.ts';
import { explained, rove } from './explained.ts';
import { hostTime, interval, plural } from './format.ts';
import type { Series } from './series.ts';
import { drawSwatch } from './seriesStyle.ts';
import type { SeriesColour } from './theme.ts';

export interface FigureSpec {
  /** Remembers whether the reader wants the chart or the table. */
  readonly id: string;
  readonly title: string;
  /** Id of what explains it. */
  readonly explain: string;
  /** `packets/s` */
  readonly unit: string;
  /** The kernel file or command. */
  readonly source: string;
  /** Lines of the source the parser did not understand. */
  readonly warnings: number;
  /** When and over how long it was measured. */
  readonly sampled: string;
  /** What the chart shows, in a sentence with numbers; also the chart's name for a screen reader. */
  readonly headline: string;
  readonly legend: { readonly kind: 'bar' | 'line'; readonly series: readonly Series<SeriesColour>[] } | null;
  readonly controls?: readonly HTMLElement[];
  readonly chart: HTMLElement;
  /** The same data as a table, built when first asked for. */
  readonly table: () => HTMLElement;
}

let figures = 0;

/** The frame of every chart. */
export function figure(spec: FigureSpec, context: Context): HTMLElement {
  const memoryKey = `figure:${spec.id}`;
  figures += 1;
  const titleId = `figure-${figures}`;
  const drawing = h('div', { class: 'figure-chart' }, legend(spec, context), spec.chart);
  const tabular = h('div', { class: 'figure-table' });
  const toggle = h('button', { type: 'button', class: 'quiet', 'data-key': memoryKey });
  const set = (asTable: boolean): void => {
    if (asTable && !tabular.hasChildNodes()) tabular.append(spec.table());
    drawing.hidden = asTable;
    tabular.hidden = !asTable;
    toggle.textContent = asTable ? 'Show as chart' : 'Show as table';
    toggle.setAttribute('aria-label', `${toggle.textContent}: ${spec.title}`);
  };
  toggle.addEventListener('click', () => {
    const asTable = tabular.hidden !== false;
    context.memory.set(memoryKey, asTable ? 'table' : 'chart');
    set(asTable);
  });
  set(context.memory.get(memoryKey, 'chart') === 'table');
  return h(
    'figure',
    { class: 'figure', 'aria-labelledby': titleId },
    h(
      'figcaption',
      null,
      h(
        'h3',
        { id: titleId },
        rove(h('span', null, explained(spec.explain, spec.title))),
        ' ',
        h('span', { class: 'unit' }, spec.unit),
      ),
      h('p', { class: 'headline' }, spec.headline),
      h('div', { class: 'figure-controls' }, spec.controls ?? null, toggle),
    ),
    drawing,
    tabular,
    footer(spec),
  );
}

function legend(spec: FigureSpec, context: Context): Child {
  const { legend: shown } = spec;
  if (!shown || shown.series.length < 2) return null;
  return h(
    'ul',
    { class: 'legend' },
    shown.series.map((series, index) => {
      const swatch = h('canvas', { class: 'swatch', 'aria-hidden': 'true' });
      const draw = (): void => drawSwatch(swatch, shown.kind, context.theme.current(), series, index);
      draw();
      context.scope.onEnd(context.theme.onChange(draw));
      return h('li', null, swatch, series.name);
    }),
  );
}

function footer(spec: FigureSpec): HTMLElement {
  return h(
    'footer',
    null,
    h('span', { class: 'source' }, spec.source),
    spec.sampled === '' ? null : h('span', null, spec.sampled),
    spec.warnings > 0 && h('span', { class: 'warnings' }, `${plural(spec.warnings, 'line')} not understood`),
  );
}

/** `2026-11-23 05:22:10 UTC, over 2.0 s`; what is not known is left out. */
export function sampledAt(view: SnapshotView): string {
  const parts = [
    view.takenAt === null ? null : hostTime(view.takenAt),
    view.seconds === null ? null : `over ${interval(view.seconds)}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
