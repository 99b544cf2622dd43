import type { Parsed, Warning } from './parsed.ts';
import { decimal, eachLine, tokens } from './scan.ts';
import { excerpt, warn } from './warnings.ts';

/** A LISTEN row of `ss -Hltnm`. */
export interface Listener {
  readonly address: string;
  readonly port: number;
  /** Connections waiting in the accept queue (Recv-Q). */
  readonly recvQ: number;
  /** The backlog limit (Send-Q). The queue is full when recvQ > sendQ. */
  readonly sendQ: number;
  /** `skmem:(...)` by its letters (`r`, `rb`, `d` ...); null without -m or on an old `ss`. `d` is this listener's own drops. */
  readonly skmem: ReadonlyMap<string, number> | null;
}

/**
 * `ss -Hltnm` of iproute2 4.3 to 7, with or without header, Netid and State columns, skmem on the row's line or on the
 * next. Rows in another state than LISTEN are passed over.
 */
export function parseListeners(text: string): Parsed<readonly Listener[]> {
  const warnings: Warning[] = [];
  const value: Listener[] = [];
  let row: Omit<Listener, 'skmem'> | null = null;
  let passedOver = false;
  let skmem: Listener['skmem'] = null;
  const finish = () => {
    if (row !== null) value.push({ ...row, skmem });
    row = null;
    skmem = null;
  };
  eachLine(text, (from, end, number) => {
    const line = text.slice(from, end);
    const words = tokens(line, 0, line.length);
    if (words.length === 0) return;
    const queues = queueIndex(words);
    if (queues >= 0) {
      finish();
      passedOver = words.slice(0, queues).some((word) => states.has(word));
      row = passedOver ? null : listenerOf(words.slice(queues));
      if (row === null && !passedOver) warn(warnings, number, 'no address and port number');
    } else if (line.startsWith(words[0] ?? '')) {
      if (!words.includes('Recv-Q')) warn(warnings, number, excerpt(line));
      return;
    }
    if (row !== null) skmem = skmemOf(line) ?? skmem;
  });
  finish();
  return { value, warnings };
}

/** What `ss` calls the states that `-l` can list besides LISTEN (UDP), and those of a call without `-l`. */
const states = new Set(['UNCONN', 'ESTAB', 'TIME-WAIT', 'CLOSE-WAIT', 'SYN-RECV', 'SYN-SENT', 'LAST-ACK', 'CLOSING']);

/** Where Recv-Q and Send-Q stand: the two numbers after at most Netid and State. -1: this line is not a row. */
function queueIndex(words: readonly string[]): number {
  return [0, 1, 2].find((index) => isNumber(words[index]) && isNumber(words[index + 1])) ?? -1;
}

function isNumber(word: string | undefined): boolean {
  return word !== undefined && !Number.isNaN(decimal(word, 0, word.length));
}

/** `10.0.0.1:22`, `*:22`, `[::]:22`, `:::22` (iproute2 4.3), `127.0.0.1%lo:53`, `[fe80::1]%eth0:53` */
function listenerOf(words: readonly string[]): Omit<Listener, 'skmem'> | null {
  const [recvQ = '', sendQ = '', local = ''] = words;
  const colon = local.lastIndexOf(':');
  if (colon <= 0 || !isNumber(local.slice(colon + 1))) return null;
  const address = local.slice(0, colon).replace(/^\[([^\]]*)\]/, '$1');
  return { address, port: Number(local.slice(colon + 1)), recvQ: Number(recvQ), sendQ: Number(sendQ) };
}

function skmemOf(line: string): ReadonlyMap<string, number> | null {
  const opening = line.indexOf('skmem:(');
  const closing = line.indexOf(')', opening);
  if (opening < 0 || closing < 0) return null;
  const skmem = new Map<string, number>();
  for (const part of line.slice(opening + 'skmem:('.length, closing).split(',')) {
    const [, letters, digits] = /^([a-z]+)(\d+)$/.exec(part.trim()) ?? [];
    if (letters !== undefined && digits !== undefined) skmem.set(letters, Number(digits));
  }
  return skmem;
}
