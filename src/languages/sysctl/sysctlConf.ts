import { linesOf } from '../text/lines.ts';
import type { Range } from '../text/textEdit.ts';
import { normalizeKey } from './sysctlKey.ts';

interface Line {
  /** From 0. */
  readonly lineNumber: number;
  /** The line as it stands, without its end. */
  readonly text: string;
}

/** `key = value` */
export interface SysctlAssignment extends Line {
  readonly kind: 'assignment';
  /** In the dotted spelling, whatever the file uses; may hold glob characters. */
  readonly key: string;
  readonly rawKey: string;
  /** As written, without the blanks around it; a note after it (`8 # note`) is part of it, as it is for the kernel. */
  readonly value: string;
  readonly keyRange: Range;
  readonly valueRange: Range;
  /** `-key = value`: a failure to set it is not reported. */
  readonly ignoreErrors: boolean;
}

/** A line of a sysctl.conf. `exclude` is `-key` alone: the key is left out of globs. */
export type SysctlLine =
  | SysctlAssignment
  | (Line & { readonly kind: 'comment' })
  | (Line & { readonly kind: 'blank' })
  | SysctlExclusion
  | (Line & { readonly kind: 'malformed'; readonly reason: string });

/** `-key` alone */
export interface SysctlExclusion extends Line {
  readonly kind: 'exclude';
  readonly key: string;
  readonly rawKey: string;
  readonly keyRange: Range;
}

/** One entry a line, in order; no line is left out. */
export interface SysctlDocument {
  readonly lines: readonly SysctlLine[];
  /** What ends each line; that of the last one is empty. */
  readonly lineEnds: readonly string[];
}

/** Read a sysctl.conf or a file of sysctl.d (sysctl.d(5), sysctl.conf(5)). Never fails: a line that is none is `malformed`. */
export function parseSysctlConf(text: string): SysctlDocument {
  return { lines: linesOf(text).map(parseSysctlLine), lineEnds: [...(text.match(/\r\n|\n|\r/g) ?? []), ''] };
}

/** The text that was read, to the last character: an assignment is put together again from its parts. */
export function printSysctlConf({ lines, lineEnds }: SysctlDocument): string {
  return lines.map((line, index) => printLine(line) + (lineEnds[index] ?? '')).join('');
}

function printLine(line: SysctlLine): string {
  if (line.kind !== 'assignment') return line.text;
  const { text, rawKey, keyRange, value, valueRange } = line;
  const before = text.slice(0, keyRange.start.character);
  const between = text.slice(keyRange.end.character, valueRange.start.character);
  return before + rawKey + between + value + text.slice(valueRange.end.character);
}

/** The lines that set something. */
export function assignmentsOf({ lines }: SysctlDocument): SysctlAssignment[] {
  return lines.filter((line) => line.kind === 'assignment');
}

/** Read one line of such a file, without its end; `lineNumber` counts from 0 and is only handed on. */
export function parseSysctlLine(text: string, lineNumber: number): SysctlLine {
  const [start, end] = trimmed(text, 0, text.length);
  if (start === end) return { kind: 'blank', lineNumber, text };
  const first = text[start];
  if (first === '#' || first === ';') return { kind: 'comment', lineNumber, text };
  const dash = first === '-';
  const equals = text.indexOf('=', start);
  const [keyStart, keyEnd] = trimmed(text, dash ? start + 1 : start, equals < 0 ? end : equals);
  const rawKey = text.slice(keyStart, keyEnd);
  const keyRange = rangeIn(lineNumber, keyStart, keyEnd);
  if (rawKey === '') return { kind: 'malformed', lineNumber, text, reason: 'no key before =' };
  if (/[ \t\v\f]/.test(rawKey)) {
    return { kind: 'malformed', lineNumber, text, reason: equals < 0 ? 'no = in the line' : 'blanks inside the key' };
  }
  const key = normalizeKey(rawKey);
  if (equals < 0) {
    return dash
      ? { kind: 'exclude', lineNumber, text, key, rawKey, keyRange }
      : { kind: 'malformed', lineNumber, text, reason: 'no = in the line' };
  }
  const [valueStart, valueEnd] = trimmed(text, equals + 1, text.length);
  return {
    kind: 'assignment',
    lineNumber,
    text,
    key,
    rawKey,
    value: text.slice(valueStart, valueEnd),
    keyRange,
    valueRange: rangeIn(lineNumber, valueStart, valueEnd),
    ignoreErrors: dash,
  };
}

/** Bounds without the blanks at both ends; of blanks alone, the end. Not `trim()`: that takes a byte order mark too, which the tools do not. */
function trimmed(text: string, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return [start, end];
}

/** Space, tab, VT, FF, as isspace(3) has them; line ends are gone by now. */
function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

function rangeIn(line: number, start: number, end: number): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}
