import { linesOf } from '../text/lines.ts';
import type { Position, Range } from '../text/textEdit.ts';

/** `KEY{attribute}op"value"`. */
export interface UdevToken {
  /** `ACTION`, `ATTR`, `RUN` ... */
  readonly key: string;
  readonly attribute: string | null;
  readonly operator: string;
  /** As written between the quotes, escapes and all. */
  readonly value: string;
  readonly range: Range;
  /** Where a part of `value` (UTF-16 units from its start) stands in the file. */
  readonly rangeOf: (start: number, end: number) => Range;
}

/** A rule over all its lines; a line that ends in a backslash goes on in the next. Line numbers count from 0. */
export interface UdevRule {
  readonly startLine: number;
  readonly endLine: number;
  readonly tokens: readonly UdevToken[];
  /** What could not be read after the last token; null when the rule was read to its end. */
  readonly fault: string | null;
}

/** A piece of a joined line and where it came from. */
interface Piece {
  readonly offset: number;
  readonly line: number;
  readonly character: number;
}

// After `e` the value has C escapes, else `\"` is the only one.
const token =
  /[\s,]*([A-Za-z_]+)(?:\{([^}]*)\})?\s*(==|!=|\+=|-=|:=|=)\s*(?:e"((?:[^"\\]|\\.)*)"|i?"((?:\\"|[^"])*)")/dy;

/** Read a file of udev rules (udev(7)). Comments and blank lines are no rules; never fails. */
export function parseUdevRules(text: string): UdevRule[] {
  const rules: UdevRule[] = [];
  let joined = '';
  let pieces: Piece[] = [];
  const finish = (): void => {
    if (joined.trim() !== '') rules.push(ruleOf(joined, pieces));
    joined = '';
    pieces = [];
  };
  for (const [line, content] of linesOf(text).entries()) {
    const stripped = content.trimStart();
    // udev skips a comment even between the lines of one rule.
    if (stripped.startsWith('#')) continue;
    const goesOn = stripped.endsWith('\\');
    pieces.push({ offset: joined.length, line, character: content.length - stripped.length });
    joined += goesOn ? stripped.slice(0, -1) : stripped;
    if (!goesOn) finish();
  }
  finish();
  return rules;
}

function ruleOf(joined: string, pieces: readonly Piece[]): UdevRule {
  const tokens: UdevToken[] = [];
  const startLine = pieces[0]?.line ?? 0;
  const endLine = pieces.at(-1)?.line ?? startLine;
  const positionOf = (offset: number): Position => {
    const piece = pieces.findLast((one) => one.offset <= offset) ?? { offset: 0, line: startLine, character: 0 };
    return { line: piece.line, character: piece.character + offset - piece.offset };
  };
  const rangeOf = (start: number, end: number): Range => ({ start: positionOf(start), end: positionOf(end) });
  token.lastIndex = 0;
  let end = 0;
  for (let match = token.exec(joined); match !== null; match = token.exec(joined)) {
    end = token.lastIndex;
    const [, key = '', attribute = null, operator = '', escaped, plain] = match;
    const valueStart = (match.indices?.[4] ?? match.indices?.[5])?.[0] ?? end;
    tokens.push({
      key,
      attribute,
      operator,
      value: escaped ?? plain ?? '',
      range: rangeOf(match.indices?.[1]?.[0] ?? match.index, end),
      rangeOf: (from, to) => rangeOf(valueStart + from, valueStart + to),
    });
  }
  const rest = joined.slice(end).replace(/^[\s,]+/, '');
  return { startLine, endLine, tokens, fault: rest === '' ? null : `cannot read from here on: ${rest}` };
}
