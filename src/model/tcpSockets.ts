/** TCP sockets by state, counted on the host from /proc/net/tcp and tcp6. */
export interface TcpSockets {
  /** State name (`ESTABLISHED`) to sockets, IPv4 and IPv6 apart. Includes only states that occur. */
  readonly states: ReadonlyMap<string, { readonly v4: number; readonly v6: number }>;
  /** Busiest outgoing pairs: sockets from one local address to one remote address and port, most first. */
  readonly outgoing: readonly OutgoingTuple[];
  /** Sockets per state that have unread (`rx`) or unacknowledged (`tx`) bytes queued. */
  readonly queued: ReadonlyMap<string, { readonly rx: number; readonly tx: number }>;
  /** Who listens, at most 4,000, with the connections in the accept queue: its limit is not in these files. */
  readonly listening: readonly ListeningSocket[];
}

export interface ListeningSocket {
  readonly address: string;
  readonly port: number;
  readonly queued: number;
  readonly uid: number;
  readonly inode: number;
}

export interface OutgoingTuple {
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly sockets: number;
}
