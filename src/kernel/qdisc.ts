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
  /** As it was set up: `limit 10240p flows 1024 quantum 1514`; JSON gives numbers without units (times in us). */
  readonly options: string;
  /** What the kind counts beside: `drop_overlimit`, `ecn_mark`, `throttled` ... as `tc` names it. */
  readonly details: ReadonlyMap<string, number>;
}

type QdiscCounters = { -readonly [Key in QdiscCounter]: number | null };

/** The counters that every kind has. */
export type QdiscCounter = 'bytes' | 'packets' | 'drops' | 'overlimits' | 'requeues' | 'backlog' | 'qlen';

const nothingPrinted: QdiscCounters = {
  bytes: null,
  packets: null,
  drops: null,
  overlimits: null,
  requeues: null,
  backlog: null,
  qlen: null,
};

/** `tc -s qdisc show` as text, iproute2 4.3 to 7. */
export function parseQdiscText(text: string): Parsed<readonly Qdisc[]> {
  const warnings: Warning[] = [];
  const value: Entry[] = [];
  eachLine(text, (from, end, number) => {
    const line = text.slice(from, end);
    if (line.startsWith('qdisc ')) {
      const identity = identityOf(tokens(line, 0, line.length));
      if (identity === null) warn(warnings, number, 'a qdisc without a device');
      else value.push({ ...identity, ...nothingPrinted, details: new Map() });
      return;
    }
    const qdisc = value.at(-1);
    if (qdisc === undefined || !/^\s/.test(line)) {
      if (line.trim() !== '') warn(warnings, number, excerpt(line));
    } else if (!readCounters(line, qdisc) && qdisc.kind !== 'cake') readDetails(line, qdisc.details);
  });
  return { value, warnings };
}

type Entry = Identity & QdiscCounters & { readonly details: Map<string, number> };
type Identity = Pick<Qdisc, 'dev' | 'kind' | 'handle' | 'parent' | 'options'>;

function identityOf(words: readonly string[]): Identity | null {
  const [, kind = '', handle = ''] = words;
  const device = words.indexOf('dev');
  const [dev, relation, parent = ''] = device < 0 ? [] : words.slice(device + 1);
  if (dev === undefined) return null;
  const rest = words.slice(device + (relation === 'parent' ? 4 : 3));
  return {
    dev,
    kind,
    handle,
    parent: parentOf(kind, relation === 'parent' ? parent : (relation ?? '')),
    options: (rest[0] === 'refcnt' ? rest.slice(2) : rest).filter((word) => !word.startsWith('---')).join(' '),
  };
}

/** ingress and clsact hang on ffff:fff1 in every kernel; their kind says more. */
export function parentOf(kind: string, parent: string): string {
  return kind === 'ingress' || kind === 'clsact' ? kind : parent;
}

/** The first `Sent` and the first `backlog` line belong to the qdisc; cake repeats the words for its tins. False: another line. */
function readCounters(line: string, qdisc: QdiscCounters): boolean {
  const sent =
    /^\s*Sent (\d{1,20}) bytes (\d{1,20}) pkts? \(dropped (\d{1,20}), overlimits (\d{1,20}) requeues (\d{1,20})\)/.exec(
      line,
    );
  if (sent !== null) {
    if (qdisc.bytes !== null) return true;
    const [, bytes, packets, drops, overlimits, requeues] = sent.map(Number);
    Object.assign(qdisc, { bytes, packets, drops, overlimits, requeues });
    return true;
  }
  const waiting = /\bbacklog (\d{1,20})([KMG]?)b (\d{1,20})p\b/.exec(line);
  if (waiting === null || qdisc.backlog !== null) return waiting !== null;
  const [, size = '', unit = '', packets = ''] = waiting;
  qdisc.backlog = Number(size) * 1024 ** ['', 'K', 'M', 'G'].indexOf(unit);
  qdisc.qlen = Number(packets);
  return true;
}

/**
 * `maxpacket 1514 drop_overlimit 0` (fq_codel, red, fq of iproute2 6.7) or `3 flows (2 inactive, 0 throttled)` (fq before): pairs of
 * a name and a number, in the order the line begins with. What stands in parentheses is of flows, as its JSON says.
 */
function readDetails(line: string, details: Map<string, number>): void {
  for (const [part, suffix] of [
    [line.replace(/\([^)]*\)?/g, ' '), ''],
    [/\(([^)]*)/.exec(line)?.[1] ?? '', '_flows'],
  ] as const) {
    const words = part.split(/[\s,]+/).filter((word) => word !== '');
    const valueFirst = isCount(words[0]);
    for (let at = 0; at + 1 < words.length; at += 1) {
      const [name = '', value = ''] = valueFirst ? [words[at + 1], words[at]] : [words[at], words[at + 1]];
      if (!isCount(value) || !/^[a-z]\w*$/.test(name)) continue;
      details.set(name + suffix, Number(value));
      at += 1;
    }
  }
}

function isCount(word: string | undefined): boolean {
  return word !== undefined && /^\d{1,20}$/.test(word);
}
