import type { TextEdit } from './textEdit.ts';

/** The lines of a text without their ends; a text that ends in a line end has an empty last line, as in an editor. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** The line end a text uses (that of its first line), LF for a text of one line. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  return /^[^\r\n]*\r\n/.test(text) ? '\r\n' : '\n';
}

/** The blanks a line begins with. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Add lines at the end of a text, set off by a blank line, the last one ended. */
export function appendLines(text: string, added: readonly string[]): TextEdit {
  const lines = linesOf(text);
  const lineEnd = lineEndOf(text);
  const last = lines.at(-1) ?? '';
  const end = { line: lines.length - 1, character: last.length };
  // A last line without an end is ended first; nothing but blanks counts as a blank line.
  const ended = last === '' ? [] : [''];
  const above = last === '' ? (lines.at(-2) ?? '') : last;
  const apart = above.trim() === '' ? [] : [''];
  return { start: end, end, text: [...ended, ...apart, ...added, ''].join(lineEnd) };
}

/** Put a comment above a line, indented like it; a comment that it makes obsolete there is replaced. */
export function commentAbove(
  text: string,
  line: number,
  comment: string,
  isObsolete: (line: string) => boolean,
): TextEdit {
  const lines = linesOf(text);
  const indented = indentOf(lines[line] ?? '') + comment;
  const above = lines[line - 1];
  if (above !== undefined && isObsolete(above)) {
    return {
      start: { line: line - 1, character: 0 },
      end: { line: line - 1, character: above.length },
      text: indented,
    };
  }
  const start = { line, character: 0 };
  return { start, end: start, text: indented + lineEndOf(text) };
}
