import type { Position, Range } from '../text/textEdit.ts';
import type { Span } from './languageService.ts';

/** Offsets of a text to lines and back. */
export interface LineIndex {
  readonly lineCount: number;
  /** Where a line begins; the length of the text for a line behind the last. */
  readonly startOf: (line: number) => number;
  /** Where a line ends, its line end not counted. */
  readonly endOf: (line: number) => number;
  readonly offsetOf: (position: Position) => number;
  readonly positionOf: (offset: number) => Position;
  readonly spanOf: (range: Range) => Span;
}

/** CR LF, LF and CR each end a line, as in an editor. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 0x0a && code !== 0x0d) continue;
    if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) at += 1;
    starts.push(at + 1);
  }
  const startOf = (line: number): number => starts[line] ?? text.length;
  const endOf = (line: number): number => {
    const next = starts[line + 1];
    if (next === undefined) return text.length;
    return next >= 2 && text.charCodeAt(next - 1) === 0x0a && text.charCodeAt(next - 2) === 0x0d ? next - 2 : next - 1;
  };
  const offsetOf = ({ line, character }: Position): number => Math.min(startOf(line) + character, text.length);
  return {
    lineCount: starts.length,
    startOf,
    endOf,
    offsetOf,
    positionOf: (offset) => {
      const line = lineAt(starts, offset);
      return { line, character: offset - startOf(line) };
    },
    spanOf: ({ start, end }) => ({ start: offsetOf(start), end: offsetOf(end) }),
  };
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
