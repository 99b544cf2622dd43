import type { NicKnobId } from './nicKnobs.ts';
import type { StepId } from './steps.ts';

/**
 * A figure by where it is found: `nic` the kernel's statistics of the interface, `counter` a line of /proc/net as the
 * Counters tab names it, `softnet` a column of /proc/net/softnet_stat over all CPUs, `qdisc` those of the interface's
 * root, `ring` the driver's counters of a full receive ring, `irq` interrupts of the interface's queues.
 */
export type Measure =
  | `nic ${string}`
  | `counter ${string}`
  | `softnet ${'processed' | 'dropped' | 'time_squeeze' | 'received_rps' | 'flow_limit_count' | 'backlog_len'}`
  | `softirq ${'NET_RX' | 'NET_TX'}`
  | `qdisc ${'packets' | 'drops' | 'overlimits' | 'requeues' | 'backlog'}`
  | `ring ${'lost' | 'waiting'}`
  | `irq ${'rx' | 'tx' | 'rx-packets-each'}`
  | `cpu ${'softirq' | 'irq' | 'steal'}`
  | `driver ${'allowance' | 'pause-sent' | 'pause-received' | 'stopped'}`
  | `queue ${'tx_timeout' | 'stall_cnt' | 'inflight'}`
  | 'listener fullest'
  | 'udp drops';

/** A knob: a sysctl key, or a setting of the interface. */
export type Knob = `sysctl ${string}` | NicKnobId;

/** What can be measured and set at one step. */
export interface StepMeasures {
  /** What passes; the first that could be read stands in the picture. */
  readonly pass?: readonly Measure[];
  /** Packets and connections that are lost here. They add up: none is part of another. */
  readonly loss?: readonly Measure[];
  /** Losses that are contained in those of `loss`, by their reason. */
  readonly part?: readonly Measure[];
  /** Thrown away for reasons that may be right: nobody wanted it. Told, never an alarm. */
  readonly discard?: readonly Measure[];
  /** Nothing is lost, something comes later. */
  readonly delay?: readonly Measure[];
  /** How it stands now. */
  readonly stands?: readonly Measure[];
  readonly knobs?: readonly Knob[];
  /** Why nothing can get lost here; of a step without `loss`. */
  readonly lossless?: string;
  /** Why what is lost here cannot be counted from outside the kernel; of a step without `loss`. */
  readonly uncounted?: string;
}

