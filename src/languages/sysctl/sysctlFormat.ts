import type { SpanEdit } from '../service/languageService.ts';
import { lineIndex } from '../service/lineIndex.ts';
import { lineEndOf } from '../text/lines.ts';
import { parseSysctlConf, type SysctlLine } from './sysctlConf.ts';

/**
 * The white space of a file set right: no blanks before a line or after it, one at each side of `=`, none after the dash
 * that takes errors lightly, one line end at the end of the file. Blanks inside a value stay: they may matter.
 */
export function formatSysctl(text: string): SpanEdit[] {
  // Before a line feed a carriage return that stood alone would become half of another line end.
  if (/\r(?!\n)/.test(text)) return [];
  const index = lineIndex(text);
  const { lines } = parseSysctlConf(text);
  const last = lines.findLastIndex(({ kind }) => kind !== 'blank');
  if (last < 0) return text === '' ? [] : [{ start: 0, end: text.length, text: '' }];
  const edits = lines.slice(0, last + 1).flatMap((line) => lineEdits(line, index.startOf(line.lineNumber)));
  const end = { start: index.endOf(last), end: text.length, text: lineEndOf(text) };
  return text.slice(end.start) === end.text ? edits : [...edits, end];
}

function lineEdits(line: SysctlLine, lineStart: number): SpanEdit[] {
  const { text } = line;
  const change = (from: number, to: number, wanted: string): SpanEdit[] =>
    text.slice(from, to) === wanted ? [] : [{ start: lineStart + from, end: lineStart + to, text: wanted }];
  const first = /[^ \t\v\f]/.exec(text)?.index ?? text.length;
  const end = text.length - (/[ \t\v\f]*$/.exec(text)?.[0].length ?? 0);
  if (line.kind === 'blank') return change(0, text.length, '');
  const around = [...change(0, first, ''), ...change(end, text.length, '')];
  if (line.kind !== 'assignment' && line.kind !== 'exclude') return around;
  const dash = text[first] === '-' ? change(first + 1, line.keyRange.start.character, '') : [];
  if (line.kind === 'exclude') return [...around, ...dash];
  const equals = text.indexOf('=', line.keyRange.end.character);
  const value = line.valueRange;
  const empty = value.start.character === value.end.character;
  return [
    ...change(0, first, ''),
    ...dash,
    ...change(line.keyRange.end.character, equals, ' '),
    ...(empty
      ? change(equals + 1, text.length, '')
      : [...change(equals + 1, value.start.character, ' '), ...change(value.end.character, text.length, '')]),
  ];
}
