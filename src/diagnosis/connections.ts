import type { SsSocket } from '../kernel/sockets/ssSockets.ts';
import { type TcpInfo, tcpInfoOf } from '../kernel/sockets/tcpInfo.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { have, type Needed, notRead } from './rule.ts';

/** A connection to another host, of those that the collector picks: they waited for a buffer, or have the largest one. */
export interface Connection {
  /** `10.0.0.1:443 -> 10.0.0.2:50000` */
  readonly name: string;
  readonly peer: { readonly localAddress: string; readonly address: string; readonly port: number };
  readonly info: TcpInfo;
  /** Bytes in the receive buffer that nobody has read yet, and what that and the send buffer may hold; null without -m. */
  readonly unread: number | null;
  readonly receiveBuffer: number | null;
  readonly sendBuffer: number | null;
  /** Round trip as the receiver sees it, milliseconds. */
  readonly receiveRttMs: number | null;
  readonly bytesReceived: number | null;
}

/** Loopback is left out: there a buffer is no matter of a path. */
export function connectionsOf({ connections }: Snapshot): Needed<readonly Connection[]> {
  if (!connections.ok) return notRead(connections);
  return have(connections.value.filter(({ peer }) => !isLoopback(peer.address)).map(connectionOf));
}

/** Whether an address is of this host alone, as ss and /proc/net/tcp write it. */
export function isLoopback(address: string): boolean {
  return /^(?:127\.|::1$|::ffff:127\.)/.test(address);
}

function connectionOf({ local, peer, skmem, values, flags }: SsSocket): Connection {
  return {
    name: `${local.address}:${local.port ?? '?'} -> ${peer.address}:${peer.port ?? '?'}`,
    peer: { localAddress: local.address, address: peer.address, port: peer.portNumber ?? 0 },
    info: tcpInfoOf(values, flags),
    unread: skmem?.get('r') ?? null,
    receiveBuffer: skmem?.get('rb') ?? null,
    sendBuffer: skmem?.get('tb') ?? null,
    receiveRttMs: numberOf(values.get('rcv_rtt')),
    bytesReceived: numberOf(values.get('bytes_received')),
  };
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
}
