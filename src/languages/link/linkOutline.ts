import type { DocumentSymbol, Folding, SpanEdit } from '../service/languageService.ts';
import { lineEndOf } from '../text/lines.ts';
import { parseUnit, type UnitNode } from './unitText.ts';

/** Sections with the keys in them. */
export function linkSymbols(text: string): DocumentSymbol[] {
  const nodes = parseUnit(text);
  const symbols: DocumentSymbol[] = [];
  const keyOf = (node: Extract<UnitNode, { kind: 'setting' }>): DocumentSymbol => ({
    name: node.key,
    detail: node.value,
    kind: 'key',
    span: { start: node.keySpan.start, end: Math.max(node.valueSpan.end, node.equals + 1) },
    selection: node.keySpan,
    children: [],
  });
  for (const [at, node] of nodes.entries()) {
    if (node.kind === 'setting' && node.section === null) symbols.push(keyOf(node));
    if (node.kind !== 'section') continue;
    const inside = partOf(nodes, at).filter((one) => one.kind === 'setting');
    const end = inside.at(-1)?.valueSpan.end ?? node.nameSpan.end + 1;
    symbols.push({
      name: node.name,
      detail: '',
      kind: 'section',
      span: { start: node.nameSpan.start - 1, end: Math.max(end, node.nameSpan.end + 1) },
      selection: node.nameSpan,
      children: inside.map(keyOf),
    });
  }
  return symbols;
}

/** What stands in a section: up to the next one. */
function partOf(nodes: readonly UnitNode[], at: number): UnitNode[] {
  const next = nodes.findIndex((node, index) => index > at && node.kind === 'section');
  return nodes.slice(at + 1, next < 0 ? nodes.length : next);
}

/** Sections, runs of comments, values over several lines. */
export function linkFoldings(text: string): Folding[] {
  const nodes = parseUnit(text);
  const foldings: Folding[] = [];
  for (const [at, node] of nodes.entries()) {
    if (node.kind === 'section') {
      const last = partOf(nodes, at).findLast(({ kind }) => kind === 'setting' || kind === 'malformed');
      if (last !== undefined) foldings.push({ startLine: node.line, endLine: last.endLine, kind: 'region' });
    } else if (node.kind === 'setting' && node.endLine > node.line) {
      foldings.push({ startLine: node.line, endLine: node.endLine, kind: 'region' });
    } else if (node.kind === 'comment' && nodes[at - 1]?.kind !== 'comment') {
      const end = nodes.findIndex((one, index) => index > at && one.kind !== 'comment');
      const last = nodes[end < 0 ? nodes.length - 1 : end - 1];
      if (last !== undefined && last.line > node.line)
        foldings.push({ startLine: node.line, endLine: last.line, kind: 'comment' });
    }
  }
  return foldings;
}

/** White space set right: none around =, none before or behind a line, one line end at the end of the file. A value over several lines stays as it is. */
export function formatLink(text: string): SpanEdit[] {
  // A carriage return alone, or a byte order mark, would mean something else in another place.
  if (/\r(?!\n)|\ufeff/.test(text)) return [];
  const nodes = parseUnit(text);
  const last = nodes.findLastIndex(({ kind }) => kind !== 'blank');
  const edits = nodes.slice(0, last + 1).flatMap((node) => nodeEdits(text, node));
  const content = text.slice(0, nodes[last]?.end ?? 0).replace(/[ \t\r\n]*$/, '').length;
  // Behind a backslash a line end goes on.
  if (text[content - 1] === '\\') return edits;
  const end = last < 0 ? '' : lineEndOf(text);
  const kept = edits.filter(({ start }) => start < content);
  return text.slice(content) === end ? kept : [...kept, { start: content, end: text.length, text: end }];
}

function nodeEdits(text: string, node: UnitNode): SpanEdit[] {
  const change = (start: number, end: number, wanted: string): SpanEdit[] =>
    text.slice(start, end) === wanted || !/^[ \t]*$/.test(text.slice(start, end)) ? [] : [{ start, end, text: wanted }];
  const line = text.slice(node.start, node.end).replace(/[\r\n]+$/, '');
  if (node.endLine > node.line || /\\[ \t]*$/.test(line)) return [];
  const lineEnd = node.start + line.length;
  const first = node.start + (/^[ \t]*/.exec(line)?.[0].length ?? 0);
  const begin = node.start;
  const trimmed = node.start + line.replace(/[ \t]+$/, '').length;
  if (node.kind === 'blank') return change(begin, lineEnd, '');
  const around = [...change(begin, first, ''), ...change(Math.max(trimmed, first), lineEnd, '')];
  if (node.kind !== 'setting') return around;
  return [
    ...change(begin, first, ''),
    ...change(node.keySpan.end, node.equals, ''),
    ...(node.value === ''
      ? change(node.equals + 1, lineEnd, '')
      : [...change(node.equals + 1, node.valueSpan.start, ''), ...change(trimmed, lineEnd, '')]),
  ];
}
