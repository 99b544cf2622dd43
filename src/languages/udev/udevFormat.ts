import type { SpanEdit } from '../service/languageService.ts';
import { lineEndOf } from '../text/lines.ts';
import { parseUdevDocument, type UdevNode, type UdevRule } from './udevRules.ts';

/**
 * The white space of a file set right: none before a rule, two blanks before a line that continues one, none around
 * operators, one behind a comma, none at the end of a line, one line end at the end of the file. A rule that cannot be
 * read, and the inside of values, stay as they are.
 */
export function formatUdev(text: string): SpanEdit[] {
  // Before a line feed a carriage return that stood alone would become half of another line end.
  if (/\r(?!\n)/.test(text)) return [];
  const { nodes } = parseUdevDocument(text);
  const last = nodes.findLastIndex((node) => !isEmpty(text, node));
  const edits = nodes
    .slice(0, last + 1)
    .flatMap((node) => (node.kind === 'rule' ? ruleEdits(text, node) : lineEdits(text, node)));
  const node = nodes[last];
  if (node?.kind === 'rule' && (node.open || isBroken(node))) return edits;
  const content = text.slice(0, node?.end ?? 0).replace(/[ \t\r\n]*$/, '').length;
  // Lines of nothing behind a backslash end the rule that it continues.
  if (text[content - 1] === '\\') return edits;
  const end = node === undefined ? '' : lineEndOf(text);
  const tail = edits.filter(({ start }) => start < content);
  return text.slice(content) === end ? tail : [...tail, { start: content, end: text.length, text: end }];
}

function isEmpty(text: string, { kind, start, end }: UdevNode): boolean {
  return kind === 'blank' && text.slice(start, end).trim() === '';
}

/** A rule of which some part could not be read: what its white space means is not known. */
function isBroken({ faults, joined }: UdevRule): boolean {
  return faults.length > 0 || /\\[ \t]*$/.test(joined);
}

/** A comment or a blank line. */
function lineEdits(text: string, { start, end }: UdevNode): SpanEdit[] {
  const line = text.slice(start, end).replace(/[\r\n]+$/, '');
  // Lines that a backslash joins to nothing.
  if (line.includes('\n')) return [];
  return change(text, start, start + line.length, line.trim());
}

function ruleEdits(text: string, rule: UdevRule): SpanEdit[] {
  if (isBroken(rule) || rule.tokens.length === 0) return [];
  const { tokens, spanOf, joined, end } = rule;
  const edits: SpanEdit[] = [];
  const [first] = tokens;
  const firstLine = text.slice(rule.start, first?.span.start);
  if (/^[ \t]+$/.test(firstLine)) edits.push({ start: rule.start, end: rule.start + firstLine.length, text: '' });
  for (const [index, { span, keySpan, attributeSpan, operatorSpan, valueSpan, prefix }] of tokens.entries()) {
    const name = attributeSpan === null ? keySpan.end : attributeSpan.end + 1;
    edits.push(...blanks(text, name, operatorSpan.start, ''));
    edits.push(...blanks(text, operatorSpan.end, valueSpan.start - 1 - prefix.length, ''));
    const next = tokens[index + 1];
    if (next !== undefined) edits.push(...gapEdits(text, span.end, next.span.start));
  }
  const lastToken = tokens.at(-1)?.span.end ?? end;
  const rest = text.slice(lastToken, end);
  const trailing = /^[ \t]+(?=\r?\n|$)/.exec(rest)?.[0].length ?? 0;
  if (trailing > 0 && joined.length > 0 && spanOf(0, joined.length).end >= lastToken)
    edits.push({ start: lastToken, end: lastToken + trailing, text: '' });
  return edits;
}

/** What stands between two tokens: on one line, or with a backslash and the indentation of the line behind it. */
function gapEdits(text: string, from: number, to: number): SpanEdit[] {
  const gap = text.slice(from, to);
  const breaks = /^([ \t,]*)\\\r?\n([\s\S]*)$/.exec(gap);
  if (breaks === null)
    return /^[ \t]*,?[ \t]*$/.test(gap) ? change(text, from, to, gap.includes(',') ? ', ' : ' ') : [];
  const [, head = '', tail = ''] = breaks;
  const wanted = /^[ \t]*,[ \t]*$/.test(head) ? ', ' : /^[ \t]*$/.test(head) ? ' ' : head;
  const indent = /[ \t]*$/.exec(tail)?.[0].length ?? 0;
  const ownLine = indent === tail.length || tail.charAt(tail.length - indent - 1) === '\n';
  return [...change(text, from, from + head.length, wanted), ...(ownLine ? change(text, to - indent, to, '  ') : [])];
}

function blanks(text: string, from: number, to: number, wanted: string): SpanEdit[] {
  return /^[ \t]*$/.test(text.slice(from, to)) ? change(text, from, to, wanted) : [];
}

function change(text: string, start: number, end: number, wanted: string): SpanEdit[] {
  return text.slice(start, end) === wanted ? [] : [{ start, end, text: wanted }];
}
