import type { IpLink } from './ipLink.ts';
import { parentOf } from './ipLinkJson.ts';
import type { Parsed, Warning } from './parsed.ts';
import { decimal, eachLine, tokens } from './scan.ts';
import { excerpt, warn } from './warnings.ts';

interface Entry {
  readonly name: string;
  readonly ifindex: number;
  readonly lower: string | null;
  readonly flags: readonly string[];
  /** `mtu 1500`, `minmtu 68` ...: the word before each value. */
  readonly words: Map<string, string>;
  kind: string | null;
  readonly statistics: Map<string, number>;
}

/** Column heads of the statistics by direction; iproute2 renamed `heartbeat` to `heartbt`. */
const columns: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'RX',
    new Map([
      ['bytes', 'rx_bytes'],
      ['packets', 'rx_packets'],
      ['errors', 'rx_errors'],
      ['dropped', 'rx_dropped'],
      ['overrun', 'rx_over_errors'],
      ['missed', 'rx_missed_errors'],
      ['mcast', 'multicast'],
      ['compressed', 'rx_compressed'],
      ['length', 'rx_length_errors'],
      ['crc', 'rx_crc_errors'],
      ['frame', 'rx_frame_errors'],
      ['fifo', 'rx_fifo_errors'],
      ['nohandler', 'rx_nohandler'],
      ['otherhost', 'rx_otherhost_dropped'],
    ]),
  ],
  [
    'TX',
    new Map([
      ['bytes', 'tx_bytes'],
      ['packets', 'tx_packets'],
      ['errors', 'tx_errors'],
      ['dropped', 'tx_dropped'],
      ['carrier', 'tx_carrier_errors'],
      ['collsns', 'collisions'],
      ['compressed', 'tx_compressed'],
      ['aborted', 'tx_aborted_errors'],
      ['fifo', 'tx_fifo_errors'],
      ['window', 'tx_window_errors'],
      ['heartbeat', 'tx_heartbeat_errors'],
      ['heartbt', 'tx_heartbeat_errors'],
      ['transns', 'carrier_changes'],
    ]),
  ],
]);

/** `ip -s -s -d link show` as text, iproute2 3.12 to 7: the only form where `-j` is not known. */
export function parseIpLinkText(text: string): Parsed<readonly IpLink[]> {
  const warnings: Warning[] = [];
  const entries: Entry[] = [];
  let heads: readonly (string | undefined)[] | null = null;
  // The line after `link/ether ...` begins with the kind of a virtual interface.
  let kindNext = false;
  eachLine(text, (from, end, number) => {
    const line = text.slice(from, end);
    if (line.trim() === '') return;
    const words = tokens(line, 0, line.length);
    const entry = entryOf(line, words);
    if (entry !== null) {
      entries.push(entry);
      [heads, kindNext] = [null, false];
      return;
    }
    const last = entries.at(-1);
    if (last === undefined || !/^\s/.test(line)) {
      warn(warnings, number, excerpt(line));
    } else if (heads !== null) {
      readCounters(last, heads, words, () => warn(warnings, number, 'fewer counters than heads, or cut short'));
      heads = null;
    } else {
      heads = headsOf(words);
      if (heads !== null) return;
      readWords(last, words, kindNext);
      kindNext = words[0]?.startsWith('link/') === true;
    }
  });
  return { value: entries.map(linkOf), warnings };
}

/** `2: eth0.5@eth0: <BROADCAST,UP> mtu 1500 qdisc noqueue master br0 state UP ...` */
function entryOf(line: string, words: readonly string[]): Entry | null {
  const found = /^(\d{1,10}): (\S+): <([^>]*)>/.exec(line);
  if (found === null) return null;
  const [, ifindex = '', label = '', flags = ''] = found;
  const at = label.lastIndexOf('@');
  const entry: Entry = {
    name: at < 0 ? label : label.slice(0, at),
    ifindex: Number(ifindex),
    lower: at < 0 || label.endsWith('@NONE') ? null : label.slice(at + 1),
    flags: flags.split(',').filter((flag) => flag !== ''),
    words: new Map(),
    kind: null,
    statistics: new Map(),
  };
  readWords(entry, words.slice(3), false);
  return entry;
}

/** `RX: bytes packets ...`, `TX errors: aborted fifo ...`; null: another line. */
function headsOf(words: readonly string[]): readonly (string | undefined)[] | null {
  const [side = '', second] = words;
  const names = columns.get(side.slice(0, 2));
  if (names === undefined || (side !== 'RX:' && side !== 'TX:' && second !== 'errors:')) return null;
  return words.slice(second === 'errors:' ? 2 : 1).map((word) => names.get(word));
}

function readCounters(
  entry: Entry,
  heads: readonly (string | undefined)[],
  words: readonly string[],
  short: () => void,
): void {
  for (const [index, name] of heads.entries()) {
    const word = words[index] ?? '';
    const counter = decimal(word, 0, word.length);
    if (Number.isNaN(counter)) {
      short();
      return;
    }
    if (name !== undefined) entry.statistics.set(name, counter);
  }
}

/** Words that open a line without being a kind. */
const notKinds = /^(?:addrgenmode|numtxqueues|promiscuity|minmtu|vf|alias|altname|prog\/|link|\w+_slave$)/;

function readWords(entry: Entry, words: readonly string[], kindFirst: boolean): void {
  const [first = ''] = words;
  if (kindFirst && entry.kind === null && !notKinds.test(first)) entry.kind = first;
  if (first.startsWith('link/')) entry.words.set('address', words[1] ?? '');
  for (const [index, word] of words.entries()) {
    const value = words[index + 1];
    if (value !== undefined && wanted.has(word) && !entry.words.has(word)) entry.words.set(word, value);
    if (/^xdp\w*(?:\/|$)/.test(word)) entry.words.set('xdp', word);
  }
}

const wanted = new Set([
  ...['mtu', 'qdisc', 'state', 'master', 'qlen', 'promiscuity', 'allmulti', 'minmtu', 'maxmtu', 'numtxqueues'],
  ...['numrxqueues', 'gso_max_size', 'gso_max_segs', 'gro_max_size', 'tso_max_size', 'parentbus', 'parentdev'],
]);

function linkOf({ name, ifindex, lower, flags, words, kind, statistics }: Entry): IpLink {
  const number = (word: string): number | null => {
    const text = words.get(word) ?? '';
    const value = decimal(text, 0, text.length);
    return Number.isNaN(value) ? null : value;
  };
  return {
    name,
    ifindex,
    lower,
    flags,
    mtu: number('mtu'),
    minMtu: number('minmtu'),
    maxMtu: number('maxmtu'),
    qdisc: words.get('qdisc') ?? null,
    operstate: words.get('state') ?? null,
    master: words.get('master') ?? null,
    txQueueLen: number('qlen'),
    address: words.get('address') ?? null,
    promiscuity: number('promiscuity'),
    allmulti: number('allmulti'),
    kind,
    numTxQueues: number('numtxqueues'),
    numRxQueues: number('numrxqueues'),
    gsoMaxSize: number('gso_max_size'),
    gsoMaxSegs: number('gso_max_segs'),
    groMaxSize: number('gro_max_size'),
    tsoMaxSize: number('tso_max_size'),
    parent: parentOf(words.get('parentbus') ?? null, words.get('parentdev') ?? null),
    xdp: words.get('xdp') ?? null,
    statistics,
  };
}
