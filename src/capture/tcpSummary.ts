import { decodeAddress } from '../kernel/hexAddress.ts';
import { splitTail } from '../kernel/multiFile.ts';
import type { Parsed, Warning } from '../kernel/parsed.ts';
import { parseProcNetTcp } from '../kernel/procNetTcp.ts';
import { hex } from '../kernel/scan.ts';
import { tcpStateNames } from '../kernel/socketTable.ts';
import { excerpt, warn } from '../kernel/warnings.ts';
import type { ListeningSocket, OutgoingTuple, TcpSockets } from '../model/tcpSockets.ts';

/** Pairs with fewer sockets than this do not leave the host: they can exhaust no port range. */
const fewSockets = 20;
/** Those that matter are the busiest. */
const mostPairs = 1000;
/** LISTEN, as /proc/net/tcp has it. */
const listen = 0x0a;
/** As many listeners as the collector lets leave a host. */
const mostListening = 4000;

/**
 * The `tcp@` section: either the collector's own summary, made by awk on the host, or /proc/net/tcp and tcp6 as they
 * are from a host without awk. States that do not occur are absent.
 */
export function parseTcpSection(text: string, bigEndian = false): Parsed<TcpSockets> {
  return text.startsWith('==> ') ? countSockets(text, bigEndian) : parseSummary(text, bigEndian);
}

/** By address, address and port: a line that comes twice adds up. */
type Pairs = Map<string, OutgoingTuple & { sockets: number }>;
type States = Map<string, { v4: number; v6: number }>;
type Queues = Map<string, { rx: number; tx: number }>;

function parseSummary(text: string, bigEndian: boolean): Parsed<TcpSockets> {
  const states: States = new Map();
  const queued: Queues = new Map();
  const pairs: Pairs = new Map();
  const listening: ListeningSocket[] = [];
  const warnings: Warning[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const words = line.trim().split(' ');
    const listener = words[0] === 'listen' ? listenerOf(words, bigEndian) : null;
    if (listener !== null) {
      if (listening.length < mostListening) listening.push(listener);
      continue;
    }
    const count = Number(words.at(-1));
    const understood =
      Number.isSafeInteger(count) && count >= 0 && addLine(words, count, { states, queued, pairs, bigEndian });
    if (!understood) warn(warnings, index + 1, `not understood: ${excerpt(line)}`);
  }
  return { value: { states, queued, outgoing: busiestFirst(pairs), listening }, warnings };
}

/** `listen FAMILY ADDRESS:PORT QUEUED UID INODE` */
function listenerOf(words: readonly string[], bigEndian: boolean): ListeningSocket | null {
  const [, , local = '', queue = '', uid = '', inode = ''] = words;
  const [digits = '', portDigits = ''] = local.split(':');
  const address = decodeAddress(digits, bigEndian);
  const port = hex(portDigits, 0, portDigits.length);
  const queued = hex(queue, 0, queue.length);
  const numbers = [port, queued, Number(uid), Number(inode)];
  if (address === null || words.length !== 6 || numbers.some((number) => !Number.isSafeInteger(number))) return null;
  return { address, port, queued, uid: Number(uid), inode: Number(inode) };
}

interface Tables {
  readonly states: States;
  readonly queued: Queues;
  readonly pairs: Pairs;
  readonly bigEndian: boolean;
}

function addLine(words: readonly string[], count: number, { states, queued, pairs, bigEndian }: Tables): boolean {
  const [kind, first = '', second = '', third = ''] = words;
  switch (kind) {
    case 'state':
      addState(states, stateName(second), first === '6' ? 6 : 4, count);
      return words.length === 4;
    case 'rxq':
    case 'txq':
      addQueued(queued, stateName(first), kind === 'rxq' ? 'rx' : 'tx', count);
      return words.length === 3;
    case 'pair': {
      const [remote = '', port = ''] = third.split(':');
      const localAddress = decodeAddress(second, bigEndian);
      const remoteAddress = decodeAddress(remote, bigEndian);
      const remotePort = hex(port, 0, port.length);
      if (localAddress === null || remoteAddress === null || Number.isNaN(remotePort)) return false;
      addPair(pairs, { localAddress, remoteAddress, remotePort, sockets: count });
      return words.length === 5;
    }
    default:
      return false;
  }
}

function countSockets(text: string, bigEndian: boolean): Parsed<TcpSockets> {
  const states: States = new Map();
  const queued: Queues = new Map();
  const pairs: Pairs = new Map();
  const listeners: ListeningSocket[] = [];
  const warnings: Warning[] = [];
  for (const file of splitTail(text)) {
    if (!file.path.startsWith('/proc/net/tcp')) continue;
    const family = file.path.endsWith('6') ? 6 : 4;
    const sockets = parseProcNetTcp(file.text, family, bigEndian);
    for (const { line, message } of sockets.warnings) warn(warnings, line, message);
    const { state, localPort } = sockets.value.columns;
    const listening = new Set(localPort.filter((_, row) => state[row] === listen));
    for (const socket of sockets.value) {
      addState(states, socket.state, family, 1);
      if (socket.state === 'LISTEN') {
        const { localAddress: address, localPort: port, rxQueue, uid, inode } = socket;
        listeners.push({ address, port, queued: rxQueue, uid, inode });
        continue;
      }
      if (socket.rxQueue > 0) addQueued(queued, socket.state, 'rx', 1);
      if (socket.txQueue > 0) addQueued(queued, socket.state, 'tx', 1);
      if (!listening.has(socket.localPort)) {
        const { localAddress, remoteAddress, remotePort } = socket;
        addPair(pairs, { localAddress, remoteAddress, remotePort, sockets: 1 });
      }
    }
  }
  const outgoing = busiestFirst(pairs).filter((pair) => pair.sockets >= fewSockets);
  return { value: { states, queued, outgoing, listening: listeners.slice(0, mostListening) }, warnings };
}

function addState(states: States, name: string, family: 4 | 6, count: number): void {
  const entry = states.get(name) ?? { v4: 0, v6: 0 };
  entry[`v${family}`] += count;
  states.set(name, entry);
}

function addQueued(queued: Queues, name: string, side: 'rx' | 'tx', count: number): void {
  const entry = queued.get(name) ?? { rx: 0, tx: 0 };
  entry[side] += count;
  queued.set(name, entry);
}

function addPair(pairs: Pairs, pair: OutgoingTuple): void {
  const key = `${pair.localAddress} ${pair.remoteAddress} ${pair.remotePort}`;
  const known = pairs.get(key);
  if (known === undefined) pairs.set(key, { ...pair });
  else known.sockets += pair.sockets;
}

function busiestFirst(pairs: Pairs): OutgoingTuple[] {
  return [...pairs.values()].sort((x, y) => y.sockets - x.sockets).slice(0, mostPairs);
}

/** A state the kernel may add later keeps its number. */
function stateName(code: string): string {
  return tcpStateNames.get(code.toUpperCase()) ?? code;
}