/** Sources: kernel 6.12 and 7.x, net/ and Documentation/networking/statistics.rst; DMA and moderation by driver. */
export const pathMeasures: Readonly<Record<StepId, StepMeasures>> = {
  I1: {
    loss: ['nic rx_frame_errors', 'nic rx_length_errors'],
    discard: ['nic rx_errors'],
    delay: ['driver pause-sent'],
    stands: ['nic carrier_changes'],
    knobs: ['pause rx', 'pause tx', 'mtu'],
  },
  I2: {
    loss: ['nic rx_crc_errors'],
    discard: ['nic rx_otherhost_dropped'],
    knobs: ['feature rx-all', 'feature rx-fcs'],
  },
  I3: {
    pass: ['nic rx_packets'],
    loss: ['ring lost', 'driver allowance'],
    delay: ['ring waiting'],
    knobs: ['ring rx', 'channels combined', 'channels rx', 'sysctl vm.min_free_kbytes'],
  },
  I4: {
    pass: ['irq rx-packets-each'],
    lossless: 'the frame is in memory already; only the interrupt waits',
    knobs: [
      'coalesce adaptive-rx',
      'coalesce rx-usecs',
      'coalesce rx-frames',
      'napi_defer_hard_irqs',
      'gro_flush_timeout',
    ],
  },
  I5: {
    pass: ['irq rx'],
    lossless:
      'an interrupt that waits loses nothing; the ring fills meanwhile, and what is lost then is counted there (I3)',
    knobs: ['irq affinity', 'irqbalance', 'channels combined', 'channels rx'],
  },
  I6: {
    stands: ['cpu irq'],
    lossless: 'the handler touches no packet',
  },
  I7: {
    lossless: 'the queue is only noted as having work; no packet is touched',
    knobs: ['threaded'],
  },
  I8: {
    pass: ['softirq NET_RX'],
    delay: ['counter pressure irq full'],
    stands: ['cpu softirq', 'cpu steal'],
    lossless:
      'late softirq loses nothing by itself; the ring fills meanwhile, and what is lost then is counted there (I3)',
    knobs: ['threaded'],
  },
  I9: {
    delay: ['softnet time_squeeze'],
    lossless:
      'a loop that is cut short goes on in the next round; the ring fills meanwhile, and what is lost then is counted there (I3)',
    knobs: ['sysctl net.core.netdev_budget', 'sysctl net.core.netdev_budget_usecs'],
  },
  I10: {
    uncounted:
      'drops by XDP programs and failed allocations have no common counter: each driver names its own, if any (NICs tab)',
    knobs: ['xdp'],
  },
  I11: {
    lossless: 'segments are merged, none is thrown away',
    knobs: [
      'feature generic-receive-offload',
      'feature large-receive-offload',
      'feature rx-gro-hw',
      'gro_flush_timeout',
      'sysctl net.core.gro_normal_batch',
    ],
  },
  I12: {
    pass: ['softnet received_rps'],
    lossless: 'a packet is handed to another CPU; if that one’s backlog is full it is lost and counted there (I14)',
    knobs: [
      'queue rps_cpus',
      'queue rps_flow_cnt',
      'sysctl net.core.rps_sock_flow_entries',
      'sysctl net.core.netdev_tstamp_prequeue',
    ],
  },
  I13: {
    pass: ['softnet processed'],
    discard: ['nic rx_dropped', 'nic rx_nohandler'],
    uncounted:
      'what tc ingress, taps and bridges drop is not told apart: rx_dropped mixes it with frames that nobody wanted',
  },
  I14: {
    loss: ['softnet dropped'],
    part: ['softnet flow_limit_count'],
    stands: ['softnet backlog_len'],
    knobs: [
      'sysctl net.core.netdev_max_backlog',
      'sysctl net.core.dev_weight',
      'sysctl net.core.dev_weight_rx_bias',
      'sysctl net.core.flow_limit_cpu_bitmap',
      'sysctl net.core.flow_limit_table_len',
    ],
  },
  I15: {
    pass: ['counter Ip InReceives', 'counter Ip6 InReceives'],
    loss: [
      'counter Ip InHdrErrors',
      'counter Ip InDiscards',
      'counter IpExt InTruncatedPkts',
      'counter Ip6 InHdrErrors',
      'counter Ip6 InTruncatedPkts',
    ],
    part: ['counter IpExt InCsumErrors'],
    discard: ['counter Ip6 InDiscards'],
    delay: ['counter IpExt InCEPkts'],
  },
  I16: {
    loss: ['counter nf_conntrack drop', 'counter nf_conntrack insert_failed'],
    discard: ['counter nf_conntrack invalid', 'counter nf_conntrack early_drop'],
    stands: ['counter conntrack count'],
    knobs: ['sysctl net.netfilter.nf_conntrack_max', 'sysctl net.netfilter.nf_conntrack_buckets'],
  },
  I17: {
    loss: ['counter TcpExt IPReversePathFilter', 'counter IpExt InNoRoutes'],
    discard: ['counter Ip InAddrErrors', 'counter Ip6 InAddrErrors', 'counter Ip6 InNoRoutes'],
    knobs: [
      'sysctl net.ipv4.conf.all.rp_filter',
      'sysctl net.ipv4.ip_early_demux',
      'sysctl net.ipv4.tcp_early_demux',
      'sysctl net.ipv4.udp_early_demux',
      'sysctl net.ipv4.ip_forward',
    ],
  },
  I18: {
    pass: ['counter Ip InDelivers', 'counter Ip6 InDelivers'],
    loss: ['counter Ip ReasmFails', 'counter Ip6 ReasmFails', 'counter IpExt ReasmOverlaps'],
    part: ['counter Ip ReasmTimeout', 'counter Ip6 ReasmTimeout'],
    knobs: [
      'sysctl net.ipv4.ipfrag_high_thresh',
      'sysctl net.ipv4.ipfrag_time',
      'sysctl net.ipv4.ipfrag_max_dist',
      'sysctl net.ipv6.ip6frag_high_thresh',
    ],
  },
  I19: {
    pass: ['counter Tcp InSegs', 'counter Udp InDatagrams', 'counter Udp6 InDatagrams'],
    loss: ['counter Tcp InErrs', 'counter Udp InCsumErrors', 'counter Udp6 InCsumErrors'],
    part: ['counter Tcp InCsumErrors'],
    discard: ['counter Udp NoPorts', 'counter Udp6 NoPorts', 'counter Ip InUnknownProtos'],
  },
  I20: {
    pass: ['counter Tcp PassiveOpens'],
    loss: ['counter TcpExt ListenDrops'],
    part: ['counter TcpExt ListenOverflows', 'counter TcpExt TCPReqQFullDrop'],
    discard: ['counter Tcp AttemptFails'],
    delay: ['counter TcpExt TCPReqQFullDoCookies', 'counter TcpExt SyncookiesSent'],
    stands: ['listener fullest'],
    knobs: [
      'sysctl net.core.somaxconn',
      'sysctl net.ipv4.tcp_max_syn_backlog',
      'sysctl net.ipv4.tcp_syncookies',
      'sysctl net.ipv4.tcp_synack_retries',
      'sysctl net.ipv4.tcp_abort_on_overflow',
    ],
  },
  I21: {
    loss: ['counter TcpExt TCPBacklogDrop', 'counter TcpExt PAWSEstab'],
    discard: ['counter TcpExt TCPTimeWaitOverflow', 'counter TcpExt PAWSOldAck'],
    stands: ['counter sockstat TCP tw'],
    knobs: [
      'sysctl net.ipv4.tcp_max_tw_buckets',
      'sysctl net.ipv4.tcp_fin_timeout',
      'sysctl net.ipv4.tcp_timestamps',
      'sysctl net.ipv4.tcp_sack',
      'sysctl net.ipv4.tcp_window_scaling',
    ],
  },
  I22: {
    loss: [
      'counter TcpExt RcvPruned',
      'counter TcpExt TCPRcvQDrop',
      'counter TcpExt TCPOFODrop',
      'counter TcpExt OfoPruned',
      'counter TcpExt TCPZeroWindowDrop',
      'counter TcpExt PFMemallocDrop',
      'counter Udp RcvbufErrors',
      'counter Udp6 RcvbufErrors',
      'counter Udp MemErrors',
      'counter Udp6 MemErrors',
    ],
    part: ['udp drops'],
    delay: ['counter TcpExt PruneCalled', 'counter TcpExt TCPToZeroWindowAdv', 'counter TcpExt TCPOFOQueue'],
    stands: ['counter sockstat UDP mem'],
    knobs: [
      'sysctl net.ipv4.tcp_rmem',
      'sysctl net.core.rmem_default',
      'sysctl net.core.rmem_max',
      'sysctl net.ipv4.tcp_mem',
      'sysctl net.ipv4.udp_mem',
      'sysctl net.ipv4.udp_rmem_min',
    ],
  },
  I23: {
    lossless: 'a limit is moved, no data is touched',
    knobs: ['sysctl net.ipv4.tcp_moderate_rcvbuf', 'sysctl net.ipv4.tcp_rmem', 'sysctl net.ipv4.tcp_rcvbuf_low_rtt'],
  },
  I24: {
    delay: ['counter pressure cpu some'],
    lossless: 'the data waits in the receive queue until the reader runs',
    knobs: ['sysctl net.core.busy_poll', 'sysctl net.core.busy_read'],
  },
  I25: {
    pass: ['counter Udp InDatagrams', 'counter Udp6 InDatagrams'],
    lossless: 'what is not read stays in the receive queue; what no longer fits there is counted there (I22)',
  },
  E1: {
    pass: ['counter Udp OutDatagrams', 'counter Udp6 OutDatagrams'],
    loss: ['counter Udp SndbufErrors', 'counter Udp6 SndbufErrors'],
    knobs: ['sysctl net.core.wmem_default', 'sysctl net.core.wmem_max', 'sysctl net.ipv4.udp_wmem_min'],
  },
  E2: {
    loss: ['counter TcpExt TCPAbortOnMemory'],
    delay: ['counter TcpExt TCPMemoryPressures'],
    stands: ['counter sockstat TCP mem'],
    knobs: ['sysctl net.ipv4.tcp_mem', 'sysctl net.ipv4.tcp_max_orphans'],
  },
  E3: {
    loss: ['counter TcpExt TCPWqueueTooBig'],
    knobs: ['sysctl net.ipv4.tcp_wmem', 'sysctl net.ipv4.tcp_notsent_lowat', 'sysctl net.ipv4.tcp_autocorking'],
  },
  E4: {
    pass: ['counter Tcp OutSegs'],
    loss: ['counter TcpExt TCPAbortOnTimeout'],
    delay: [
      'counter Tcp RetransSegs',
      'counter TcpExt TCPTimeouts',
      'counter TcpExt TCPSynRetrans',
      'counter TcpExt TCPLostRetransmit',
      'counter TcpExt TCPRetransFail',
      'counter TcpExt TCPWinProbe',
    ],
    stands: ['counter sockstat TCP orphan'],
    knobs: [
      'sysctl net.ipv4.tcp_congestion_control',
      'sysctl net.ipv4.tcp_limit_output_bytes',
      'sysctl net.ipv4.tcp_pacing_ss_ratio',
      'sysctl net.ipv4.tcp_pacing_ca_ratio',
      'sysctl net.ipv4.tcp_slow_start_after_idle',
      'sysctl net.ipv4.tcp_retries2',
      'sysctl net.ipv4.ip_local_port_range',
      'sysctl net.ipv4.tcp_tw_reuse',
      'sysctl net.ipv4.tcp_mtu_probing',
    ],
  },
  E5: { lossless: 'a function call: nothing waits and nothing is dropped' },
  E6: {
    pass: ['counter Ip OutRequests', 'counter Ip6 OutRequests'],
    uncounted: 'what firewall rules of OUTPUT drop is counted in the rules alone, which only root may read',
    knobs: ['sysctl net.ipv4.ip_default_ttl'],
  },
  E7: {
    loss: ['counter Ip OutNoRoutes', 'counter Ip6 OutNoRoutes'],
    knobs: ['sysctl net.ipv4.fib_multipath_hash_policy'],
  },
  E8: {
    pass: ['counter Ip OutTransmits', 'counter Ip6 OutTransmits', 'counter Ip FragCreates', 'counter Ip6 FragCreates'],
    loss: ['counter Ip OutDiscards', 'counter Ip FragFails', 'counter Ip6 OutDiscards', 'counter Ip6 FragFails'],
    knobs: ['mtu', 'sysctl net.ipv4.ip_no_pmtu_disc'],
  },
  E9: {
    loss: [
      'counter arp_cache unresolved_discards',
      'counter arp_cache table_fulls',
      'counter ndisc_cache unresolved_discards',
      'counter ndisc_cache table_fulls',
    ],
    discard: ['counter arp_cache res_failed', 'counter ndisc_cache res_failed'],
    stands: ['counter arp_cache entries', 'counter ndisc_cache entries'],
    knobs: [
      'sysctl net.ipv4.neigh.default.gc_thresh3',
      'sysctl net.ipv6.neigh.default.gc_thresh3',
      'sysctl net.ipv4.neigh.default.unres_qlen_bytes',
    ],
  },
  E10: {
    loss: ['nic tx_dropped'],
    knobs: ['queue xps_cpus', 'channels combined', 'channels tx'],
  },
  E11: {
    pass: ['qdisc packets'],
    loss: ['qdisc drops'],
    delay: ['qdisc overlimits', 'counter TcpExt TCPSpuriousRtxHostQueues'],
    stands: ['qdisc backlog'],
    knobs: ['qdisc', 'txqueuelen', 'sysctl net.core.default_qdisc'],
  },
  E12: {
    pass: ['nic tx_packets'],
    loss: ['nic tx_errors'],
    part: ['nic tx_fifo_errors', 'nic tx_aborted_errors', 'nic tx_carrier_errors'],
    delay: ['qdisc requeues', 'driver stopped'],
    knobs: ['ring tx', 'bql', 'feature tcp-segmentation-offload', 'feature generic-segmentation-offload'],
  },
  E13: {
    pass: ['softirq NET_TX'],
    lossless: 'qdiscs that were put off go on; buffers of packets that are sent already are freed',
    knobs: ['sysctl net.core.dev_weight', 'sysctl net.core.dev_weight_tx_bias'],
  },
  E14: { lossless: 'the packet has left already: only its buffer waits' },
  E15: {
    uncounted: 'a buffer that cannot be mapped is dropped; few drivers count it (NICs tab)',
  },
  E16: {
    uncounted: 'from the bus on the NIC is alone: what it counts stands in its driver’s own counters (NICs tab)',
    delay: ['driver pause-received'],
    knobs: ['pause rx'],
  },
  E17: {
    pass: ['irq tx'],
    lossless: 'the packet has left already: only its buffer waits',
    knobs: ['coalesce adaptive-tx', 'coalesce tx-usecs', 'coalesce tx-frames', 'irq affinity'],
  },
  E18: { lossless: 'the packet has left already: only its buffer waits', knobs: ['threaded'] },
  E19: { lossless: 'the packet has left already: only its buffer waits' },
  E20: {
    loss: ['queue tx_timeout'],
    delay: ['queue stall_cnt'],
    stands: ['queue inflight'],
    knobs: ['bql'],
  },
};

/** The first step on the packet's way that has this knob; null for one that no step lists. */
export function stepOfKnob(knob: Knob): StepId | null {
  const found = Object.entries(pathMeasures).find(([, { knobs }]) => knobs?.includes(knob) === true);
  return found === undefined ? null : (found[0] as StepId);
}
