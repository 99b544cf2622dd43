import { decodeAddress } from '../kernel/hexAddress.ts';
import { splitTail } from '../kernel/multiFile.ts';
import type { Parsed, Warning } from '../kernel/parsed.ts';
import { parseProcNetTcp } from '../kernel/procNetTcp.ts';
import { decimal, eachLine, hex, tokens } from '../kernel/scan.ts';
import { excerpt, warn } from '../kernel/warnings.ts';
import type { UdpSocket, UdpSockets } from '../model/udpSockets.ts';

/** As many as the collector lets leave a host. */
const mostNotable = 1000;

/** The `udp@` section: the collector's summary, or /proc/net/udp and udp6 from a host without awk. */
export function parseUdpSection(text: string, bigEndian = false): Parsed<UdpSockets> {
  return text.startsWith('==> ') ? countSockets(text, bigEndian) : parseSummary(text, bigEndian);
}

function parseSummary(text: string, bigEndian: boolean): Parsed<UdpSockets> {
  const warnings: Warning[] = [];
  const notable: UdpSocket[] = [];
  const counts = { v4: 0, v6: 0, more: 0 };
  eachLine(text, (from, end, line) => {
    const words = tokens(text, from, end);
    const [kind, first, second = ''] = words;
    if (kind === undefined) return;
    const socket = kind === 'udp' && words.length === 8 ? socketOf(words.slice(2), bigEndian) : null;
    if (socket !== null) notable.push(socket);
    else if (kind === 'sockets' && /^\d+$/.test(second)) counts[first === '6' ? 'v6' : 'v4'] = Number(second);
    else if (kind === 'more' && /^\d+$/.test(first ?? '')) counts.more = Number(first);
    else warn(warnings, line, `not understood: ${excerpt(text.slice(from, end))}`);
  });
  return { value: { ...counts, notable }, warnings };
}

/** `LOCAL:PORT REMOTE:PORT TX:RX UID INODE DROPS` */
function socketOf(words: readonly string[], bigEndian: boolean): UdpSocket | null {
  const [local = '', remote = '', queues = '', uid = '', inode = '', drops = ''] = words;
  const [localAddress, localPort] = endOf(local, bigEndian);
  const [remoteAddress, remotePort] = endOf(remote, bigEndian);
  const [txQueue, rxQueue] = queues.split(':').map((part) => hex(part, 0, part.length));
  const numbers = [localPort, remotePort, txQueue, rxQueue, Number(uid), Number(inode)];
  if (localAddress === null || remoteAddress === null || numbers.some((number) => !Number.isSafeInteger(number))) {
    return null;
  }
  const dropped = decimal(drops, 0, drops.length);
  return {
    localAddress,
    localPort,
    remoteAddress,
    remotePort,
    rxQueue: rxQueue ?? 0,
    txQueue: txQueue ?? 0,
    uid: Number(uid),
    inode: Number(inode),
    drops: Number.isNaN(dropped) ? null : dropped,
  };
}

/** `0100007F:0035` */
function endOf(text: string, bigEndian: boolean): [address: string | null, port: number] {
  const [address = '', port = ''] = text.split(':');
  return [decodeAddress(address, bigEndian), hex(port, 0, port.length)];
}

function countSockets(text: string, bigEndian: boolean): Parsed<UdpSockets> {
  const warnings: Warning[] = [];
  const counts = { v4: 0, v6: 0 };
  const notable: UdpSocket[] = [];
  let more = 0;
  for (const file of splitTail(text)) {
    if (!file.path.startsWith('/proc/net/udp')) continue;
    const family = file.path.endsWith('6') ? 6 : 4;
    const sockets = parseProcNetTcp(file.text, family, bigEndian);
    for (const { line, message } of sockets.warnings) warn(warnings, line, message);
    counts[`v${family}`] += sockets.value.length;
    for (const socket of sockets.value) {
      if ((socket.drops ?? 0) + socket.rxQueue + socket.txQueue === 0) continue;
      if (notable.length < mostNotable) notable.push(socket);
      else more += 1;
    }
  }
  return { value: { ...counts, notable, more }, warnings };
}
