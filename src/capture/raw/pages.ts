/** Lines and characters of one page at most. */
const pageLines = 500;
const pageCharacters = 256 * 1024;
/** Of a longer line so much is shown. */
const longestLine = 20_000;

/** Where a page begins: its first line, from 0, and that line's offset. */
export interface PageStart {
  readonly line: number;
  readonly offset: number;
}

/** A text cut into pages of whole lines. */
export interface Pages {
  /** Lines in all; a line end at the very end begins no line. */
  readonly lines: number;
  /** At least one, of an empty text as well. */
  readonly starts: readonly PageStart[];
}

/** Cuts a text of any size, in one pass, without a copy of it. */
export function pagesOf(text: string): Pages {
  const starts: PageStart[] = [{ line: 0, offset: 0 }];
  let page = { line: 0, offset: 0 };
  let line = 0;
  for (let offset = 0; offset < text.length; line++) {
    const end = text.indexOf('\n', offset);
    const next = end === -1 ? text.length : end + 1;
    const isFull = line - page.line === pageLines || (next - page.offset > pageCharacters && line > page.line);
    if (isFull) {
      page = { line, offset };
      starts.push(page);
    }
    offset = next;
  }
  return { lines: line, starts };
}

/** The page that holds a line. */
export function pageOfLine({ starts }: Pages, line: number): number {
  const after = starts.findIndex((start) => start.line > line);
  return after === -1 ? starts.length - 1 : Math.max(0, after - 1);
}

/** The lines of a page without their ends; of one that is too long to show its beginning. */
export function linesOfPage(text: string, { starts }: Pages, page: number): { text: string; left: number }[] {
  const from = starts[page]?.offset ?? text.length;
  const to = starts[page + 1]?.offset ?? text.length;
  if (from >= to) return [];
  const lines = text.slice(from, to).split('\n');
  if (lines.at(-1) === '' && text[to - 1] === '\n') lines.pop();
  return lines.map((line) => {
    const shown = line.endsWith('\r') ? line.slice(0, -1) : line;
    return { text: shown.slice(0, longestLine), left: Math.max(0, shown.length - longestLine) };
  });
}

/** The text of one line, from 0, without its end; null when there is no such line. */
export function lineOf(text: string, pages: Pages, line: number): { from: number; end: number } | null {
  if (line < 0 || line >= pages.lines) return null;
  const start = pages.starts[pageOfLine(pages, line)];
  if (start === undefined) return null;
  let from = start.offset;
  for (let at = start.line; at < line; at++) from = text.indexOf('\n', from) + 1;
  const end = text.indexOf('\n', from);
  return { from, end: end === -1 ? text.length : end };
}
