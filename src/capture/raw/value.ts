import { type Format, formats } from '../../kernel/formats.ts';
import { splitGrep } from '../../kernel/multiFile.ts';
import { parseTcpSection } from '../tcpSummary.ts';
import type { RawEntry } from './entries.ts';
import { lineOf, type Pages } from './pages.ts';

/** Beyond this many characters a text is not parsed a second and third time to tell its lines apart. */
const mostForLines = 4 * 1024 * 1024;

/** What is made of a text, or of one line of it; or why there is nothing to show. */
export type RawValue =
  | { readonly ok: true; readonly title: string; readonly value: unknown; readonly note: string }
  | { readonly ok: false; readonly reason: string };

type Reader = Pick<Format, 'name' | 'parse'>;

/** What the collector counted on the host: a format of its own under the name of another. */
const summaries: Readonly<Record<string, Reader>> = { tcp: { name: 'tcp summary', parse: parseTcpSection } };

/** The parser of an entry: by the file's path, or by the name that its section and a format share. */
export function readerOf({ kind, section, label, text }: RawEntry): Reader | null {
  if (kind === 'stderr') return null;
  if (kind === 'file') return readerOfFile(label);
  const [base = ''] = section.name.split(/[@ ]/);
  const isJson = /^\s*[[{]/.test(text);
  return summaries[base] ?? (isJson ? formatNamed(`${base}-json`) : null) ?? formatNamed(base);
}

/** The value of a whole text. */
export function valueOfText(entry: RawEntry): RawValue {
  const reader = readerOf(entry);
  if (reader === null) return none(entry);
  const { value, warnings } = reader.parse(entry.text);
  const note = warnings.map(({ line, message }) => `line ${line}: ${message}`).join('\n');
  return { ok: true, title: `Parsed as ${reader.name}`, value, note };
}

/**
 * What one line (from 0) adds to the value: parsers keep no line numbers, so the text is read up to the line before and up
 * to this one, and what differs is shown as it is in the value of the whole text. True for every format that is read from
 * top to bottom, of one line a record or of many.
 */
export function valueOfLine(entry: RawEntry, pages: Pages, line: number): RawValue {
  const at = lineOf(entry.text, pages, line);
  if (at === null) return { ok: false, reason: 'there is no such line' };
  const reader = readerOf(entry);
  if (reader === null) return entry.kind === 'section' ? valueOfFileLine(entry, at) : none(entry);
  if (entry.text.length > mostForLines)
    return { ok: false, reason: 'too much text to tell line by line; the value of the whole text is there' };
  const before = reader.parse(entry.text.slice(0, at.from)).value;
  const after = reader.parse(entry.text.slice(0, at.end)).value;
  const { value: whole } = reader.parse(entry.text);
  const changed = changesBetween(before, after);
  if (changed.length === 0)
    return {
      ok: false,
      reason: `this line alone gives no value (${reader.name}): a heading, or part of a larger whole`,
    };
  const found = Object.fromEntries(changed.map((path) => [path.join('.') || 'value', valueAt(whole, path)]));
  return { ok: true, title: `Line ${line + 1}, parsed as ${reader.name}`, value: found, note: '' };
}

function formatNamed(name: string): Reader | null {
  return formats.find((format) => format.name === name) ?? null;
}

function readerOfFile(label: string): Reader | null {
  const path = label.replace(/ \(\d+\)$/, '');
  return formats.find(({ source }) => source === path) ?? null;
}

function none({ kind, label }: RawEntry): RawValue {
  return {
    ok: false,
    reason: kind === 'stderr' ? 'what a program says on stderr is not parsed' : `no parser reads ${label}`,
  };
}

/** A line of `grep -sH ^`: the file, and its text; of a file that has a parser all its lines, parsed. */
function valueOfFileLine(entry: RawEntry, { from, end }: { from: number; end: number }): RawValue {
  const [line] = splitGrep(entry.text.slice(from, end));
  if (line === undefined || !line.path.startsWith('/')) return none(entry);
  const reader = readerOfFile(line.path);
  const lines = splitGrep(entry.text).filter(({ path }) => path === line.path);
  const text = lines.map((each) => each.text).join('\n');
  const value = reader === null ? { file: line.path, text } : { file: line.path, value: reader.parse(text).value };
  return { ok: true, title: line.path, value, note: reader === null ? 'no parser reads this file by itself' : '' };
}

type Path = readonly (string | number)[];

/** The outermost parts of `after` that are new or other than in `before`. */
function changesBetween(before: unknown, after: unknown, path: Path = []): Path[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  if (old === null || now === null) return Object.is(before, after) ? [] : [path];
  return [...now].flatMap(([key, part]) =>
    old.has(key) ? changesBetween(old.get(key), part, [...path, key]) : [[...path, key]],
  );
}

/** What a value consists of; null for one that has no parts. */
function partsOf(value: unknown): ReadonlyMap<string | number, unknown> | null {
  if (value instanceof Map) return value;
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && Symbol.iterator in value))
    return new Map(Array.from(value as ArrayLike<unknown>, (part, index) => [index, part]));
  if (typeof value === 'object' && value !== null) return new Map(Object.entries(value));
  return null;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((whole, key) => partsOf(whole)?.get(key), value);
}
