import type { NetstatProgram } from '../kernel/sockets/netstatSocket.ts';
import type { SsSocket } from '../kernel/sockets/ssSockets.ts';
import type { Reading } from './reading.ts';

/** What a host answered, and when by its own clock (ms since the epoch). */
export interface Answer<T> {
  readonly takenAt: number | null;
  readonly value: Reading<T>;
}

/** The largest of many counts, and how many there were. */
export interface Tally {
  readonly kinds: number;
  readonly largest: readonly { readonly key: string; readonly count: number }[];
}

/** The sockets of one TCP state, counted on the host from /proc/net/tcp and tcp6. */
export interface StateAnswer {
  /** `TIME_WAIT` */
  readonly state: string;
  readonly total: number;
  /** Sockets with something unread, or unacknowledged, and the bytes of it. */
  readonly unread: { readonly sockets: number; readonly bytes: number };
  readonly unacknowledged: { readonly sockets: number; readonly bytes: number };
  /** Sockets with timeouts they did not recover from, and the most of one. */
  readonly retransmitting: { readonly sockets: number; readonly most: number };
  /** Sockets that no process holds. */
  readonly orphans: number;
  readonly timers: readonly StateTimer[];
  /** By local port, by remote address, by remote address and port, by user id. */
  readonly localPorts: Tally;
  readonly peers: Tally;
  readonly services: Tally;
  readonly users: Tally;
  readonly owners: Reading<Owners>;
  /** Some of them, as `ss` shows them. */
  readonly sockets: Reading<readonly SsSocket[]>;
}

export interface StateTimer {
  /** `none`, `retransmit`, `keepalive`, `time-wait`, `zero-window probe` (`tr` of /proc/net/tcp). */
  readonly name: string;
  readonly sockets: number;
  /** Milliseconds until the first and the last of them fires. */
  readonly soonestMs: number;
  readonly latestMs: number;
}

/** Processes by how many of the sockets they hold. */
export interface Owners {
  /** Sockets that a process holds, and those whose process could be seen: an ordinary user sees its own only. */
  readonly sockets: number;
  readonly seen: number;
  readonly processes: readonly (NetstatProgram & { readonly sockets: number })[];
  /** Processes beyond those listed. */
  readonly more: number;
}

/** A listener with all that can be told of it. Null: this host does not tell. */
export interface ListenerInDepth {
  readonly address: string;
  readonly port: number;
  /** Connections in the accept queue. */
  readonly queued: number;
  readonly limit: number | null;
  /** Connections this listener turned away (`skmem d`). */
  readonly drops: number | null;
  readonly uid: number | null;
  readonly inode: number | null;
  readonly congestion: string | null;
  readonly cgroup: string | null;
  readonly processes: readonly NetstatProgram[];
}

/** What the worst connections are worst in. */
export const connectionKeys = ['retrans', 'rtt', 'queue', 'limited'] as const;
export type ConnectionKey = (typeof connectionKeys)[number];

export interface ConnectionsAnswer {
  readonly key: ConnectionKey;
  /** Established connections that were looked at. */
  readonly total: number;
  /** The worst first. */
  readonly worst: readonly SsSocket[];
}

/** Where the packets of sockets arrive, and where their processes run. */
export interface ArrivalAnswer {
  /** TCP and UDP sockets with a process in this namespace, and those looked at. */
  readonly sockets: number;
  readonly looked: number;
  /** Processes whose descriptors this login may not see, and those left out when time was up. */
  readonly hidden: number;
  readonly late: number;
  /** The longest that a descriptor was held, microseconds. */
  readonly longestMicroseconds: number;
  readonly rows: readonly Arrival[];
  /** Processes whose sockets were refused, with the error number (`errno(3)`). */
  readonly refused: readonly { readonly pid: number; readonly name: string; readonly errno: number }[];
}

export interface Arrival {
  readonly pid: number;
  readonly name: string;
  readonly protocol: string;
  readonly state: string;
  readonly local: string;
  readonly remote: string;
  /** SO_INCOMING_CPU: the CPU that handled the socket's last packet; null when none has come. */
  readonly incomingCpu: number | null;
  /** SO_INCOMING_NAPI_ID; null on loopback and when none has come. */
  readonly napiId: number | null;
  /** CPUs that the threads of the process last ran on (field 39 of /proc/PID/stat), of at most 64 threads. */
  readonly ranOn: readonly number[];
  readonly threads: number;
}

/** Whether this login may put a socket into repair mode: 0, or the error number. */
export interface RepairAnswer {
  readonly errno: number;
}
