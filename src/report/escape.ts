import { printable } from '../kernel/printable.ts';
import { codeSpans, type Piece } from '../model/codeSpans.ts';

/** The longest text of a host that a report repeats, in characters. */
const longest = 2000;

/** A sentence of the host's and ours, made printable and cut at its pairs of backticks. */
export function piecesOf(text: string): readonly Piece[] {
  return codeSpans(printable(text, longest));
}

/** Markdown of a sentence: nothing in it but its pairs of backticks has a meaning, whatever a host put there. */
export function markdownText(text: string): string {
  return piecesOf(text)
    .map(({ code, words }) => (code ? markdownCode(words) : escaped(words)))
    .join('');
}

/** Markdown of a text as code, on one line. */
export function markdownCode(text: string): string {
  const words = printable(text, longest);
  if (words === '') return '';
  const longestRun = Math.max(0, ...[...words.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const pad = longestRun > 0 ? ' ' : '';
  return `${fence}${pad}${words}${pad}${fence}`;
}

/** A cell of a table of Markdown: there a bar ends the cell even within code. */
export function markdownCell(markdown: string): string {
  return markdown.replaceAll('\\|', '|').replaceAll('|', '\\|');
}

/** Marks that open a list or a heading have a meaning at the beginning only; `://` and `www.` make links by themselves. */
function escaped(words: string): string {
  return words
    .replace(/[\\`*[\]<&|~$]/g, '\\$&')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/^[-+#=>]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replace(/:\/\//g, '\\://')
    .replace(/\bwww\./gi, (start) => `${start.slice(0, 3)}\\.`);
}
