/** Words by which a key may be looked for, beside those of its name and of what it governs. */
const table = `
net.core.somaxconn|accept queue listen backlog overflow ListenOverflows
net.ipv4.tcp_max_syn_backlog|SYN queue half open
net.ipv4.tcp_abort_on_overflow|accept queue overflow reset
net.core.netdev_max_backlog|softnet dropped input queue RPS backlog
net.core.netdev_budget|time squeeze softirq NAPI
net.core.netdev_budget_usecs|time squeeze softirq NAPI
net.core.rps_sock_flow_entries|RFS flow steering
net.core.rmem_max|UDP receive buffer SO_RCVBUF RcvbufErrors
net.core.rmem_default|UDP receive buffer RcvbufErrors
net.core.wmem_max|send buffer SO_SNDBUF
net.ipv4.tcp_rmem|receive buffer window autotuning BDP
net.ipv4.tcp_wmem|send buffer window BDP
net.ipv4.tcp_mem|memory pressure
net.ipv4.udp_mem|memory pressure
net.ipv4.ip_local_port_range|ephemeral ports source exhaustion EADDRNOTAVAIL
net.ipv4.tcp_tw_reuse|TIME_WAIT ports
net.ipv4.tcp_max_tw_buckets|TIME_WAIT overflow
net.ipv4.tcp_fin_timeout|FIN_WAIT2
net.ipv4.tcp_keepalive_time|keepalive idle
net.ipv4.tcp_congestion_control|BBR cubic
net.core.default_qdisc|queueing discipline fq fq_codel pacing
net.ipv4.tcp_slow_start_after_idle|idle window slow
net.ipv4.tcp_mtu_probing|PMTU black hole
net.ipv4.tcp_retries2|dead connection timeout
net.ipv4.conf.*.rp_filter|reverse path asymmetric routing
net.netfilter.nf_conntrack_max|conntrack table full dropping packet
net.netfilter.nf_conntrack_buckets|conntrack hash
net.ipv4.neigh.default.gc_thresh3|neighbour ARP table overflow
net.ipv6.neigh.default.gc_thresh3|neighbour table overflow
net.ipv4.ipfrag_high_thresh|fragments reassembly ReasmFails
net.unix.max_dgram_qlen|unix datagram syslog queue
net.ipv4.ip_forward|router forwarding
net.core.busy_poll|latency spin
net.core.busy_read|latency spin
net.core.flow_limit_cpu_bitmap|flow limit
net.ipv4.tcp_notsent_lowat|unsent latency buffer
vm.min_free_kbytes|page allocation failure atomic
fs.file-max|too many open files ENFILE
fs.nr_open|too many open files ulimit EMFILE`;

export const searchWords: ReadonlyMap<string, string> = new Map(
  table
    .trim()
    .split('\n')
    .map((row) => {
      const [key = '', words = ''] = row.split('|');
      return [key, words];
    }),
);
