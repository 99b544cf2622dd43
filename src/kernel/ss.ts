import type { Parsed, Warning } from './parsed.ts';
import { parseSs, type SsSocket } from './sockets/ssSockets.ts';
import { warn } from './warnings.ts';

/** A socket that listens for TCP connections. */
export interface Listener {
  /** With the interface it is bound to: `127.0.0.53%lo`. */
  readonly address: string;
  readonly port: number;
  /** Connections waiting in the accept queue (Recv-Q). */
  readonly recvQ: number;
  /** The backlog limit (Send-Q); the queue is full when recvQ > sendQ. Null where only the kernel's files could be read. */
  readonly sendQ: number | null;
  /** `skmem:(...)` by its letters (`r`, `rb`, `d` ...); null without -m or on an old `ss`. `d` is this listener's own drops. */
  readonly skmem: ReadonlyMap<string, number> | null;
}

/** `ss -ltnm`, in every form that `parseSs` reads. Sockets in another state than LISTEN are passed over. */
export function parseListeners(text: string): Parsed<readonly Listener[]> {
  const sockets = parseSs(text);
  const warnings: Warning[] = [...sockets.warnings];
  const value: Listener[] = [];
  for (const socket of sockets.value) {
    if (socket.state !== null && socket.state !== 'LISTEN') continue;
    const listener = listenerOf(socket);
    if (listener !== null) value.push(listener);
    else warn(warnings, socket.line, `no port number: ${socket.local.address}:${socket.local.port ?? ''}`);
  }
  return { value, warnings };
}

function listenerOf({ local, recvQ, sendQ, skmem }: SsSocket): Listener | null {
  if (local.portNumber === null) return null;
  const address = local.interface === null ? local.address : `${local.address}%${local.interface}`;
  return { address, port: local.portNumber, recvQ, sendQ, skmem };
}
