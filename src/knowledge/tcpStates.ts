/** Kernel state name (`include/net/tcp_states.h`) to what a large number of sockets in it means. */
export const tcpStateMeanings: ReadonlyMap<string, string> = new Map([
  ['ESTABLISHED', 'Open connections. Many is load, not a fault; see their queues for who is slow.'],
  ['SYN_SENT', 'Outgoing connections without an answer: the peer is down, filtered, or its accept queue is full.'],
  ['SYN_RECV', 'Handshakes not yet completed: clients far away, a SYN flood, or lost SYN-ACKs.'],
  ['NEW_SYN_RECV', 'Handshakes not yet completed: clients far away, a SYN flood, or lost SYN-ACKs.'],
  ['FIN_WAIT1', 'We closed and the peer has not acknowledged: it is gone, or unsent data waits for its window.'],
  ['FIN_WAIT2', 'We closed and wait for the peer to close: it keeps its side open. Orphans end after tcp_fin_timeout.'],
  [
    'TIME_WAIT',
    'We closed first; the pair of addresses and ports rests for 60 s. Harmless on a server; on a client it holds ports.',
  ],
  ['CLOSE', 'Sockets that are not connected, or just ended.'],
  ['CLOSE_WAIT', 'The peer closed and our application has not: it leaks sockets or is stuck.'],
  ['LAST_ACK', 'Both sides closed and our last FIN is not acknowledged: the peer is gone or packets are lost.'],
  ['CLOSING', 'Both sides closed at the same moment; rare.'],
  ['LISTEN', 'Listening sockets. Their queue is the accept queue.'],
  ['BOUND_INACTIVE', 'Bound to a port and neither listening nor connected.'],
]);
