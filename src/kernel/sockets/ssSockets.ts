import type { Parsed, Warning } from '../parsed.ts';
import { decimal, eachLine, skipBlanks, tokenEnd, tokens } from '../scan.ts';
import { excerpt, warn } from '../warnings.ts';
import { type Endpoint, endpoint, endpointOf } from './endpoint.ts';
import { noDetails, readDetails, type SocketTimer, type SocketUser, type SsDetails } from './ssDetails.ts';

/** A socket as `ss` prints it. What was not asked for, or is not known to that version, is null or empty. */
export interface SsSocket {
  /** `tcp`, `udp`, `raw`, `icmp6`, `u_str`, `nl`, `p_raw`, `v_str` ...; null where only one kind was asked for. */
  readonly netid: string | null;
  /** In the words of ss: `ESTAB`, `LISTEN`, `TIME-WAIT`; null where only one state was asked for. */
  readonly state: string | null;
  /** Bytes not yet read. LISTEN: connections in the accept queue. UDP: bytes of memory. */
  readonly recvQ: number;
  /** Bytes not yet acknowledged. LISTEN: the limit of the accept queue, which is full when recvQ > sendQ. */
  readonly sendQ: number;
  readonly local: Endpoint;
  readonly peer: Endpoint;
  readonly users: readonly SocketUser[];
  readonly timer: SocketTimer | null;
  readonly skmem: ReadonlyMap<string, number> | null;
  readonly values: ReadonlyMap<string, string>;
  readonly flags: readonly string[];
  /** Its line in the text, from 1. */
  readonly line: number;
}

/** What ss calls the states of its sockets (`sstate_name` in misc/ss.c). */
const states: ReadonlySet<string> = new Set([
  'ESTAB',
  'SYN-SENT',
  'SYN-RECV',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'TIME-WAIT',
  'UNCONN',
  'CLOSE-WAIT',
  'LAST-ACK',
  'LISTEN',
  'CLOSING',
  'NEW-SYN-RECV',
  'BOUND-INACTIVE',
  'UNKNOWN',
]);

/**
 * `ss` of iproute2 3 to 7 in all its forms: with or without header, Netid and State columns, numbers or names, details
 * (-e -i -m -o -p) on the row's line (-O) or on the next. A line that is no socket is left out with a warning.
 */
export function parseSs(text: string): Parsed<readonly SsSocket[]> {
  const warnings: Warning[] = [];
  const value: SsSocket[] = [];
  let row: Row | null = null;
  let details = noDetails();
  const finish = (): void => {
    if (row !== null) value.push(socketOf(row, details));
  };
  eachLine(text, (from, end, number) => {
    // A search in it ends where it ends.
    const line = text.slice(from, end);
    const start = skipBlanks(line, 0, line.length);
    if (start === line.length) return;
    const next = rowAt(line, start, number);
    if (next !== null) {
      finish();
      row = next;
      details = noDetails();
      readDetails(line, next.rest, line.length, details);
    } else if (start > 0 && row !== null) readDetails(line, start, line.length, details);
    else if (!isHeader(line)) warn(warnings, number, `no socket: ${excerpt(line)}`);
  });
  finish();
  return { value, warnings };
}

interface Row extends Pick<SsSocket, 'netid' | 'state' | 'recvQ' | 'sendQ' | 'local' | 'peer' | 'line'> {
  /** Where the details begin. */
  readonly rest: number;
}

function socketOf({ rest: _, ...row }: Row, details: SsDetails): SsSocket {
  return { ...row, ...details };
}

/** At most Netid and State, then the two queues, then the two ends. Null: the line is no row. */
function rowAt(text: string, from: number, line: number): Row | null {
  const end = text.length;
  let netid: string | null = null;
  let state: string | null = null;
  let at = from;
  for (let words = 0; words < 2; words += 1) {
    const stop = tokenEnd(text, at, end);
    if (!Number.isNaN(decimal(text, at, stop))) break;
    const word = text.slice(at, stop);
    if (state !== null) return null;
    if (states.has(word) || netid !== null) state = word;
    else netid = word;
    at = skipBlanks(text, stop, end);
  }
  const recvEnd = tokenEnd(text, at, end);
  const sendAt = skipBlanks(text, recvEnd, end);
  const sendEnd = tokenEnd(text, sendAt, end);
  const recvQ = decimal(text, at, recvEnd);
  const sendQ = decimal(text, sendAt, sendEnd);
  if (Number.isNaN(recvQ) || Number.isNaN(sendQ)) return null;
  const ends = netid?.startsWith('u_') === true ? unixEnds(text, sendEnd, end) : inetEnds(text, sendEnd, end);
  return ends === null ? null : { netid, state, recvQ, sendQ, line, ...ends };
}

type Ends = Pick<Row, 'local' | 'peer' | 'rest'>;

function inetEnds(text: string, from: number, end: number): Ends | null {
  const localAt = skipBlanks(text, from, end);
  const localEnd = tokenEnd(text, localAt, end);
  const peerAt = skipBlanks(text, localEnd, end);
  let peerEnd = tokenEnd(text, peerAt, end);
  if (localAt === end || peerAt === end) return null;
  // Some versions leave no blank before what follows.
  const users = text.indexOf('users:((', peerAt);
  if (users > peerAt && users < peerEnd) peerEnd = users;
  return {
    local: endpointOf(text.slice(localAt, localEnd)),
    peer: endpointOf(text.slice(peerAt, peerEnd)),
    rest: peerEnd,
  };
}

/** `PATH INODE PATH INODE`; a path may hold blanks, and is `*` where there is none. */
function unixEnds(text: string, from: number, end: number): Ends | null {
  const local = unixEnd(text, from, end);
  const peer = local === null ? null : unixEnd(text, local.rest, end);
  return local === null || peer === null ? null : { local: local.end, peer: peer.end, rest: peer.rest };
}

function unixEnd(text: string, from: number, end: number): { end: Endpoint; rest: number } | null {
  const start = skipBlanks(text, from, end);
  let pathEnd = tokenEnd(text, start, end);
  for (let at = skipBlanks(text, pathEnd, end); at < end; ) {
    const stop = tokenEnd(text, at, end);
    if (!Number.isNaN(decimal(text, at, stop))) {
      return { end: { ...endpoint('', text.slice(at, stop)), address: text.slice(start, pathEnd) }, rest: stop };
    }
    pathEnd = stop;
    at = skipBlanks(text, stop, end);
  }
  return null;
}

function isHeader(line: string): boolean {
  return tokens(line, 0, line.length).includes('Recv-Q');
}
