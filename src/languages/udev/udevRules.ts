import type { Span } from '../service/languageService.ts';
import { type RawToken, type TokenFault, tokensOf } from './udevTokens.ts';

/** A text of udev rules, whole: the nodes stand end to end, so that their texts together are the text again. */
export interface UdevDocument {
  readonly nodes: readonly UdevNode[];
}

export type UdevNode = (Span & { readonly kind: 'comment' | 'blank' }) | UdevRule;

/** A rule over all its lines, line ends and the comments between them included. Line numbers count from 0. */
export interface UdevRule extends Span {
  readonly kind: 'rule';
  readonly startLine: number;
  readonly endLine: number;
  /** The lines as udev joins them: without the blanks they begin with and the backslashes that continue them. */
  readonly joined: string;
  /** Where a part of `joined` stands in the text; one that lies over several lines takes in what is between them. */
  readonly spanOf: (from: number, to: number) => Span;
  /** The other way: -1 for a place that is not in `joined`. */
  readonly indexOf: (offset: number) => number;
  readonly tokens: readonly UdevToken[];
  /** What cannot be read; with any of these udev leaves the whole rule out. */
  readonly faults: readonly UdevFault[];
  /** The text ends where a backslash says that the rule goes on: udev leaves it out. */
  readonly open: boolean;
  readonly comments: readonly Span[];
}

/** `KEY{attribute}op"value"`. Its `from` and `to` are of the rule's `joined`. */
export interface UdevToken extends RawToken {
  readonly span: Span;
  readonly keySpan: Span;
  /** Between the braces; null without them. */
  readonly attributeSpan: Span | null;
  readonly operatorSpan: Span;
  /** Between the quotes. */
  readonly valueSpan: Span;
  /** Where a part of `raw` (UTF-16 units from its start) stands in the text. */
  readonly rawSpan: (start: number, end: number) => Span;
}

export interface UdevFault extends TokenFault {
  readonly span: Span;
}

/** A piece of a joined rule and where it came from. */
interface Piece {
  readonly index: number;
  readonly offset: number;
  readonly length: number;
}

/** The rules of a text (udev(7)). Comments and blank lines are no rules; never fails. */
export function parseUdevRules(text: string): UdevRule[] {
  return parseUdevDocument(text).nodes.filter((node) => node.kind === 'rule');
}

/** Read a file of udev rules (udev(7), src/udev/udev-rules.c of systemd). Never fails. */
export function parseUdevDocument(text: string): UdevDocument {
  const nodes: UdevNode[] = [];
  let open: OpenRule | null = null;
  let line = 0;
  for (let start = 0; start < text.length; line += 1) {
    const { end, next } = lineFrom(text, start);
    let first = start;
    while (first < end && isBlank(text.charCodeAt(first))) first += 1;
    const isComment = text[first] === '#' && first < end;
    if (isComment) {
      // udev skips a comment even between the lines of one rule.
      if (open === null) nodes.push({ kind: 'comment', start, end: next });
      else open.comments.push({ start: first, end });
    } else if (open === null && first === end) nodes.push({ kind: 'blank', start, end: next });
    else {
      const goesOn = end > first && text[end - 1] === '\\';
      open ??= { start, startLine: line, joined: '', pieces: [], comments: [] };
      const last = goesOn ? end - 1 : end;
      open.pieces.push({ index: open.joined.length, offset: first, length: last - first });
      open.joined += text.slice(first, last);
      if (!goesOn) {
        nodes.push(finished(open, next, line, false));
        open = null;
      }
    }
    start = next;
  }
  if (open !== null) nodes.push(finished(open, text.length, Math.max(open.startLine, line - 1), true));
  return { nodes };
}

interface OpenRule {
  readonly start: number;
  readonly startLine: number;
  joined: string;
  readonly pieces: Piece[];
  readonly comments: Span[];
}

function finished(rule: OpenRule, end: number, endLine: number, open: boolean): UdevNode {
  const { start, startLine, joined, pieces, comments } = rule;
  if (joined.trim() === '' && !open && comments.length === 0) return { kind: 'blank', start, end };
  const [only] = pieces;
  const offsetOf = (index: number): number => {
    const piece = pieceAt(pieces, index, ({ index: from }) => from);
    return piece === undefined ? start : piece.offset + index - piece.index;
  };
  const shift = pieces.length === 1 && only !== undefined ? only.offset : null;
  // The end of a span is behind its last character, not before the next one: that may be lines away.
  const spanOf = (from: number, to: number): Span => {
    if (shift !== null) return { start: shift + from, end: shift + to };
    const first = offsetOf(from);
    return { start: first, end: to > from ? offsetOf(to - 1) + 1 : first };
  };
  const indexOf = (offset: number): number => {
    const piece = pieceAt(pieces, offset, ({ offset: from }) => from);
    if (piece === undefined || offset < piece.offset || offset > piece.offset + piece.length) return -1;
    return piece.index + offset - piece.offset;
  };
  const { tokens, faults } = knownTokens(joined);
  return {
    kind: 'rule',
    start,
    end,
    startLine,
    endLine,
    joined,
    spanOf,
    indexOf,
    tokens: tokens.map((token) => placed(token, spanOf)),
    faults: faults.map((fault) => ({ ...fault, span: spanOf(fault.from, fault.to) })),
    open,
    comments,
  };
}

/** Tokens by the joined text of their rule: of a file of thousands of rules a keystroke changes one. */
let tokensNow = new Map<string, ReturnType<typeof tokensOf>>();
let tokensBefore = tokensNow;
const mostKnown = 20_000;

function knownTokens(joined: string): ReturnType<typeof tokensOf> {
  const known = tokensNow.get(joined) ?? tokensBefore.get(joined) ?? tokensOf(joined);
  if (tokensNow.size >= mostKnown) [tokensBefore, tokensNow] = [tokensNow, new Map()];
  tokensNow.set(joined, known);
  return known;
}

function placed(token: RawToken, spanOf: UdevRule['spanOf']): UdevToken {
  const { from, to, key, attribute, attributeFrom, operator, operatorFrom, prefix, raw, rawFrom, value } = token;
  return {
    from,
    to,
    key,
    attribute,
    attributeFrom,
    operator,
    operatorFrom,
    prefix,
    raw,
    rawFrom,
    value,
    span: spanOf(from, to),
    keySpan: spanOf(from, from + key.length),
    attributeSpan: attribute === null ? null : spanOf(attributeFrom, attributeFrom + attribute.length),
    operatorSpan: spanOf(operatorFrom, operatorFrom + operator.length),
    valueSpan: spanOf(rawFrom, rawFrom + raw.length),
    rawSpan: (start, end) => spanOf(rawFrom + start, rawFrom + end),
  };
}

/** The last piece that begins at a place or before it, by one of its two coordinates; both ascend. */
function pieceAt(pieces: readonly Piece[], at: number, from: (piece: Piece) => number): Piece | undefined {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const piece = pieces[middle];
    if (piece !== undefined && from(piece) <= at) low = middle;
    else high = middle - 1;
  }
  return pieces[low];
}

/** CR LF, LF and CR each end a line. */
function lineFrom(text: string, start: number): { readonly end: number; readonly next: number } {
  let end = start;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  if (end === text.length) return { end, next: end };
  return { end, next: text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1 };
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
