import type { HistoryPoint } from '../../protocol.ts';
import { chart } from '../chart.ts';
import type { Context } from '../context.ts';
import { figure } from '../figure.ts';
import { clock, plural, rate, unknown } from '../format.ts';
import { rateOr } from '../readings.ts';
import { table } from '../table.ts';
import type { SeriesColour } from '../theme.ts';

interface HistoryLine {
  readonly name: string;
  /** Id of what explains it. */
  readonly explain: string;
  readonly colour: SeriesColour;
  readonly field: Exclude<keyof HistoryPoint, 'at'>;
}

interface HistorySpec {
  readonly id: string;
  readonly title: string;
  readonly explain: string;
  readonly unit: string;
  readonly source: string;
  /** At least two, oldest first. */
  readonly points: readonly HistoryPoint[];
  readonly lines: readonly HistoryLine[];
}

/** Totals of the host over this session's snapshots. */
export function historyFigure(spec: HistorySpec, context: Context): HTMLElement {
  const times = spec.points.map((point) => point.at);
  const series = spec.lines.map(({ name, colour, field }) => ({
    name,
    colour,
    values: spec.points.map((point) => point[field]),
  }));
  const headline = `Now ${spec.lines.map((line) => latest(spec.points, line)).join(', ')}.`;
  const [first, last] = [times[0], times.at(-1)];
  return figure(
    {
      id: spec.id,
      title: spec.title,
      explain: spec.explain,
      unit: spec.unit,
      source: spec.source,
      warnings: 0,
      sampled: `${plural(times.length, 'snapshot')}${first !== undefined && last !== undefined ? `, ${clock(first)} to ${clock(last)} UTC` : ''}`,
      headline,
      legend: { kind: 'line', series },
      chart: chart(
        { kind: 'line', times, unit: '/s', series },
        `${spec.title}. ${headline}`,
        context.theme,
        context.scope,
      ),
      table: () =>
        table(
          {
            id: spec.id,
            explainAs: 'history',
            caption: spec.title,
            captionHidden: true,
            rows: spec.points,
            columns: [
              {
                id: 'at',
                label: 'Time (UTC)',
                numeric: false,
                key: (point) => point.at,
                cell: (point) => clock(point.at),
              },
              ...spec.lines.map(({ name, field, explain }) => ({
                id: field,
                explain,
                label: `${name}/s`,
                numeric: true,
                key: (point: HistoryPoint) => point[field],
                cell: (point: HistoryPoint) => rateOr(point[field], 'that snapshot has no rate'),
              })),
            ],
          },
          context.memory,
        ),
    },
    context,
  );
}

function latest(points: readonly HistoryPoint[], line: HistoryLine): string {
  const value = points.at(-1)?.[line.field] ?? null;
  return `${line.name} ${value === null ? `${unknown} (not read)` : rate(value)}`;
}
