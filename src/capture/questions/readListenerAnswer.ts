import { decodeAddress } from '../../kernel/hexAddress.ts';
import type { Parsed } from '../../kernel/parsed.ts';
import { decimal, eachLine, hex, tokens } from '../../kernel/scan.ts';
import type { NetstatProgram } from '../../kernel/sockets/netstatSocket.ts';
import { parseSs, type SsSocket } from '../../kernel/sockets/ssSockets.ts';
import { tcpInfoOf } from '../../kernel/sockets/tcpInfo.ts';
import { listenerKey } from '../../model/ratesOf.ts';
import { mapReading, type Reading } from '../../model/reading.ts';
import {
  type ConnectionKey,
  type ConnectionsAnswer,
  connectionKeys,
  type ListenerInDepth,
} from '../../model/socketAnswers.ts';
import { parseOwnersByListener, readMachine } from '../readSockets.ts';
import type { Sections } from '../sections.ts';

/** Listeners, the fullest queue first; without `ss` what /proc/net/tcp tells. */
export function readListenerAnswer(sections: Sections): Reading<readonly ListenerInDepth[]> {
  if (sections.get('cap') !== undefined) return sections.tool('cap', '/proc/net/tcp', nothing);
  const held = parseOwnersByListener(sections, 'holders');
  const processes = (listener: { address: string; port: number }): readonly NetstatProgram[] =>
    held.ok ? (held.value.get(listenerKey(listener)) ?? []) : [];
  const bySs = sections.tool('sockets', 'ss -ltnemi', parseSs);
  const listeners: Reading<readonly Omit<ListenerInDepth, 'processes'>[]> = bySs.ok
    ? mapReading(bySs, (sockets) => sockets.flatMap(ofSs))
    : sections.tool('summary', '/proc/net/tcp', (text) => ofKernel(text, readMachine(sections).bigEndian === true));
  return mapReading(listeners, (found) =>
    found
      .map((listener) => ({ ...listener, processes: processes(listener) }))
      .sort((a, b) => fullness(b) - fullness(a) || a.port - b.port),
  );
}

function nothing(): Parsed<readonly ListenerInDepth[]> {
  return { value: [], warnings: [] };
}

function fullness({ queued, limit }: ListenerInDepth): number {
  return queued / ((limit ?? 0) + 1);
}

function ofSs({ state, local, recvQ, sendQ, skmem, values, flags }: SsSocket): Omit<ListenerInDepth, 'processes'>[] {
  if (local.portNumber === null || (state !== null && state !== 'LISTEN')) return [];
  const number = (key: string): number | null => {
    const text = values.get(key);
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
  };
  return [
    {
      address: local.interface === null ? local.address : `${local.address}%${local.interface}`,
      port: local.portNumber,
      queued: recvQ,
      limit: sendQ,
      drops: skmem?.get('d') ?? null,
      // ss leaves out what is root's.
      uid: number('uid') ?? (values.has('ino') ? 0 : null),
      inode: number('ino'),
      congestion: tcpInfoOf(values, flags).congestion,
      cgroup: values.get('cgroup') ?? null,
    },
  ];
}

/** `FAMILY LOCAL:PORT TX:RX UID INODE` */
function ofKernel(text: string, bigEndian: boolean): Parsed<readonly Omit<ListenerInDepth, 'processes'>[]> {
  const value: Omit<ListenerInDepth, 'processes'>[] = [];
  eachLine(text, (from, end) => {
    const [, local = '', queues = '', uid = '', inode = ''] = tokens(text, from, end);
    const [digits = '', port = ''] = local.split(':');
    const address = decodeAddress(digits, bigEndian);
    const queue = queues.split(':')[1] ?? '';
    if (address === null) return;
    value.push({
      address,
      port: hex(port, 0, port.length),
      queued: hex(queue, 0, queue.length),
      limit: null,
      drops: null,
      uid: decimal(uid, 0, uid.length),
      inode: decimal(inode, 0, inode.length),
      congestion: null,
      cgroup: null,
    });
  });
  return { value, warnings: [] };
}

/** The worst connections: `SUM<tab>ROW DETAILS` a line, in the order of the sums, then `total<tab>N`. */
export function readConnectionsAnswer(sections: Sections, key: ConnectionKey): Reading<ConnectionsAnswer> {
  const name = sections.get('cap') === undefined ? 'sockets' : 'cap';
  return sections.tool(name, 'ss -tnoemi state established', (text) => {
    const lines = text.split('\n').filter((line) => line !== '');
    const total = lines.map((line) => /^total\t(\d+)$/.exec(line)?.[1]).find((count) => count !== undefined);
    const rows = lines.filter((line) => !line.startsWith('total\t')).map((line) => line.slice(line.indexOf('\t') + 1));
    const { value, warnings } = parseSs(rows.join('\n'));
    return { value: { key, total: Number(total ?? 0), worst: value }, warnings };
  });
}

/** What a user may type for it; null for anything else. */
export function connectionKeyOf(text: string): ConnectionKey | null {
  return connectionKeys.find((key) => key === text) ?? null;
}
