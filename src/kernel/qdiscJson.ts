import type { Parsed, Warning } from './parsed.ts';
import { parentOf, parseQdiscText, type Qdisc, type QdiscCounter } from './qdisc.ts';
import { excerpt, warn } from './warnings.ts';

/** `tc -s qdisc show` in either form: a `tc` before 4.15 knows no `-j` or passes over it. */
export function parseQdisc(text: string): Parsed<readonly Qdisc[]> {
  return /^\s*\[/.test(text) ? parseQdiscJson(text) : parseQdiscText(text);
}

/**
 * `tc -s -j qdisc show`: one array. Older versions print some kinds' options as plain text into it: then each entry is read
 * by itself, and one that is no JSON is a warning. So is text that is no such array at all (cut short, say).
 */
export function parseQdiscJson(text: string): Parsed<readonly Qdisc[]> {
  if (text.trim() === '') return { value: [], warnings: [] };
  const warnings: Warning[] = [];
  const items = itemsOf(text, warnings);
  const value = items.flatMap((item: unknown) => {
    const qdisc = qdiscOf(item);
    // `tc` prints an empty object for what a filter of the command left out.
    if (qdisc === null && JSON.stringify(item) !== '{}') warn(warnings, 1, 'an entry without a device and a kind');
    return qdisc ?? [];
  });
  return { value, warnings };
}

function itemsOf(text: string, warnings: Warning[]): readonly unknown[] {
  const whole = jsonOf(text);
  if (whole.ok && Array.isArray(whole.value)) return whole.value;
  const entries = text.split(/(?<=\}),\s*(?=\{\s*"kind")/);
  if (whole.ok || entries.length < 2) {
    warn(warnings, 1, whole.ok ? 'not an array of qdiscs' : whole.message);
    return [];
  }
  return entries.flatMap((entry) => {
    const item = jsonOf(entry.replace(/^\s*\[/, '').replace(/\]\s*$/, ''));
    if (!item.ok) warn(warnings, 1, item.message);
    return item.ok ? [item.value] : [];
  });
}

type Json = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

function jsonOf(text: string): Json {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: excerpt(String(error)) };
  }
}

const counters: readonly QdiscCounter[] = ['bytes', 'packets', 'drops', 'overlimits', 'requeues', 'backlog', 'qlen'];
const notDetails: ReadonlySet<string> = new Set([...counters, 'refcnt', 'rate', 'pps']);

function qdiscOf(item: unknown): Qdisc | null {
  if (typeof item !== 'object' || item === null) return null;
  const fields = new Map<string, unknown>(Object.entries(item));
  const string = (key: string) => {
    const field = fields.get(key);
    return typeof field === 'string' ? field : '';
  };
  const number = (key: QdiscCounter) => {
    const field = fields.get(key);
    return typeof field === 'number' && Number.isFinite(field) ? field : null;
  };
  const dev = string('dev');
  const kind = string('kind');
  if (dev === '' || kind === '') return null;
  const details = [...fields].filter(
    (pair): pair is [string, number] =>
      typeof pair[1] === 'number' && Number.isFinite(pair[1]) && !notDetails.has(pair[0]),
  );
  return {
    dev,
    kind,
    handle: string('handle'),
    parent: parentOf(kind, fields.get('root') === true ? 'root' : string('parent')),
    bytes: number('bytes'),
    packets: number('packets'),
    drops: number('drops'),
    overlimits: number('overlimits'),
    requeues: number('requeues'),
    backlog: number('backlog'),
    qlen: number('qlen'),
    options: optionsText(fields.get('options')),
    details: new Map(details),
  };
}

/** `limit 10240 flows 1024 ecn`: as the text form has it, without units. */
function optionsText(options: unknown): string {
  if (typeof options !== 'object' || options === null) return '';
  return Object.entries(options)
    .filter(([, value]) => value !== false && value !== null)
    .map(([name, value]) => {
      if (value === true) return name;
      return `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
    })
    .join(' ');
}
