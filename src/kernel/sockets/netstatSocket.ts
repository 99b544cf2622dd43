import { tokens } from '../scan.ts';
import { type Endpoint, endpointOf, numberOrNull } from './endpoint.ts';
import type { SocketTimer } from './ssDetails.ts';

/** A line under `Active Internet connections` of netstat. What was not asked for is null. */
export interface NetstatSocket {
  /** `tcp`, `tcp6`, `udp`, `udp6`, `udplite`, `raw`, `sctp` ... */
  readonly protocol: string;
  readonly recvQ: number;
  readonly sendQ: number;
  readonly local: Endpoint;
  readonly foreign: Endpoint;
  /** `LISTEN`, `ESTABLISHED`; of a raw socket its number; null where the column is blank. */
  readonly state: string | null;
  /** A name, or with -n a number. */
  readonly user: string | null;
  readonly inode: number | null;
  readonly program: NetstatProgram | null;
  readonly timer: SocketTimer | null;
}

/** `1206/sshd`; a name is cut short, and may hold blanks. */
export interface NetstatProgram {
  readonly pid: number;
  readonly name: string;
}

/** A line under `Active UNIX domain sockets`. */
export interface NetstatUnixSocket {
  readonly protocol: string;
  readonly refCount: number;
  /** What stands in the brackets: `ACC`, or nothing. */
  readonly flags: string;
  readonly type: string;
  readonly state: string | null;
  readonly inode: number | null;
  readonly program: NetstatProgram | null;
  readonly path: string | null;
}

/** One line of the table with these columns; null when it does not fit them. */
export function inetLine(line: string, columns: readonly string[]): NetstatSocket | null {
  const words = tokens(line, 0, line.length);
  const [protocol = '', received = '', sent = '', local = '', foreign = ''] = words;
  const recvQ = numberOrNull(received);
  const sendQ = numberOrNull(sent);
  if (recvQ === null || sendQ === null || !local.includes(':') || !foreign.includes(':')) return null;
  const rest = words.slice(5);
  const state = stateOf(rest[0], protocol, columns, rest.length);
  if (state !== null) rest.shift();
  const user = columns.includes('User') ? (rest.shift() ?? null) : null;
  const inode = columns.includes('Inode') ? numberOrNull(rest.shift() ?? '') : null;
  const timer = columns.includes('Timer') ? timerAtEnd(rest) : null;
  const program = columns.includes('PID/Program name') ? programOf(rest.join(' ')) : null;
  const ends = { local: endpointOf(local), foreign: endpointOf(foreign) };
  return { protocol, recvQ, sendQ, ...ends, state, user, inode, program, timer };
}

/** A state is in capitals; that of a raw socket is a number, and never blank. */
function stateOf(word: string | undefined, protocol: string, columns: readonly string[], left: number): string | null {
  if (word === undefined) return null;
  if (protocol.startsWith('raw') && /^\d+$/.test(word)) return word;
  if (!/^[A-Z][A-Z0-9_]+$/.test(word)) return null;
  // A user may be called in capitals: the columns after the state tell.
  const fewest = (columns.includes('User') ? 2 : 0) + (columns.includes('PID/Program name') ? 1 : 0);
  return left > fewest ? word : null;
}

/** Takes `off (0.00/0/0)` off the end: seconds, retransmits, probes. */
function timerAtEnd(rest: string[]): SocketTimer | null {
  const found = /^\((\d+(?:\.\d+)?)\/(\d+)\/\d+\)$/.exec(rest.at(-1) ?? '');
  const name = rest.at(-2);
  if (found === null || name === undefined) return null;
  rest.splice(-2);
  const [, seconds, retransmits] = found;
  return { name, ms: Math.round(Number(seconds) * 1000), retransmits: Number(retransmits) };
}

/** `-` where it is not known. */
function programOf(text: string): NetstatProgram | null {
  const [, pid, name] = /^(\d+)\/(.*)$/.exec(text.trim()) ?? [];
  return pid === undefined || name === undefined ? null : { pid: Number(pid), name: name.trim() };
}

/** The width of the column `PID/Program name`. */
const programWidth = 20;

/** One line of the table with these columns; null when it does not fit them. */
export function unixLine(line: string, columns: readonly string[]): NetstatUnixSocket | null {
  const found = /^(\S+)\s+(\d+)\s+\[([^\]]*)\]\s+(\S+)\s+(?:([A-Z]+)\s+)?(\d+)?(.*)$/.exec(line.slice(0, 1000));
  if (found === null) return null;
  const [, protocol = '', refCount, flags = '', type = '', state = null, inode, rest = ''] = found;
  const held = columns.includes('PID/Program name');
  // Both the program's name and the path may hold blanks: the program has its width.
  const text = rest.trimStart();
  const known = /^\d+\//.test(text);
  const whole = known && (text.length <= programWidth || text.charAt(programWidth) === ' ');
  const width = whole ? programWidth : text.search(/\s|$/);
  const program = held ? programOf(text.slice(0, width)) : null;
  const path = (held ? text.slice(width) : text).trim();
  return {
    protocol,
    refCount: Number(refCount),
    flags: flags.trim(),
    type,
    state,
    inode: inode === undefined ? null : Number(inode),
    program,
    path: path === '' ? null : path,
  };
}
