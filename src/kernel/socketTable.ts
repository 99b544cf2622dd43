import { addressOf } from './hexAddress.ts';

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
 * The sockets of one file, kept as columns: an object for each of 100,000 would take twice the memory of their text.
 * What iterates over it, or writes it as JSON, sees one `ProcNetSocket` after the other, made when it is asked for.
 */
export interface SocketTable extends Iterable<ProcNetSocket> {
  readonly length: number;
  readonly columns: SocketColumns;
}

/** One entry a socket, in the order of the file. Numbers are doubles, as everywhere: what a host prints never wraps. */
export interface SocketColumns {
  /** The hex digits of an address as one (IPv4) or four (IPv6) 32-bit numbers; see `addressOf`. */
  readonly localAddress: Uint32Array;
  readonly remoteAddress: Uint32Array;
  /** The code of `tcpStateNames` as a number. */
  readonly state: Uint8Array;
  readonly localPort: Float64Array;
  readonly remotePort: Float64Array;
  readonly txQueue: Float64Array;
  readonly rxQueue: Float64Array;
  readonly timer: Float64Array;
  readonly retransmits: Float64Array;
  readonly uid: Float64Array;
  readonly inode: Float64Array;
  /** NaN: the line has no such column. */
  readonly drops: Float64Array;
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

/** Code, as two upper-case digits, and name of every state there can be, so that no row makes strings. */
const states = Array.from({ length: 256 }, (_, state) => {
  const code = state.toString(16).toUpperCase().padStart(2, '0');
  return { code, name: tcpStateNames.get(code) ?? code };
});

/** Room for `rows` sockets whose addresses have one or four words; all zero. */
export function columnsFor(rows: number, words: 1 | 4): SocketColumns {
  return {
    localAddress: new Uint32Array(rows * words),
    remoteAddress: new Uint32Array(rows * words),
    state: new Uint8Array(rows),
    localPort: new Float64Array(rows),
    remotePort: new Float64Array(rows),
    txQueue: new Float64Array(rows),
    rxQueue: new Float64Array(rows),
    timer: new Float64Array(rows),
    retransmits: new Float64Array(rows),
    uid: new Float64Array(rows),
    inode: new Float64Array(rows),
    drops: new Float64Array(rows),
  };
}

const columnNames = Object.keys(columnsFor(0, 1)) as (keyof SocketColumns)[];

/** The same sockets with room for twice as many. */
export function doubled(old: SocketColumns, words: 1 | 4): SocketColumns {
  const columns = columnsFor(old.state.length * 2, words);
  for (const name of columnNames) columns[name].set(old[name]);
  return columns;
}

/** The first `length` sockets of `columns` as a table; `bigEndian`: the byte order of the words of their addresses. */
export function socketTable(columns: SocketColumns, length: number, words: 1 | 4, bigEndian: boolean): SocketTable {
  return {
    length,
    columns,
    *[Symbol.iterator]() {
      const textOf = addressTexts(words, bigEndian);
      for (let row = 0; row < length; row += 1) yield socketAt(columns, row, textOf);
    },
  };
}

/** The text of the address in a row of a column. */
type AddressText = (column: Uint32Array, row: number) => string;

/** Hosts have few addresses and many sockets: each is made text once. */
function addressTexts(words: 1 | 4, bigEndian: boolean): AddressText {
  const known = new Map<number | string, string>();
  return (column, row) => {
    const from = row * words;
    const key = words === 1 ? (column[from] ?? 0) : keyOf(column, from);
    const found = known.get(key);
    if (found !== undefined) return found;
    const text = addressOf(column.subarray(from, from + words), bigEndian);
    known.set(key, text);
    return text;
  };
}

/** Four words as the eight characters of a short string: faster to look up than to make text of. */
function keyOf(column: Uint32Array, from: number): string {
  const [a = 0, b = 0, c = 0, d = 0] = [column[from], column[from + 1], column[from + 2], column[from + 3]];
  const low = 0xffff;
  return String.fromCharCode(a >>> 16, a & low, b >>> 16, b & low, c >>> 16, c & low, d >>> 16, d & low);
}

function socketAt(columns: SocketColumns, row: number, textOf: AddressText): ProcNetSocket {
  const number = (column: Float64Array) => column[row] ?? Number.NaN;
  const state = states[columns.state[row] ?? 0];
  const drops = number(columns.drops);
  return {
    localAddress: textOf(columns.localAddress, row),
    localPort: number(columns.localPort),
    remoteAddress: textOf(columns.remoteAddress, row),
    remotePort: number(columns.remotePort),
    state: state?.name ?? '',
    stateCode: state?.code ?? '',
    txQueue: number(columns.txQueue),
    rxQueue: number(columns.rxQueue),
    timer: number(columns.timer),
    retransmits: number(columns.retransmits),
    uid: number(columns.uid),
    inode: number(columns.inode),
    drops: Number.isNaN(drops) ? null : drops,
  };
}
