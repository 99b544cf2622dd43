import type { Parsed, Warning } from './parsed.ts';
import { hex as hexText } from './scan.ts';
import { decimal, eachLineOfBytes, findCode, hex, skipBlanks, tokenEnd } from './scanBytes.ts';
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
const blank = 32;
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
  const digits = family === 4 ? 8 : 32;
  const address = addressDecoder(digits, bigEndian);
  // Field i is [bounds[2i], bounds[2i+1]); one array for all lines.
  const bounds = new Int32Array(udpFields * 2);
  eachLineOfBytes(text, (part, bytes, from, end, line) => {
    const count = fieldBounds(bytes, from, end, digits, bounds);
    if (count === 0 || isHeader(part, bounds)) return;
    const socket = count < fewestFields ? null : readSocket(part, bytes, bounds, count, digits, address);
    if (socket === null) warn(warnings, line, 'not a socket, or cut short');
    else value.push(socket);
  });
  return { value, warnings };
}

/**
 * Notes where the first 13 fields stand; returns how many fields there are, 14 for any number beyond 13. The seven from
 * the slot to retrnsmt have one width in every kernel; where they have it, only what is between them is looked at.
 */
function fieldBounds(bytes: Uint8Array, from: number, end: number, digits: number, bounds: Int32Array): number {
  const start = skipBlanks(bytes, from, end);
  const slotEnd = tokenEnd(bytes, start, end);
  let count = 0;
  let at = start;
  const local = slotEnd + 1;
  const remote = local + digits + 6;
  const state = remote + digits + 6;
  if (state + 42 < end && isLaidOut(bytes, slotEnd, local, remote, state, digits)) {
    bounds[0] = start;
    bounds[1] = slotEnd;
    bounds[2] = local;
    bounds[3] = remote - 1;
    bounds[4] = remote;
    bounds[5] = state - 1;
    bounds[6] = state;
    bounds[7] = state + 2;
    bounds[8] = state + 3;
    bounds[9] = state + 20;
    bounds[10] = state + 21;
    bounds[11] = state + 32;
    bounds[12] = state + 33;
    bounds[13] = state + 41;
    count = 7;
    at = skipBlanks(bytes, state + 41, end);
  }
  for (; at < end && count <= udpFields; count += 1) {
    const stop = tokenEnd(bytes, at, end);
    if (count < udpFields) {
      bounds[count * 2] = at;
      bounds[count * 2 + 1] = stop;
    }
    at = skipBlanks(bytes, stop, end);
  }
  return count;
}

/** `local:port remote:port st tx_queue:rx_queue tr:tm->when retrnsmt ` of %08X, %04X and %02X. */
function isLaidOut(
  bytes: Uint8Array,
  slotEnd: number,
  local: number,
  remote: number,
  state: number,
  digits: number,
): boolean {
  return (
    bytes[slotEnd - 1] === colon &&
    bytes[local] !== blank &&
    bytes[local + digits] === colon &&
    bytes[remote - 1] === blank &&
    bytes[remote + digits] === colon &&
    bytes[state - 1] === blank &&
    bytes[state + 2] === blank &&
    bytes[state + 11] === colon &&
    bytes[state + 20] === blank &&
    bytes[state + 23] === colon &&
    bytes[state + 32] === blank &&
    bytes[state + 41] === blank
  );
}

function isHeader(text: string, bounds: Int32Array): boolean {
  const [from = 0, end = 0] = [bounds[0], bounds[1]];
  return end - from === 2 && text.startsWith('sl', from);
}

/** Of the digits that begin at `from`; null if they are none. */
type AddressDecoder = (text: string, bytes: Uint8Array, from: number) => string | null;

/** Hosts have few addresses and many sockets: each is decoded once, and eight digits are looked up without a string. */
function addressDecoder(digits: number, bigEndian: boolean): AddressDecoder {
  const known = new Map<number | string, string | null>();
  return (text, bytes, from) => {
    const end = from + digits;
    const word = digits === 8 ? hex(bytes, from, end) : text.slice(from, end);
    const found = known.get(word);
    if (found !== undefined) return found;
    const decoded = decodeAddress(text.slice(from, end), bigEndian);
    known.set(word, decoded);
    return decoded;
  };
}

/** Code, as two upper-case digits, and name of every state there can be, so that no line makes strings. */
const states = Array.from({ length: 256 }, (_, state) => {
  const code = state.toString(16).toUpperCase().padStart(2, '0');
  return { code, name: tcpStateNames.get(code) ?? code };
});

function readSocket(
  text: string,
  bytes: Uint8Array,
  bounds: Int32Array,
  count: number,
  digits: number,
  address: AddressDecoder,
): ProcNetSocket | null {
  const from = (field: number) => bounds[field * 2] ?? 0;
  const end = (field: number) => bounds[field * 2 + 1] ?? 0;
  const colonOf = (field: number, width: number) => {
    const expected = from(field) + width;
    return bytes[expected] === colon ? expected : findCode(bytes, colon, from(field), end(field));
  };

  const slot = end(0) - 1;
  const local = from(1) + digits;
  const remote = from(2) + digits;
  const queues = colonOf(4, 8);
  if (bytes[slot] !== colon || bytes[local] !== colon || bytes[remote] !== colon) return null;
  const localAddress = address(text, bytes, from(1));
  const remoteAddress = address(text, bytes, from(2));
  // The kernel prints the state with %02X.
  const state = states[hex(bytes, from(3), end(3))];
  if (localAddress === null || remoteAddress === null || state === undefined) return null;
  const localPort = hex(bytes, local + 1, end(1));
  const remotePort = hex(bytes, remote + 1, end(2));
  const txQueue = hex(bytes, from(4), queues);
  const rxQueue = hex(bytes, queues + 1, end(4));
  const timer = hex(bytes, from(5), colonOf(5, 2));
  const retransmits = hex(bytes, from(6), end(6));
  const uid = decimal(bytes, from(7), end(7));
  const inode = decimal(bytes, from(9), end(9));
  const drops = count === udpFields ? decimal(bytes, from(12), end(12)) : null;
  // One field that is no number makes the sum none.
  const fields = localPort + remotePort + txQueue + rxQueue + timer + retransmits + uid + inode + (drops ?? 0);
  if (Number.isNaN(fields + decimal(bytes, from(0), slot))) return null;
  return {
    localAddress,
    localPort,
    remoteAddress,
    remotePort,
    state: state.name,
    stateCode: state.code,
    txQueue,
    rxQueue,
    timer,
    retransmits,
    uid,
    inode,
    drops,
  };
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
  const word = hexText(digits, at, at + 8);
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
