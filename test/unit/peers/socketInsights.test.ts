import { describe, expect, it } from 'vitest';
import { type NetstatText, parseNetstatText } from '../../../src/kernel/sockets/netstatText.ts';
import { parseSs, type SsSocket } from '../../../src/kernel/sockets/ssSockets.ts';
import { peerCases } from './cases.ts';

interface Assert {
  readonly expr: string;
  readonly value: unknown;
}

/** insights-core's assertions about socket lists, asked of our values in its words. */
const cases = peerCases().filter(
  ({ kind, input }) => kind === 'netstat.insights' && !/^(?:TcpExt:|Ip:)/m.test(input) && input.trim() !== '',
);

describe.skipIf(cases.length === 0)('socket lists of insights-core', () => {
  it.each(cases)('$name', ({ input, expected }) => {
    for (const { expr, value } of expected['asserts'] as readonly Assert[]) {
      const answer = input.startsWith('Netid') ? ofSs(expr, input) : ofNetstat(expr, input);
      expect.soft(answer, expr).toEqual(value);
    }
  });
});

function ofSs(expr: string, text: string): unknown {
  const { value, warnings } = parseSs(text);
  expect(warnings).toEqual([]);
  const [, index] = /\bss[al]?(?:\.data)?\[(-?\d+)\]/.exec(expr) ?? [];
  const row = index === undefined ? undefined : value.at(Number(index));
  const [, method, argument] = /\.get_(service|port|localport|peerport)\('([^']+)'\)/.exec(expr) ?? [];
  if (expr.startsWith('len(')) return value.length;
  if (method === 'service')
    return value.filter(({ users }) => users.some(({ name }) => name === argument)).map(insightsRow);
  if (method !== undefined) {
    const local = (socket: SsSocket) => socket.local.port === argument;
    const peer = (socket: SsSocket) => socket.peer.port === argument;
    const fits = { port: (socket: SsSocket) => local(socket) || peer(socket), localport: local, peerport: peer }[
      method
    ];
    return value.filter(fits ?? (() => false)).map(insightsRow);
  }
  if (row === undefined) return undefined;
  if (expr.includes(".get('Netid')")) return row.netid;
  if (expr.startsWith("'904' in")) return row.local.port?.includes('904');
  if (expr.startsWith("'sshd' in")) return row.users.some(({ name }) => name === 'sshd');
  if (expr.includes(".get('Process')")) return row.users[0] ?? null;
  return insightsRow(row);
}

function insightsRow({ netid, state, recvQ, sendQ, local, peer, users }: SsSocket): Record<string, unknown> {
  const end = ({ address, interface: device, port }: SsSocket['local'], printed: string) =>
    `${address.includes(':') && printed !== '*:*' && address !== '::' ? `[${address}]` : address}${device === null ? '' : `%${device}`}:${port}`;
  const held = users.map(({ name, pid, fd }) => `("${name}",pid=${pid},fd=${fd})`).join(',');
  return {
    Netid: netid,
    State: state,
    'Recv-Q': String(recvQ),
    'Send-Q': String(sendQ),
    'Local-Address-Port': end(local, ''),
    'Peer-Address-Port': end(peer, ''),
    ...(held === '' ? {} : { Process: `users:(${held})` }),
  };
}

function ofNetstat(expr: string, text: string): unknown {
  const { value, warnings } = parseNetstatText(text);
  if (expr.includes(' in str(exc)')) return warnings.length > 0;
  expect(warnings).toEqual([]);
  const [, pid] = /listening_pid\['(\d+)'\]/.exec(expr) ?? [];
  if (pid !== undefined) return listening(value)[pid];
  if (expr.endsWith('.listening_pid')) return listening(value);
  const running = value.sockets.flatMap(({ program }) => program?.name ?? []);
  const [, name, not] = /^'(\w+)' (not )?in .*\.running_processes$/.exec(expr) ?? [];
  if (name !== undefined) return running.includes(name) !== (not !== undefined);
  if (expr.endsWith('.running_processes')) return running;
  if (expr.startsWith('len(ns.data')) return Number(value.sockets.length > 0) + Number(value.unix.length > 0);
  if (expr.includes('ACTIVE_INTERNET_CONNECTIONS not in')) return value.sockets.length === 0;
  if (expr.includes('ACTIVE_UNIX_DOMAIN_SOCKETS in')) return value.unix.length > 0;
  if (expr.startsWith('ns.search(')) return searched(expr, value);
  return expr === 'ns';
}

function listening({ sockets }: NetstatText): Record<string, unknown> {
  const held = sockets.flatMap(({ state, local, program }) =>
    state === 'LISTEN' && program !== null
      ? [[String(program.pid), { addr: local.address, name: program.name, port: local.port }]]
      : [],
  );
  return Object.fromEntries(held);
}

/** The peer keeps the printed text beside what it makes of it: only that is compared. */
function searched(expr: string, { sockets, unix }: NetstatText): unknown[] {
  const [, place = '', key = '', how = '', wanted = ''] =
    /search\((?:search_list=(.*?), )?(\w+?)(?:__(\w+))?='(.*)'\)/.exec(expr) ?? [];
  const fits = (text: string | null | undefined): boolean =>
    how === 'contains' ? text?.includes(wanted) === true : text === wanted;
  const inet = sockets.map(({ local, state, user, inode, program }) => ({
    State: state,
    User: user,
    Inode: String(inode),
    PID: String(program?.pid),
    'Program name': program?.name,
    'Local IP': local.address,
    Port: local.port,
  }));
  const local = unix.map(({ state, inode, type, path }) => ({
    State: state,
    'I-Node': String(inode),
    Type: type,
    Path: path,
  }));
  const isPlace = (table: string): boolean => place === '' || place.includes(table);
  const places = [...(isPlace('INTERNET') ? inet : []), ...(isPlace('UNIX') ? local : [])];
  return places
    .filter((row) => fits(new Map(Object.entries<string | null | undefined>(row)).get(key)))
    .map((row) => expect.objectContaining(row));
}
