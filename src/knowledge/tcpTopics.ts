export type TcpTopic = 'retransmit' | 'listen' | 'memory' | 'time-wait' | 'udp';

const names: Readonly<Record<TcpTopic, string>> = {
  retransmit: `Tcp OutSegs, Tcp RetransSegs, TcpExt TCPTimeouts, TcpExt TCPSynRetrans, TcpExt TCPLostRetransmit,
    TcpExt TCPFastRetrans, TcpExt TCPSlowStartRetrans, TcpExt TCPLossProbes, TcpExt TCPLossProbeRecovery,
    TcpExt TCPSpuriousRTOs, TcpExt TCPDSACKRecv, TcpExt TCPDSACKUndo, TcpExt TCPSACKReorder, TcpExt TCPOFOQueue,
    TcpExt TCPSpuriousRtxHostQueues, TcpExt TCPRetransFail, Tcp EstabResets, TcpExt TCPAbortOnTimeout`,
  listen: `Tcp PassiveOpens, TcpExt ListenOverflows, TcpExt ListenDrops, TcpExt TCPReqQFullDoCookies,
    TcpExt TCPReqQFullDrop, TcpExt SyncookiesSent, TcpExt SyncookiesRecv, TcpExt SyncookiesFailed, Tcp AttemptFails,
    Tcp OutRsts`,
  memory: `TcpExt PruneCalled, TcpExt TCPRcvCollapsed, TcpExt RcvPruned, TcpExt OfoPruned, TcpExt TCPBacklogDrop,
    TcpExt TCPRcvQDrop, TcpExt TCPOFODrop, TcpExt TCPZeroWindowDrop, TcpExt TCPToZeroWindowAdv,
    TcpExt TCPWantZeroWindowAdv, TcpExt TCPFromZeroWindowAdv, TcpExt TCPMemoryPressures,
    TcpExt TCPMemoryPressuresChrono, TcpExt TCPAbortOnMemory, TcpExt TCPWqueueTooBig`,
  'time-wait': `Tcp ActiveOpens, TcpExt TW, TcpExt TWRecycled, TcpExt TWKilled, TcpExt TCPTimeWaitOverflow,
    TcpExt PAWSEstab`,
  udp: `Udp InDatagrams, Udp RcvbufErrors, Udp InErrors, Udp NoPorts, Udp MemErrors, Udp InCsumErrors,
    Udp OutDatagrams, Udp SndbufErrors`,
};

/** The counters of the TCP tab by what they tell of, in the order they are shown. */
export const tcpTopics: readonly { readonly topic: TcpTopic; readonly section: string; readonly name: string }[] = (
  ['retransmit', 'listen', 'memory', 'time-wait', 'udp'] as const
).flatMap((topic) =>
  names[topic].split(',').map((full) => {
    const [section = '', name = ''] = full.trim().split(' ');
    return { topic, section, name };
  }),
);
