/** UDP sockets, counted on the host from /proc/net/udp and udp6. */
export interface UdpSockets {
  readonly v4: number;
  readonly v6: number;
  /** Those that dropped datagrams or have some queued, in the order of the kernel's table. */
  readonly notable: readonly UdpSocket[];
  /** How many more of those there are: at most 1,000 leave the host. */
  readonly more: number;
}

export interface UdpSocket {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** Bytes of memory, with the overhead of the kernel's buffers. */
  readonly rxQueue: number;
  readonly txQueue: number;
  readonly uid: number;
  readonly inode: number;
  /** Datagrams this socket dropped since it was made; null on a kernel that does not say. */
  readonly drops: number | null;
}
