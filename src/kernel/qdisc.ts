import type { Parsed, Warning } from './parsed.ts';
import { eachLine, tokens } from './scan.ts';
import { excerpt, warn } from './warnings.ts';

/** One queueing discipline of `tc -s qdisc show` (text or JSON). */
export interface Qdisc {
  readonly dev: string;
  readonly kind: string;
  /** `8001:` or `0:` */
  readonly handle: string;
  /** `root`, `:1`, `8001:2`; `ingress` and `clsact` say so themselves. */
  readonly parent: string;
  /** null: the line was not printed (no -s). */
  readonly bytes: number | null;
  readonly packets: number | null;
  readonly drops: number | null;
  readonly overlimits: number | null;
  readonly requeues: number | null;
  /** Bytes and packets waiting now. */
  readonly backlog: number | null;
  readonly qlen: number | null;
}

type QdiscCounters = { -readonly [Key in CounterName]: number | null };
type CounterName = 'bytes' | 'packets' | 'drops' | 'overlimits' | 'requeues' | 'backlog' | 'qlen';

const nothingPrinted: QdiscCounters = {
  bytes: null,
  packets: null,
  drops: null,
  overlimits: null,
  requeues: null,
  backlog: null,
  qlen: null,
};

/** `tc -s qdisc show` as text, iproute2 4.3 to 7. Lines of a kind's own (fq_codel, cake) are passed over. */
export function parseQdiscText(text: string): Parsed<readonly Qdisc[]> {
  const warnings: Warning[] = [];
  const value: (Omit<Qdisc, CounterName> & QdiscCounters)[] = [];
  eachLine(text, (from, end, number) => {
    const line = text.slice(from, end);
    if (line.startsWith('qdisc ')) {
      const identity = identityOf(tokens(line, 0, line.length));
      if (identity === null) warn(warnings, number, 'a qdisc without a device');
      else value.push({ ...identity, ...nothingPrinted });
      return;
    }
    const qdisc = value.at(-1);
    if (qdisc !== undefined && /^\s/.test(line)) readCounters(line, qdisc);
    else if (line.trim() !== '') warn(warnings, number, excerpt(line));
  });
  return { value, warnings };
}

function identityOf(words: readonly string[]): Omit<Qdisc, CounterName> | null {
  const [, kind = '', handle = ''] = words;
  const device = words.indexOf('dev');
  const [dev, relation, parent = ''] = device < 0 ? [] : words.slice(device + 1);
  if (dev === undefined) return null;
  return { dev, kind, handle, parent: parentOf(kind, relation === 'parent' ? parent : (relation ?? '')) };
}

/** ingress and clsact hang on ffff:fff1 in every kernel; their kind says more. */
function parentOf(kind: string, parent: string): string {
  return kind === 'ingress' || kind === 'clsact' ? kind : parent;
}

/** The first `Sent` and the first `backlog` line belong to the qdisc; cake repeats the words for its tins. */
function readCounters(line: string, qdisc: QdiscCounters): void {
  const sent =
    /^\s*Sent (\d{1,20}) bytes (\d{1,20}) pkts? \(dropped (\d{1,20}), overlimits (\d{1,20}) requeues (\d{1,20})\)/.exec(
      line,
    );
  if (sent !== null && qdisc.bytes === null) {
    const [, bytes, packets, drops, overlimits, requeues] = sent.map(Number);
    Object.assign(qdisc, { bytes, packets, drops, overlimits, requeues });
    return;
  }
  const waiting = /\bbacklog (\d{1,20})([KMG]?)b (\d{1,20})p\b/.exec(line);
  if (waiting === null || qdisc.backlog !== null) return;
  const [, size = '', unit = '', packets = ''] = waiting;
  qdisc.backlog = Number(size) * 1024 ** ['', 'K', 'M', 'G'].indexOf(unit);
  qdisc.qlen = Number(packets);
}

/** `tc -s -j qdisc show`: one array. Text that is no such JSON (cut, or an old `tc` that ignores -j) is a warning. */
export function parseQdiscJson(text: string): Parsed<readonly Qdisc[]> {
  if (text.trim() === '') return { value: [], warnings: [] };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { value: [], warnings: [{ line: 1, message: excerpt(String(error)) }] };
  }
  if (!Array.isArray(parsed)) return { value: [], warnings: [{ line: 1, message: 'not an array of qdiscs' }] };
  const warnings: Warning[] = [];
  const value = parsed.flatMap((item: unknown) => {
    const qdisc = qdiscOf(item);
    // `tc` prints an empty object for what a filter of the command left out.
    if (qdisc === null && JSON.stringify(item) !== '{}') warn(warnings, 1, 'an entry without a device and a kind');
    return qdisc ?? [];
  });
  return { value, warnings };
}

function qdiscOf(item: unknown): Qdisc | null {
  if (typeof item !== 'object' || item === null) return null;
  const fields = new Map<string, unknown>(Object.entries(item));
  const string = (key: string) => {
    const field = fields.get(key);
    return typeof field === 'string' ? field : '';
  };
  const number = (key: CounterName) => {
    const field = fields.get(key);
    return typeof field === 'number' && Number.isFinite(field) ? field : null;
  };
  const dev = string('dev');
  const kind = string('kind');
  if (dev === '' || kind === '') return null;
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
  };
}
