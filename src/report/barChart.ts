import { type Html, html } from './html.ts';

/** One line of a bar chart. */
export interface Bar {
  readonly label: string;
  /** Null where it is not known. */
  readonly value: number | null;
  /** What stands behind the bar: the value with its unit. */
  readonly text: string;
  /** `bad`: something is lost there, `fair`: something waits. The text says it too. */
  readonly tone: 'plain' | 'fair' | 'bad';
}

const width = 720;
const rowHeight = 22;
const left = 130;
const right = 290;

/** Horizontal bars as SVG, 720 units wide; it grows with its place on the page. */
export function barChart(name: string, bars: readonly Bar[]): Html {
  const most = Math.max(...bars.map(({ value }) => value ?? 0), 0);
  const lengthOf = (value: number): number => (most === 0 ? 0 : Math.max(1, (value / most) * (width - left - right)));
  return html`<svg viewBox="0 0 ${width} ${bars.length * rowHeight + 4}" role="img" aria-label="${name}">
${bars.map(({ label, value, text, tone }, index) => {
  const y = index * rowHeight + 2;
  const length = value === null || value === 0 ? 0 : lengthOf(value);
  return html`<text x="${left - 8}" y="${y + 15}" class="label">${shortened(label, 18)}</text><rect x="${left}" y="${y + 2}" width="${length.toFixed(1)}" height="${rowHeight - 6}" class="bar ${tone}"/><text x="${(left + length + 8).toFixed(1)}" y="${y + 15}" class="value ${tone}">${text}</text>
`;
})}</svg>`;
}

/** A name as long as its place. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}
