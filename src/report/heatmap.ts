import { shortened } from './barChart.ts';
import { type Html, html } from './html.ts';

/** One line of a heatmap; NaN among its values is not known. */
export interface HeatRow {
  readonly label: string;
  readonly values: readonly number[];
  /** The sum of the line with its unit. */
  readonly text: string;
}

const width = 720;
const left = 230;
const right = 90;
const rowHeight = 20;
const top = 20;

/** A map of lines by columns as SVG: the fuller a cell the more there. The root of a value is drawn, so that small ones show. */
export function heatmap(
  name: string,
  columns: readonly string[],
  rows: readonly HeatRow[],
  format: (value: number) => string,
): Html {
  const cell = Math.min(36, (width - left - right) / Math.max(1, columns.length));
  const most = Math.max(...rows.flatMap(({ values }) => values.map((value) => (Number.isNaN(value) ? 0 : value))), 0);
  // Names of columns must not run into one another.
  const every = Math.ceil(26 / cell);
  return html`<svg viewBox="0 0 ${width} ${top + rows.length * rowHeight + 6}" role="img" aria-label="${name}">
${columns.map((column, index) =>
  index % every === 0
    ? html`<text x="${(left + (index + 0.5) * cell).toFixed(1)}" y="14" class="column">${column}</text>`
    : null,
)}
${rows.map(({ label, values, text }, line) => {
  const y = top + line * rowHeight;
  return html`<text x="${left - 8}" y="${y + 14}" class="label">${shortened(label, 34)}</text>
${values.map((value, index) => cellOf(value, left + index * cell, y, cell))}<text x="${(left + columns.length * cell + 8).toFixed(1)}" y="${y + 14}" class="value">${text}</text>
`;
})}</svg>`;

  function cellOf(value: number, x: number, y: number, size: number): Html {
    const place = html`x="${x.toFixed(1)}" y="${y}" width="${Math.max(1, size - 1).toFixed(1)}" height="${rowHeight - 1}"`;
    if (Number.isNaN(value)) return html`<rect ${place} class="unread"><title>not known</title></rect>`;
    const fill = most === 0 || value === 0 ? 0 : Math.max(0.06, Math.sqrt(value / most));
    const title = html`<title>${format(value)}</title>`;
    if (fill === 0) return html`<rect ${place} class="grid">${title}</rect>`;
    return html`<rect ${place} class="grid"/><rect ${place} class="heat" fill-opacity="${fill.toFixed(2)}">${title}</rect>`;
  }
}
