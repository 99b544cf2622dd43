import type { Parsed, Warning } from './parsed.ts';
import { decimal, eachLine, findCode, hex, skipBlanks, tokenEnd } from './scan.ts';
import { warn } from './warnings.ts';

/** One line of /proc/net/tcp, tcp6, udp or udp6 (`tcp4_seq_show` and friends). */
export interface ProcNetSocket {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** `LISTEN`, or the code itself if it has no name yet. */
  readonly state: string;
  /** `0A`, upper case. */
  readonly stateCode: string;
  /** Bytes not yet acknowledged; 0 for LISTEN (the limit is not in this file). UDP: bytes of memory. */
  readonly txQueue: number;
  /** Bytes not yet read; for LISTEN the connections in the accept queue. UDP: bytes of memory with its overhead. */
  readonly rxQueue: number;
  /** 0 none, 1 retransmit, 2 keepalive or other, 3 TIME_WAIT, 4 zero-window probe. */
  readonly timer: number;
  /** Timeouts not recovered from. */
  readonly retransmits: number;
  readonly uid: number;
  /** 0: no process holds it (orphan, TIME_WAIT, SYN). */
  readonly inode: number;
  /** UDP only: datagrams this socket dropped. */
  readonly drops: number | null;
}

/**
 * The state column of /proc/net/tcp{,6} and udp{,6} to its name (`include/net/tcp_states.h`). A pending request is
 * printed as 03 and a FIN_WAIT2 held as time-wait as 05; a UDP socket without a peer is 07.
 */
export const tcpStateNames: ReadonlyMap<string, string> = new Map([
  ['01', 'ESTABLISHED'],
  ['02', 'SYN_SENT'],
  ['03', 'SYN_RECV'],
  ['04', 'FIN_WAIT1'],
  ['05', 'FIN_WAIT2'],
  ['06', 'TIME_WAIT'],
  ['07', 'CLOSE'],
  ['08', 'CLOSE_WAIT'],
  ['09', 'LAST_ACK'],
  ['0A', 'LISTEN'],
  ['0B', 'CLOSING'],
  ['0C', 'NEW_SYN_RECV'],
  ['0D', 'BOUND_INACTIVE'],
]);

const colon = 58;
/** sl local rem st tx:rx tr:when retrnsmt uid timeout inode */
const fewestFields = 10;
/** inode is followed by ref, pointer and, in the udp files alone, drops as the last column. */
const udpFields = 13;

/**
 * /proc/net/tcp{,6} and udp{,6}. `bigEndian`: the byte order of the host that printed it. A line with fewer than ten
 * fields or a field that is no number is left out with a warning. One read is not a snapshot: a socket may come twice.
 */
export function parseProcNetTcp(text: string, family: 4 | 6, bigEndian = false): Parsed<readonly ProcNetSocket[]> {
  const warnings: Warning[] = [];
  const value: ProcNetSocket[] = [];
  const address = addressDecoder(text, family === 4 ? 8 : 32, bigEndian);
  // Field i is [bounds[2i], bounds[2i+1]); one array for all lines.
  const bounds = new Int32Array(udpFields * 2);
  eachLine(text, (from, end, line) => {
    const count = fieldBounds(text, from, end, bounds);
    if (count === 0 || isHeader(text, bounds)) return;
    const socket = count < fewestFields ? null : readSocket(text, bounds, count, address);
    if (socket === null) warn(warnings, line, 'not a socket, or cut short');
    else value.push(socket);
  });
  return { value, warnings };
}

/** Notes where the first 13 fields stand; returns how many fields there are, 14 for any number beyond 13. */
function fieldBounds(text: string, from: number, end: number, bounds: Int32Array): number {
  let count = 0;
  for (let at = skipBlanks(text, from, end); at < end && count <= udpFields; count += 1) {
    const stop = tokenEnd(text, at, end);
    if (count < udpFields) {
      bounds[count * 2] = at;
      bounds[count * 2 + 1] = stop;
    }
    at = skipBlanks(text, stop, end);
  }
  return count;
}

function isHeader(text: string, bounds: Int32Array): boolean {
  const [from = 0, end = 0] = [bounds[0], bounds[1]];
  return end - from === 2 && text.startsWith('sl', from);
}

type AddressDecoder = (from: number, end: number) => string | null;

/** Hosts have few addresses and many sockets: each is decoded once, and eight digits are looked up without a string. */
function addressDecoder(text: string, digits: number, bigEndian: boolean): AddressDecoder {
  const known = new Map<number | string, string | null>();
  return (from, end) => {
    if (end - from !== digits) return null;
    const word = digits === 8 ? hex(text, from, end) : text.slice(from, end);
    const found = known.get(word);
    if (found !== undefined) return found;
    const decoded = decodeAddress(text.slice(from, end), bigEndian);
    known.set(word, decoded);
    return decoded;
  };
}

