import type { Span } from '../service/languageService.ts';

/** A file in systemd's form (systemd.syntax(7)), whole: the nodes stand end to end. Lines count from 0. */
export type UnitNode = Span & { readonly line: number; readonly endLine: number } & (
    | { readonly kind: 'blank' | 'comment' }
    | { readonly kind: 'section'; readonly name: string; readonly nameSpan: Span }
    | UnitAssignment
    /** What is neither; systemd passes it over. */
    | { readonly kind: 'malformed'; readonly text: string; readonly textSpan: Span }
  );

export interface UnitAssignment {
  readonly kind: 'setting';
  /** Of the section it stands in; null before the first one. */
  readonly section: string | null;
  readonly key: string;
  readonly keySpan: Span;
  /** Without the blanks around it; lines that a backslash continues are joined with a blank. */
  readonly value: string;
  readonly valueSpan: Span;
  /** Where its `=` stands. */
  readonly equals: number;
  /** Whether the value goes on in further lines. */
  readonly continued: boolean;
}

export type UnitSettingNode = Extract<UnitNode, { kind: 'setting' }>;
export type UnitSectionNode = Extract<UnitNode, { kind: 'section' }>;

/** Read such a file, as config_parse() of systemd does. Never fails. */
export function parseUnit(text: string): UnitNode[] {
  const nodes: UnitNode[] = [];
  let section: string | null = null;
  let line = 0;
  // A byte order mark is passed over.
  let start = 0;
  while (start < text.length) {
    const first = lineAt(text, start);
    const from = firstOf(text, start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start, first.end);
    if (from === first.end || text[from] === '#' || text[from] === ';') {
      nodes.push({ kind: from === first.end ? 'blank' : 'comment', start, end: first.next, line, endLine: line });
      start = first.next;
      line += 1;
      continue;
    }
    const { joined, end, next, lines } = joinedFrom(text, from, first);
    const node = nodeOf(text, joined, from, end, section);
    if (node.kind === 'section') section = node.name;
    nodes.push({
      ...node,
      ...(node.kind === 'setting' ? { continued: lines > 1 || goesOn(text.slice(from, end)) } : {}),
      start,
      end: next,
      line,
      endLine: line + lines - 1,
    });
    start = next;
    line += lines;
  }
  return nodes;
}

/** The assignments of a file, in order. */
export function settingsOf(nodes: readonly UnitNode[]): UnitSettingNode[] {
  return nodes.filter((node) => node.kind === 'setting');
}

type Bare = UnitNode extends infer One
  ? One extends UnitNode
    ? Omit<One, 'start' | 'end' | 'line' | 'endLine'>
    : never
  : never;

function nodeOf(text: string, joined: string, from: number, end: number, section: string | null): Bare {
  const last = lastOf(text, from, end);
  if (joined.startsWith('[')) {
    const close = text.lastIndexOf(']', last - 1);
    if (close === last - 1 && close > from) {
      const nameSpan = { start: from + 1, end: close };
      return { kind: 'section', name: text.slice(from + 1, close), nameSpan };
    }
    return { kind: 'malformed', text: joined, textSpan: { start: from, end: last } };
  }
  const equals = text.indexOf('=', from);
  if (equals < 0 || equals >= end) return { kind: 'malformed', text: joined, textSpan: { start: from, end: last } };
  const keyEnd = lastOf(text, from, equals);
  const valueStart = Math.min(firstOf(text, equals + 1, end), end);
  return {
    kind: 'setting',
    section,
    key: text.slice(from, keyEnd),
    keySpan: { start: from, end: keyEnd },
    value: joined.slice(joined.indexOf('=') + 1).replace(/^[ \t]+|[ \t]+$/g, ''),
    valueSpan: { start: valueStart, end: Math.max(valueStart, last) },
    equals,
    continued: false,
  };
}

/** A line with those that a backslash at its end takes in; comments between them are passed over. */
function joinedFrom(
  text: string,
  from: number,
  first: { readonly end: number; readonly next: number },
): { readonly joined: string; readonly end: number; readonly next: number; readonly lines: number } {
  let { end, next } = first;
  let joined = '';
  let part = text.slice(from, end);
  let lines = 1;
  while (goesOn(part) && next < text.length) {
    joined += `${part.slice(0, -1)} `;
    let line = lineAt(text, next);
    lines += 1;
    let start = firstOf(text, next, line.end);
    while ((text[start] === '#' || text[start] === ';') && start < line.end) {
      if (line.next >= text.length) {
        // Nothing follows that it could go on with.
        start = line.end;
        break;
      }
      line = lineAt(text, line.next);
      start = firstOf(text, line.start, line.end);
      lines += 1;
    }
    part = text.slice(start, line.end);
    ({ end, next } = line);
  }
  return { joined: joined + (goesOn(part) ? part.slice(0, -1) : part), end, next, lines };
}

/** An odd number of backslashes at the end. */
function goesOn(line: string): boolean {
  return (/\\*$/.exec(line)?.[0].length ?? 0) % 2 === 1;
}

function lineAt(text: string, start: number): { readonly start: number; readonly end: number; readonly next: number } {
  let end = start;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  if (end === text.length) return { start, end, next: end };
  return { start, end, next: text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1 };
}

function firstOf(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at += 1;
  return at;
}

function lastOf(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && (text[at - 1] === ' ' || text[at - 1] === '\t')) at -= 1;
  return at;
}
