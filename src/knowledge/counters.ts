export type CounterGroup = 'retransmit' | 'listen' | 'memory' | 'time-wait' | 'udp';

/** A counter of /proc/net/snmp or /proc/net/netstat and what its growth means. */
export interface CounterMeaning {
  /** `Tcp`, `TcpExt`, `Udp` ...: the prefix of its line in the file. */
  readonly section: string;
  readonly name: string;
  readonly group: CounterGroup;
  readonly meaning: string;
}

type Row = readonly [section: string, name: string, meaning: string];

const rows: Readonly<Record<CounterGroup, readonly Row[]>> = {
  retransmit: [
    ['Tcp', 'OutSegs', 'Segments sent, retransmitted ones not counted: what RetransSegs is measured against.'],
    ['Tcp', 'RetransSegs', 'Segments sent again, SYNs included.'],
    ['TcpExt', 'TCPTimeouts', 'A retransmission timer fired: nothing came back, not even duplicate ACKs.'],
    ['TcpExt', 'TCPSynRetrans', 'SYN or SYN-ACK sent again: the other side drops or does not answer.'],
    ['TcpExt', 'TCPLostRetransmit', 'A retransmitted segment was lost again.'],
    ['TcpExt', 'TCPFastRetrans', 'Loss repaired by duplicate ACKs, without waiting for the timer.'],
    ['TcpExt', 'TCPSlowStartRetrans', 'Segments sent again in slow start, after a timeout.'],
    ['TcpExt', 'TCPLossProbes', 'Tail loss probes sent: the last segment of a burst was not acknowledged in time.'],
    ['TcpExt', 'TCPLossProbeRecovery', 'Tail losses that the probe repaired.'],
    ['TcpExt', 'TCPSpuriousRTOs', 'Timeouts that proved needless: delay, not loss.'],
    ['TcpExt', 'TCPDSACKRecv', 'The peer got a segment twice: we retransmitted without need.'],
    ['TcpExt', 'TCPDSACKUndo', 'A slow-down taken back because the retransmission was needless.'],
    ['TcpExt', 'TCPSACKReorder', 'Reordering seen through SACK.'],
    ['TcpExt', 'TCPOFOQueue', 'Segments that arrived out of order and wait for the gap to fill.'],
    [
      'TcpExt',
      'TCPSpuriousRtxHostQueues',
      'Wanted to resend while the original still waits in this host’s own queues.',
    ],
    ['TcpExt', 'TCPRetransFail', 'A retransmission could not be handed to the device.'],
    ['Tcp', 'EstabResets', 'Connections ended by a reset.'],
    ['TcpExt', 'TCPAbortOnTimeout', 'Connections given up after too many retransmissions.'],
  ],
  listen: [
    ['Tcp', 'PassiveOpens', 'Connections accepted by listeners.'],
    ['TcpExt', 'ListenOverflows', 'SYNs or handshakes dropped because the accept queue was full.'],
    ['TcpExt', 'ListenDrops', 'All drops at a listener: ListenOverflows, plus memory and route failures.'],
    ['TcpExt', 'TCPReqQFullDoCookies', 'SYN queue full, answered with a SYN cookie.'],
    ['TcpExt', 'TCPReqQFullDrop', 'SYN queue full and cookies off: SYN dropped.'],
    ['TcpExt', 'SyncookiesSent', 'SYN cookies sent.'],
    [
      'TcpExt',
      'SyncookiesRecv',
      'Connections opened from a SYN cookie: close to Sent means real clients, near 0 a flood.',
    ],
    ['TcpExt', 'SyncookiesFailed', 'ACKs that no cookie matched, stray ones included.'],
    ['Tcp', 'AttemptFails', 'Connections that failed before they were established.'],
    ['Tcp', 'OutRsts', 'Resets sent: closed ports, aborted connections.'],
  ],
  memory: [
    ['TcpExt', 'PruneCalled', 'A receive buffer was over its limit and had to be tidied.'],
    ['TcpExt', 'TCPRcvCollapsed', 'Segments copied together to save buffer memory; costs CPU, loses nothing.'],
    ['TcpExt', 'RcvPruned', 'In-order data dropped because the receive buffer was full.'],
    ['TcpExt', 'OfoPruned', 'Out-of-order queue thrown away to make room.'],
    ['TcpExt', 'TCPBacklogDrop', 'Dropped while the application held the socket and its backlog was full.'],
    ['TcpExt', 'TCPRcvQDrop', 'Dropped because no memory was allowed for the receive queue.'],
    ['TcpExt', 'TCPOFODrop', 'Out-of-order segment dropped for lack of memory.'],
    ['TcpExt', 'TCPZeroWindowDrop', 'Data that arrived although we had announced a closed window.'],
    ['TcpExt', 'TCPToZeroWindowAdv', 'We told the peer to stop: the application does not read.'],
    ['TcpExt', 'TCPWantZeroWindowAdv', 'We wanted to close the window and could not take back what was promised.'],
    ['TcpExt', 'TCPFromZeroWindowAdv', 'A closed window opened again.'],
    ['TcpExt', 'TCPMemoryPressures', 'TCP as a whole went over the pressure mark of tcp_mem.'],
    ['TcpExt', 'TCPMemoryPressuresChrono', 'Milliseconds spent under memory pressure.'],
    ['TcpExt', 'TCPAbortOnMemory', 'Connections killed: too many orphans or tcp_mem exceeded.'],
    ['TcpExt', 'TCPWqueueTooBig', 'Send queue refused to split further: too many small segments.'],
  ],
  'time-wait': [
    ['Tcp', 'ActiveOpens', 'Connections opened by this host.'],
    ['TcpExt', 'TW', 'Sockets that left TIME_WAIT after their time.'],
    ['TcpExt', 'TWRecycled', 'TIME_WAIT ports reused for a new outgoing connection (tcp_tw_reuse).'],
    ['TcpExt', 'TWKilled', 'TIME_WAIT sockets ended early.'],
    ['TcpExt', 'TCPTimeWaitOverflow', 'TIME_WAIT skipped because tcp_max_tw_buckets was reached.'],
    ['TcpExt', 'PAWSEstab', 'Segments refused because their timestamp was too old.'],
  ],
  udp: [
    ['Udp', 'InDatagrams', 'Datagrams delivered to applications.'],
    ['Udp', 'RcvbufErrors', 'Dropped because the socket’s receive buffer was full (also part of InErrors).'],
    ['Udp', 'InErrors', 'All receive errors: RcvbufErrors, MemErrors and checksum errors together.'],
    ['Udp', 'NoPorts', 'Datagrams to a port nobody listens on.'],
    ['Udp', 'MemErrors', 'Dropped because UDP as a whole was over udp_mem.'],
    ['Udp', 'InCsumErrors', 'Datagrams with a wrong checksum.'],
    ['Udp', 'OutDatagrams', 'Datagrams sent.'],
    ['Udp', 'SndbufErrors', 'Sends refused because the send buffer was full.'],
  ],
};

/** The counters of the TCP tab, in the order they are shown. A kernel that has no such counter prints none: it is not 0. */
export const counterMeanings: readonly CounterMeaning[] = (
  ['retransmit', 'listen', 'memory', 'time-wait', 'udp'] as const
).flatMap((group) => rows[group].map(([section, name, meaning]) => ({ section, name, group, meaning })));
