import type { UdpSocket, UdpSockets } from './udpSockets.ts';

/** The key under which a UDP socket's drops stand in `Rates.udpDrops`. */
export function udpKey({ localAddress, localPort, inode }: UdpSocket): string {
  return `${localAddress}:${localPort} ${inode}`;
}

/**
 * The drops of both samples by `udpKey`. A sample lists only sockets with drops or a queue: one that stands in the second
 * alone had dropped nothing before, unless the first left some out.
 */
export function udpDropsOf(before: UdpSockets, after: UdpSockets): [Map<string, number>, Map<string, number>] {
  const earlier = dropsOf(before);
  const later = dropsOf(after);
  if (before.more === 0) for (const key of later.keys()) if (!earlier.has(key)) earlier.set(key, 0);
  return [earlier, later];
}

function dropsOf({ notable }: UdpSockets): Map<string, number> {
  return new Map(notable.flatMap((socket) => (socket.drops === null ? [] : [[udpKey(socket), socket.drops]])));
}
