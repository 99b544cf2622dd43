import { printable } from '../kernel/printable.ts';
import { piecesOf } from './escape.ts';

/** Markup that is safe to write: made by `html` and by nothing else. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, markup is not, null leaves nothing. */
export type HtmlPart = string | number | Html | null | readonly HtmlPart[];

const longest = 2000;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template of markup (HTML or SVG): what is put into it is text, also between the quotes of an attribute. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return { markup: strings.map((string, index) => string + markupOf(parts[index] ?? null)).join('') };
}

/** A sentence with what stands between backticks as code. */
export function sentence(text: string): Html[] {
  return piecesOf(text).map(({ code, words }) => (code ? html`<code>${words}</code>` : html`${words}`));
}

function markupOf(part: HtmlPart): string {
  if (part === null) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(part);
  return isList(part) ? part.map(markupOf).join('') : part.markup;
}

function isList(part: Html | readonly HtmlPart[]): part is readonly HtmlPart[] {
  return Array.isArray(part);
}

/** Blanks at its ends stay: pieces of a sentence stand side by side. */
function escaped(text: string): string {
  const lead = /^\s/.test(text) ? ' ' : '';
  const tail = /\S\s$/.test(text) ? ' ' : '';
  return `${lead}${printable(text, longest)}${tail}`.replace(/[&<>"']/g, (mark) => entities[mark] ?? '');
}
