import type { Parsed, Warning } from './parsed.ts';
import { decimal, eachLineOfBytes, findCode, hex, hexWord8, skipBlanks, tokenEnd } from './scanBytes.ts';
import { columnsFor, doubled, type SocketColumns, type SocketTable, socketTable } from './socketTable.ts';
import { warn } from './warnings.ts';

const colon = 58;
const blank = 32;
/** sl local rem st tx:rx tr:when retrnsmt uid timeout inode */
const fewestFields = 10;
/** Characters in a line of udp; those of tcp and of the files of IPv6 are longer. */
const usualLine = 128;
/** inode is followed by ref, pointer and, in the udp files alone, drops as the last column. */
const udpFields = 13;

/**
 * /proc/net/tcp{,6} and udp{,6}. `bigEndian`: the byte order of the host that printed it. A line with fewer than ten
 * fields or a field that is no number is left out with a warning. One read is not a snapshot: a socket may come twice.
 */
export function parseProcNetTcp(text: string, family: 4 | 6, bigEndian = false): Parsed<SocketTable> {
  const warnings: Warning[] = [];
  const words = family === 4 ? 1 : 4;
  const digits = words * 8;
  let columns = columnsFor(Math.ceil(text.length / usualLine), words);
  let length = 0;
  // Field i is [bounds[2i], bounds[2i+1]); one array for all lines.
  const bounds = new Int32Array(udpFields * 2);
  eachLineOfBytes(text, (_part, bytes, from, end, line) => {
    const count = fieldBounds(bytes, from, end, digits, bounds);
    if (count === 0 || isHeader(bytes, bounds)) return;
    if (length === columns.state.length) columns = doubled(columns, words);
    if (count >= fewestFields && readSocket(bytes, bounds, count, words, columns, length)) length += 1;
    else warn(warnings, line, 'not a socket, or cut short');
  });
  return { value: socketTable(columns, length, words, bigEndian), warnings };
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

function isHeader(bytes: Uint8Array, bounds: Int32Array): boolean {
  const [from = 0, end = 0] = [bounds[0], bounds[1]];
  return end - from === 2 && bytes[from] === 115 && bytes[from + 1] === 108;
}

/** Fills in a row of `columns`; false, and the row is of no account, if a field is no number. */
function readSocket(
  bytes: Uint8Array,
  bounds: Int32Array,
  count: number,
  words: 1 | 4,
  columns: SocketColumns,
  row: number,
): boolean {
  const slot = fieldEnd(bounds, 0) - 1;
  const local = fieldFrom(bounds, 1) + words * 8;
  const remote = fieldFrom(bounds, 2) + words * 8;
  const queues = colonOf(bytes, bounds, 4, 8);
  if (bytes[slot] !== colon || bytes[local] !== colon || bytes[remote] !== colon) return false;
  // The kernel prints the state with %02X.
  const state = hex(bytes, fieldFrom(bounds, 3), fieldEnd(bounds, 3));
  const localPort = hex(bytes, local + 1, fieldEnd(bounds, 1));
  const remotePort = hex(bytes, remote + 1, fieldEnd(bounds, 2));
  const txQueue = hex(bytes, fieldFrom(bounds, 4), queues);
  const rxQueue = hex(bytes, queues + 1, fieldEnd(bounds, 4));
  const timer = hex(bytes, fieldFrom(bounds, 5), colonOf(bytes, bounds, 5, 2));
  const retransmits = hex(bytes, fieldFrom(bounds, 6), fieldEnd(bounds, 6));
  const uid = decimal(bytes, fieldFrom(bounds, 7), fieldEnd(bounds, 7));
  const inode = decimal(bytes, fieldFrom(bounds, 9), fieldEnd(bounds, 9));
  const drops = count === udpFields ? decimal(bytes, fieldFrom(bounds, 12), fieldEnd(bounds, 12)) : 0;
  // One field that is no number makes the sum none.
  let sum = localPort + remotePort + txQueue + rxQueue + timer + retransmits + uid + inode + drops;
  sum += decimal(bytes, fieldFrom(bounds, 0), slot);
  for (let word = 0; word < words; word += 1) {
    const localWord = hexWord8(bytes, fieldFrom(bounds, 1) + word * 8);
    const remoteWord = hexWord8(bytes, fieldFrom(bounds, 2) + word * 8);
    columns.localAddress[row * words + word] = localWord;
    columns.remoteAddress[row * words + word] = remoteWord;
    sum += localWord + remoteWord;
  }
  if (Number.isNaN(sum) || !(state <= 0xff)) return false;
  columns.state[row] = state;
  columns.localPort[row] = localPort;
  columns.remotePort[row] = remotePort;
  columns.txQueue[row] = txQueue;
  columns.rxQueue[row] = rxQueue;
  columns.timer[row] = timer;
  columns.retransmits[row] = retransmits;
  columns.uid[row] = uid;
  columns.inode[row] = inode;
  columns.drops[row] = count === udpFields ? drops : Number.NaN;
  return true;
}

function fieldFrom(bounds: Int32Array, field: number): number {
  return bounds[field * 2] ?? 0;
}

function fieldEnd(bounds: Int32Array, field: number): number {
  return bounds[field * 2 + 1] ?? 0;
}

/** Where the colon of a field stands: behind `width` digits in every kernel. */
function colonOf(bytes: Uint8Array, bounds: Int32Array, field: number, width: number): number {
  const expected = fieldFrom(bounds, field) + width;
  return bytes[expected] === colon
    ? expected
    : findCode(bytes, colon, fieldFrom(bounds, field), fieldEnd(bounds, field));
}
