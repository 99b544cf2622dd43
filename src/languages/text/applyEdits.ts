import type { Position, TextEdit } from './textEdit.ts';

/** The text after the edits of one plan, which are all in terms of the text before. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = lineStarts(text);
  const offset = ({ line, character }: Position): number => (starts[line] ?? text.length) + character;
  // Equal starts keep their order: what comes first in the plan stands first in the text.
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((x, y) => offset(x.edit.start) - offset(y.edit.start) || x.index - y.index);
  let result = '';
  let from = 0;
  for (const { edit } of ordered) {
    result += text.slice(from, offset(edit.start)) + edit.text;
    from = offset(edit.end);
  }
  return result + text.slice(from);
}

/** Offsets at which lines begin; CR LF, LF and CR each end one. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) starts.push(end.index + end[0].length);
  return starts;
}
