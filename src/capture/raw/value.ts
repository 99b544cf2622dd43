import { type Format, formats } from '../../kernel/formats.ts';
import { isRows } from '../../kernel/json.ts';
import { splitGrep } from '../../kernel/multiFile.ts';
import { parseTcpSection } from '../tcpSummary.ts';
import type { RawEntry } from './entries.ts';
import { lineOf, type Pages } from './pages.ts';

/** Of a text of more characters a line is parsed by itself, with the first line before it. */
const mostForLines = 1024 * 1024;
/** A line that changes more than this moves what others gave: of a list that is sorted, say. */
const mostChanges = 40;

/** What is made of a text, or of one line of it; or why there is nothing to show. */
export type RawValue =
  | { readonly ok: true; readonly title: string; readonly value: unknown; readonly note: string }
  | { readonly ok: false; readonly reason: string };

const alone = 'by itself, below the first line: what depends on its place among the others is not told';

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
  const isLarge = entry.text.length > mostForLines;
  const heading = entry.text.slice(0, isLarge ? lineOf(entry.text, pages, 0)?.end : at.from).replace(/\n$/, '');
  const read = (text: string) => {
    const { value } = reader.parse(text);
    return isRows(value) ? [...value] : value;
  };
  const before = read(`${heading}\n`);
  const after = read(`${heading}\n${entry.text.slice(at.from, at.end)}\n`);
  const whole = isLarge ? after : read(entry.text);
  const changed = changesBetween(before, after);
  if (changed.length === 0)
    return {
      ok: false,
      reason: `this line alone gives no value (${reader.name}): a heading, or part of a larger whole`,
    };
  if (changed.length > mostChanges)
    return { ok: false, reason: 'this line moves what other lines gave; the value of the whole text is there' };
  const found = Object.fromEntries(changed.map((path) => [path.join('.') || 'value', valueAt(whole, path)]));
  return { ok: true, title: `Line ${line + 1}, parsed as ${reader.name}`, value: found, note: isLarge ? alone : '' };
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

type Key = string | number;
type Path = readonly Key[];

/** The outermost parts of `after` that are new or other than in `before`, `mostChanges` and one more at most. */
function changesBetween(before: unknown, after: unknown): Path[] {
  const changed: Path[] = [];
  const path: Key[] = [];
  const compare = (old: unknown, now: unknown): void => {
    if (Object.is(old, now) || changed.length > mostChanges) return;
    const each = (key: Key, part: unknown, has: boolean, oldPart: unknown): void => {
      path.push(key);
      if (has) compare(oldPart, part);
      else changed.push([...path]);
      path.pop();
    };
    if (isList(old) && isList(now)) {
      for (let at = 0; at < now.length; at++) each(at, now[at], at < old.length, old[at]);
    } else if (old instanceof Map && now instanceof Map) {
      for (const [key, part] of now) each(key, part, old.has(key), old.get(key));
    } else if (isRecord(old) && isRecord(now)) {
      for (const key of Object.keys(now)) each(key, now[key], Object.hasOwn(old, key), old[key]);
    } else changed.push([...path]);
  };
  compare(before, after);
  return changed;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && Symbol.iterator in value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Map);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((whole, key) => {
    if (whole instanceof Map) return whole.get(key);
    if (isList(whole)) return whole[Number(key)];
    return isRecord(whole) && Object.hasOwn(whole, key) ? whole[key] : undefined;
  }, value);
}
