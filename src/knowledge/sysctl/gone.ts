/** A key that advice still names and no kernel of today has. */
export interface GoneKey {
  readonly key: string;
  /** The first kernel without it; null: no kernel ever had it. */
  readonly removed: string | null;
  /** The key that does what was meant; null when there is none. */
  readonly instead: string | null;
  readonly why: string;
}

/** key|removed in, empty for never|instead|what to know; from the kernel's history (git log -S), kernel.org's ChangeLogs. */
const table = `
net.ipv4.tcp_tw_recycle|4.12||It dropped connections of clients behind one NAT address; tcp_tw_reuse is the part of it that was safe
net.core.netdev_budget_timeout||net.core.netdev_budget_usecs|How long one round may last is netdev_budget_usecs, in microseconds
net.core.netdev_budget_us||net.core.netdev_budget_usecs|The key ends in usecs
net.ipv4.tcp_rmem_max||net.ipv4.tcp_rmem|The maximum is the third number of tcp_rmem
net.ipv4.tcp_wmem_max||net.ipv4.tcp_wmem|The maximum is the third number of tcp_wmem
net.ipv4.tcp_rmem_default||net.ipv4.tcp_rmem|The initial size is the second number of tcp_rmem
net.ipv4.tcp_wmem_default||net.ipv4.tcp_wmem|The initial size is the second number of tcp_wmem
net.ipv4.udp_rmem_max||net.core.rmem_max|UDP sockets obey net.core.rmem_max
net.ipv4.udp_wmem_max||net.core.wmem_max|UDP sockets obey net.core.wmem_max
net.ipv4.tcp_backlog||net.core.somaxconn|The accept queue is bounded by somaxconn and the backlog of listen()
net.ipv4.somaxconn||net.core.somaxconn|It is a key of net.core
net.ipv4.tcp_tw_timeout|||TIME_WAIT lasts 60 seconds, fixed in the kernel; only Alibaba's kernel has such a key
net.ipv4.tcp_default_win_scale|||The window scale follows from tcp_rmem
net.ipv4.tcp_syn_backlog||net.ipv4.tcp_max_syn_backlog|Half-open connections are bounded by tcp_max_syn_backlog
net.ipv4.tcp_fin_wait_timeout||net.ipv4.tcp_fin_timeout|The time in FIN_WAIT2 is tcp_fin_timeout
net.ipv4.tcp_max_syn_retries||net.ipv4.tcp_syn_retries|How often a SYN is sent again is tcp_syn_retries
net.ipv4.tcp_thin_dupack|4.15||RACK recovers thin streams
net.ipv4.tcp_frto_response|3.10||F-RTO has one response now
net.ipv4.tcp_abc|3.9||Appropriate byte counting was taken out
net.ipv4.tcp_cookie_size|3.10||TCP cookie transactions were taken out
net.ipv4.tcp_max_ssthresh|3.10||Limited slow start was taken out
net.ipv4.tcp_dma_copybreak|3.18||Network DMA was taken out
net.ipv4.tcp_bic|2.6.13|net.ipv4.tcp_congestion_control|Congestion control is chosen by name
net.ipv4.tcp_bic_fast_convergence|2.6.13||It is a parameter of the module tcp_bic
net.ipv4.tcp_bic_low_window|2.6.13||It is a parameter of the module tcp_bic
net.ipv4.tcp_vegas_cong_avoid|2.6.13|net.ipv4.tcp_congestion_control|Congestion control is chosen by name
net.ipv4.tcp_westwood|2.6.13|net.ipv4.tcp_congestion_control|Congestion control is chosen by name
net.ipv4.ip_conntrack_max|2.6.22|net.netfilter.nf_conntrack_max|Connection tracking moved to nf_conntrack
net.ipv4.netfilter.ip_conntrack_max|4.9|net.netfilter.nf_conntrack_max|Connection tracking moved to nf_conntrack
net.ipv4.netfilter.ip_conntrack_buckets|4.9|net.netfilter.nf_conntrack_buckets|Connection tracking moved to nf_conntrack
net.ipv4.netfilter.ip_conntrack_tcp_timeout_established|4.9|net.netfilter.nf_conntrack_tcp_timeout_established|Connection tracking moved to nf_conntrack
net.ipv4.netfilter.ip_conntrack_tcp_timeout_time_wait|4.9|net.netfilter.nf_conntrack_tcp_timeout_time_wait|Connection tracking moved to nf_conntrack
net.ipv4.netfilter.ip_conntrack_tcp_timeout_close_wait|4.9|net.netfilter.nf_conntrack_tcp_timeout_close_wait|Connection tracking moved to nf_conntrack
net.ipv4.netfilter.ip_conntrack_tcp_timeout_fin_wait|4.9|net.netfilter.nf_conntrack_tcp_timeout_fin_wait|Connection tracking moved to nf_conntrack
net.ipv4.route.secret_interval|3.6||There is no IPv4 route cache any more
net.ipv4.rt_cache_rebuild_count|3.6||There is no IPv4 route cache any more
net.ipv4.inet_peer_gc_mintime|3.0||Inet peers are collected as they are looked up
net.ipv4.inet_peer_gc_maxtime|3.0||Inet peers are collected as they are looked up
net.core.hot_list_length|2.6.28||The slab allocator keeps its own lists
net.core.mod_cong|2.6.12||Congestion levels of the backlog were taken out
net.core.no_cong|2.6.12||Congestion levels of the backlog were taken out
net.core.no_cong_thresh|2.6.12||Congestion levels of the backlog were taken out
net.core.lo_cong|2.6.12||Congestion levels of the backlog were taken out
net.bridge.bridge-nf-call-ip4tables||net.bridge.bridge-nf-call-iptables|It is called iptables, not ip4tables
kernel.sched_min_granularity_ns|5.13||It moved to /sys/kernel/debug/sched, which no sysctl file sets
kernel.sched_latency_ns|5.13||It moved to /sys/kernel/debug/sched, which no sysctl file sets
kernel.sched_wakeup_granularity_ns|5.13||It moved to /sys/kernel/debug/sched, which no sysctl file sets
kernel.sched_migration_cost_ns|5.13||It moved to /sys/kernel/debug/sched, which no sysctl file sets
kernel.sched_nr_migrate|5.13||It moved to /sys/kernel/debug/sched, which no sysctl file sets
kernel.sched_tunable_scaling|5.13||It moved to /sys/kernel/debug/sched, which no sysctl file sets`;

/** By key, in dotted spelling. */
export const goneKeys: ReadonlyMap<string, GoneKey> = new Map(
  table
    .trim()
    .split('\n')
    .map((row) => {
      const [key = '', removed = '', instead = '', why = ''] = row.split('|');
      return [key, { key, removed: removed || null, instead: instead || null, why }];
    }),
);
