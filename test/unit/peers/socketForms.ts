import type { Endpoint } from '../../../src/kernel/sockets/endpoint.ts';
import type { NetstatSocket, NetstatUnixSocket } from '../../../src/kernel/sockets/netstatSocket.ts';
import { type NetstatRow, parseNetstatText } from '../../../src/kernel/sockets/netstatText.ts';
import { parseSs, type SsSocket } from '../../../src/kernel/sockets/ssSockets.ts';
import type { NormalForm } from './normalForms.ts';

/** jc's `ss`: what it calls `channel`, `path` and `link_layer` are addresses to us. */
export function ss(text: string): NormalForm {
  const { value, warnings } = parseSs(text);
  const tcp = value.filter(({ netid }) => netid === 'tcp').map(({ state }) => state ?? '');
  const states = Object.fromEntries([...new Set(tcp)].map((state) => [state, tcp.filter((of) => of === state).length]));
  return { value: { sockets: value.map(jcSocket), tcp_states: states }, warnings };
}

function jcSocket(socket: SsSocket): Record<string, unknown> {
  const { netid, state, recvQ, sendQ, local, peer } = socket;
  const peerEnd = { peer_address: peer.address, ...(peer.port === null ? {} : jcPort('peer', peer)) };
  const common = { netid, state, recv_q: recvQ, send_q: sendQ, ...peerEnd };
  if (netid === 'nl') {
    const [name = '', pid] = (local.port ?? '').split('/');
    return { ...common, channel: `${local.address}:${name}`, ...(pid === undefined ? {} : { pid: Number(pid) }) };
  }
  if (netid === 'p_raw') return { ...common, link_layer: local.address, interface: local.port };
  const bound = local.interface === null ? {} : { interface: local.interface };
  if (netid?.startsWith('u_') === true) {
    return { ...common, path: local.address, local_address: local.address, ...jcPort('local', local) };
  }
  return { ...common, ...bound, local_address: local.address, ...jcPort('local', local) };
}

function jcPort(side: 'local' | 'peer' | 'foreign', { port, portNumber }: Endpoint): Record<string, unknown> {
  return { [`${side}_port`]: port, ...(portNumber === null ? {} : { [`${side}_port_num`]: portNumber }) };
}

/** jc's `netstat`: all tables in one list. */
export function netstatCommand(text: string): NormalForm {
  const { value, warnings } = parseNetstatText(text);
  const items = [
    ...value.sockets.map(jcInet),
    ...value.unix.map(jcUnix),
    ...value.routes.map(jcRoute),
    ...value.interfaces.map((row) => ({ ...byLowerCase(row), kind: 'interface' })),
  ];
  return { value: { items }, warnings };
}

function jcInet(socket: NetstatSocket): Record<string, unknown> {
  const { protocol, recvQ, sendQ, local, foreign, state, program } = socket;
  return {
    proto: protocol,
    recv_q: recvQ,
    send_q: sendQ,
    local_address: local.address,
    foreign_address: foreign.address,
    state,
    kind: 'network',
    ...jcPort('local', local),
    ...jcPort('foreign', foreign),
    transport_protocol: protocol.startsWith('raw') ? null : protocol.replace('6', ''),
    network_protocol: protocol.endsWith('6') ? 'ipv6' : 'ipv4',
    program_name: program?.name ?? null,
    ...(program === null ? {} : { pid: program.pid }),
  };
}

function jcUnix(socket: NetstatUnixSocket): Record<string, unknown> {
  const { protocol, refCount, flags, type, state, inode, path, program } = socket;
  const common = { proto: protocol, refcnt: refCount, flags: flags || null, type, state, inode, kind: 'socket' };
  const held = { program_name: program?.name ?? null, ...(program === null ? {} : { pid: program.pid }) };
  return { ...common, ...held, ...(path === null ? {} : { path }) };
}

const routeNames: Readonly<Record<string, string>> = { flags: 'route_flags', ref: 'route_refs' };
const routeFlags: Readonly<Record<string, string>> = { U: 'UP', G: 'GATEWAY', H: 'HOST' };

function jcRoute(row: NetstatRow): Record<string, unknown> {
  const entries = Object.entries(byLowerCase(row)).map(([name, value]) => [routeNames[name] ?? name, value]);
  const flags = [...(row.get('Flags') ?? '')].map((flag) => routeFlags[flag]);
  return { ...Object.fromEntries(entries), kind: 'route', route_flags_pretty: flags };
}

function byLowerCase(row: NetstatRow): Record<string, unknown> {
  const number = (value: string): unknown => (/^\d+$/.test(value) ? Number(value) : value);
  return Object.fromEntries([...row].map(([name, value]) => [name.toLowerCase().replace('-', '_'), number(value)]));
}
