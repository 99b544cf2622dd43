import { decimal, findCode, skipBlanks, tokenEnd } from '../scan.ts';

/** A process that holds a socket: `users:(("sshd",pid=412,fd=3))`, in iproute2 before 3.17 `(("sshd",412,3))`. */
export interface SocketUser {
  readonly name: string;
  readonly pid: number;
  /** Null where netstat told. */
  readonly fd: number | null;
}

/** `timer:(on,204ms,0)` of `ss -o`. */
export interface SocketTimer {
  /** `on` retransmit, `keepalive`, `timewait`, `persist` zero-window probe, `unknown`. */
  readonly name: string;
  /** Milliseconds until it fires; null where the text is not understood. */
  readonly ms: number | null;
  readonly retransmits: number;
}

/** What `ss` prints of a socket after its peer, on the same line or the next. Collected while reading. */
export interface SsDetails {
  users: readonly SocketUser[];
  timer: SocketTimer | null;
  /** `skmem:(...)` by its letters (`r`, `rb`, `d` ...), in old versions `mem:(...)`; null without -m. */
  skmem: ReadonlyMap<string, number> | null;
  /** All else that is `key:value` or `key value`, in the words of `ss`: `uid`, `ino`, `sk`, `cgroup`, `rtt`, `send` ... */
  readonly values: Map<string, string>;
  /** Words by themselves: `ts`, `sack`, the congestion control, `app_limited`, `<->`. */
  readonly flags: string[];
}

export function noDetails(): SsDetails {
  return { users: [], timer: null, skmem: null, values: new Map(), flags: [] };
}

const open = 40;
const close = 41;
const colon = 58;

/** Reads the words in [from, end) into `details`. Source: misc/ss.c of iproute2. */
export function readDetails(text: string, from: number, end: number, details: SsDetails): void {
  for (let at = skipBlanks(text, from, end); at < end; at = skipBlanks(text, at, end)) {
    if (text.startsWith('users:((', at)) {
      at = readUsers(text, at + 'users:('.length, end, details);
      continue;
    }
    const stop = tokenEnd(text, at, end);
    const split = findCode(text, colon, at, stop);
    if (split === stop) at = readWord(text, at, stop, end, details);
    else if (split === stop - 1) at = readSpaced(text, at, split, end, details);
    else {
      readValue(text.slice(at, split), text.slice(split + 1, stop), details);
      at = stop;
    }
  }
}

/** A word without a colon; the rates (`send 10bps`) have their value in the next word. */
function readWord(text: string, at: number, stop: number, end: number, { values, flags }: SsDetails): number {
  const next = skipBlanks(text, stop, end);
  const nextStop = tokenEnd(text, next, end);
  if (text.startsWith('bps', nextStop - 3) && isDigit(text, next) && nextStop - next > 3) {
    values.set(text.slice(at, stop), text.slice(next, nextStop));
    return nextStop;
  }
  flags.push(text.slice(at, stop));
  return stop;
}

/** `rxconf: none` and `inet-sockopt: ( recverr )`. */
function readSpaced(text: string, at: number, split: number, end: number, { values }: SsDetails): number {
  const value = skipBlanks(text, split + 1, end);
  const inParentheses = text.charCodeAt(value) === open;
  const stop = inParentheses ? Math.min(end, findCode(text, close, value, end) + 1) : tokenEnd(text, value, end);
  values.set(text.slice(at, split), text.slice(value, stop));
  return stop;
}

function readValue(key: string, value: string, details: SsDetails): void {
  const list = value.startsWith('(') && value.endsWith(')') ? value.slice(1, -1) : null;
  if (list === null) details.values.set(key, value);
  else if (key === 'timer') details.timer = timerOf(list) ?? details.timer;
  else if (key === 'skmem' || key === 'mem') details.skmem = memoryOf(list);
  else details.values.set(key, value);
}

/** A name may hold blanks, quotes and parentheses; it ends at `",` and two numbers. Returns where the list ends. */
function readUsers(text: string, from: number, end: number, details: SsDetails): number {
  const users: SocketUser[] = [];
  let at = from;
  while (text.startsWith('("', at)) {
    const user = userAt(text, at + 2, end);
    if (user === null) break;
    users.push({ name: user.name, pid: user.pid, fd: user.fd });
    at = user.end;
    if (text.startsWith(',', at)) at += 1;
  }
  details.users = users;
  return at > from && text.charCodeAt(at) === close ? at + 1 : Math.max(at, tokenEnd(text, from, end));
}

function userAt(text: string, from: number, end: number): (SocketUser & { end: number }) | null {
  for (let quote = text.indexOf('",', from); quote >= 0 && quote < end; quote = text.indexOf('",', quote + 1)) {
    const stop = findCode(text, close, quote, end);
    if (stop === end) return null;
    const fields = text.slice(quote + 2, stop).split(',');
    const pid = numberIn(fields, 'pid=', 0);
    const fd = numberIn(fields, 'fd=', 1);
    if (!Number.isNaN(pid) && !Number.isNaN(fd)) return { name: text.slice(from, quote), pid, fd, end: stop + 1 };
  }
  return null;
}

/** The field of that key, or in old versions the one at that place. */
function numberIn(fields: readonly string[], key: string, place: number): number {
  const named = fields.find((field) => field.startsWith(key));
  const digits = named === undefined ? (fields[place] ?? '') : named.slice(key.length);
  return decimal(digits, 0, digits.length);
}

function memoryOf(list: string): Map<string, number> {
  const memory = new Map<string, number>();
  for (const part of list.split(',')) {
    let digits = 0;
    while (digits < part.length && !isDigit(part, digits)) digits += 1;
    const value = decimal(part, digits, part.length);
    if (digits > 0 && !Number.isNaN(value)) memory.set(part.slice(0, digits), value);
  }
  return memory;
}

function timerOf(list: string): SocketTimer | null {
  const [name, time, retransmits = ''] = list.split(',');
  if (name === undefined || time === undefined) return null;
  const count = decimal(retransmits, 0, retransmits.length);
  return { name, ms: timerMs(time), retransmits: Number.isNaN(count) ? 0 : count };
}

/**
 * A time of `ss -o` in milliseconds: `119min`, `1min5sec`, `45sec`, `204ms`; `1.324ms` is 1.324 seconds: below ten
 * seconds ss prints the seconds, a dot and the milliseconds (`print_ms_timer`). Nothing at all is 0.
 */
export function timerMs(text: string): number | null {
  const found = /^(?:(\d+)min)?(?:(\d+)(?:sec|\.))?(?:(\d+)ms)?$/.exec(text);
  if (found === null) return null;
  const [, minutes = 0, seconds = 0, ms = 0] = found;
  return Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(ms);
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}