/** The state column as upper-case text; two digits, as the kernel prints them, without a new string. */
function stateCodeOf(text: string, from: number, end: number): string {
  const known = end - from === 2 ? stateCodes[hex(text, from, end)] : undefined;
  return known ?? text.slice(from, end).toUpperCase();
}

const stateCodes = Array.from({ length: 256 }, (_, code) => code.toString(16).toUpperCase().padStart(2, '0'));

function readSocket(text: string, bounds: Int32Array, count: number, address: AddressDecoder): ProcNetSocket | null {
  const from = (field: number) => bounds[field * 2] ?? 0;
  const end = (field: number) => bounds[field * 2 + 1] ?? 0;
  const colonOf = (field: number) => findCode(text, colon, from(field), end(field));

  const slot = colonOf(0);
  const local = colonOf(1);
  const remote = colonOf(2);
  const queues = colonOf(4);
  const localAddress = address(from(1), local);
  const remoteAddress = address(from(2), remote);
  if (localAddress === null || remoteAddress === null || slot !== end(0) - 1) return null;
  const stateCode = stateCodeOf(text, from(3), end(3));
  const socket: ProcNetSocket = {
    localAddress,
    localPort: hex(text, local + 1, end(1)),
    remoteAddress,
    remotePort: hex(text, remote + 1, end(2)),
    state: tcpStateNames.get(stateCode) ?? stateCode,
    stateCode,
    txQueue: hex(text, from(4), queues),
    rxQueue: hex(text, queues + 1, end(4)),
    timer: hex(text, from(5), colonOf(5)),
    retransmits: hex(text, from(6), end(6)),
    uid: decimal(text, from(7), end(7)),
    inode: decimal(text, from(9), end(9)),
    drops: count === udpFields ? decimal(text, from(12), end(12)) : null,
  };
  // One field that is no number makes the sum none.
  const { localPort, remotePort, txQueue, rxQueue, timer, retransmits, uid, inode, drops } = socket;
  const fields = localPort + remotePort + txQueue + rxQueue + timer + retransmits + uid + inode + (drops ?? 0);
  const sum = fields + decimal(text, from(0), slot) + hex(text, from(3), end(3));
  return Number.isNaN(sum) ? null : socket;
}

/**
 * An address of /proc/net/tcp{,6}: 32-bit words in the host's byte order, printed as hex. `0100007F` is 127.0.0.1 on a
 * little-endian host. IPv6 in its short form (RFC 5952), IPv4-mapped as `::ffff:10.0.0.1`. null: not 8 or 32 hex digits.
 */
export function decodeAddress(digits: string, bigEndian = false): string | null {
  if (digits.length === 8) {
    const word = networkWord(digits, 0, bigEndian);
    return word === null ? null : dotted(word);
  }
  if (digits.length !== 32) return null;
  const groups: number[] = [];
  for (let at = 0; at < 32; at += 8) {
    const word = networkWord(digits, at, bigEndian);
    if (word === null) return null;
    groups.push(word >>> 16, word & 0xffff);
  }
  return ipv6(groups);
}

/** Eight hex digits as a number whose highest byte is the first of the address. */
function networkWord(digits: string, at: number, bigEndian: boolean): number | null {
  const word = hex(digits, at, at + 8);
  if (Number.isNaN(word)) return null;
  if (bigEndian) return word;
  return ((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}

function dotted(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 0xff}.${(word >>> 8) & 0xff}.${word & 0xff}`;
}

function ipv6(groups: readonly number[]): string {
  const zeros = longestZeros(groups);
  if (zeros.from === 0 && zeros.length === 5 && groups[5] === 0xffff) {
    return `::ffff:${dotted(((groups[6] ?? 0) << 16) | (groups[7] ?? 0))}`;
  }
  const text = groups.map((group) => group.toString(16));
  if (zeros.length < 2) return text.join(':');
  return `${text.slice(0, zeros.from).join(':')}::${text.slice(zeros.from + zeros.length).join(':')}`;
}

/** The longest run of zero groups, the first of equals. */
function longestZeros(groups: readonly number[]): { from: number; length: number } {
  let best = { from: 0, length: 0 };
  let run = 0;
  for (const [index, group] of groups.entries()) {
    run = group === 0 ? run + 1 : 0;
    if (run > best.length) best = { from: index - run + 1, length: run };
  }
  return best;
}
