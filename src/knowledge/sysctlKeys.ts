/** What is known of a sysctl key of the network path. */
export interface SysctlKeyFacts {
  readonly key: string;
  /** `bytes`, `packets per CPU`; empty for a switch. */
  readonly unit: string;
  /** The kernel's own default in words, which may depend on its version and the machine; empty when there is none. */
  readonly defaultText: string;
  /** The kernel it came with; empty when that is not known. */
  readonly since: string;
  /** The kernel that no longer has it. */
  readonly removed: string | undefined;
  /** `netns`: each network namespace has its own. `init`: only the first has it. `copy`: others see it, and cannot set it. */
  readonly scope: 'netns' | 'init' | 'copy' | 'host' | '';
  readonly governs: string;
}

/** key|unit|default|since|removed|scope|what it governs; from Documentation/networking and Documentation/admin-guide/sysctl of the kernel, and its net/ sources. */
const table = `
net.core.somaxconn|connections|4096 (128 before 5.4)|2.4||netns|Cap applied to the backlog argument of every listen() call
net.core.rmem_default|bytes|212992 on x86-64 (256 x truesize of a 256-byte skb)|2.4||copy|Initial receive buffer of non-TCP sockets (UDP, raw, netlink, unix)
net.core.rmem_max|bytes|4194304 since 6.18; 212992 before|2.4||copy|Ceiling for SO_RCVBUF requests (kernel then doubles the value)
net.core.wmem_default|bytes|212992 on x86-64|2.4||copy|Initial send buffer of non-TCP sockets
net.core.wmem_max|bytes|4194304 since 6.18; 212992 before|2.4||copy|Ceiling for SO_SNDBUF requests (kernel then doubles the value)
net.core.optmem_max|bytes|131072 since 6.8 (20480 on 64-bit before)|2.4||netns|Per-socket cap on ancillary/option memory, also TX zerocopy bookkeeping
net.core.netdev_max_backlog|packets per CPU|1000|2.4||init|Length limit of each per-CPU input_pkt_queue (RPS, netif_rx, loopback, GRO cells)
net.core.netdev_budget|packets|300|2.6||init|Packets one NET_RX softirq run may process over all NAPI instances
net.core.netdev_budget_usecs|microseconds|2 jiffies: 2000 @HZ=1000, 8000 @HZ=250, 20000 @HZ=100 (constant 2000 in 4.12-5.6)|4.12||init|Time one NET_RX softirq run may last; counted in jiffies, so rounded up
net.core.dev_weight|packets per poll|64|2.4||init|Quota of the per-CPU backlog poll and of qdisc_run; not the NIC driver NAPI weight
net.core.dev_weight_rx_bias|multiplier|1|4.11||init|Multiplies dev_weight for the receive backlog poll
net.core.dev_weight_tx_bias|multiplier|1|4.11||init|Multiplies dev_weight for the transmit qdisc quota
net.core.netdev_tstamp_prequeue||1|2.6.36||init|1 timestamps received packets before RPS, 0 on the RPS target CPU
net.core.rps_sock_flow_entries|entries|0 (RFS off)|2.6.35||init|Size of the global flow table that remembers the consuming CPU
net.core.rps_default_mask|CPU bitmap|0|6.3||netns|RPS mask given to receive queues created later in this netns
net.core.flow_limit_cpu_bitmap|CPU bitmap|0|3.11||init|CPUs that drop packets of dominant flows early when their backlog is half full
net.core.flow_limit_table_len|buckets|4096|3.11||init|Buckets of a flow-limit table; used only when a CPU bit is switched on later
net.core.busy_poll|microseconds|0|3.11||init|Global spin time for poll/select on sockets that allow busy polling
net.core.busy_read|microseconds|0|3.11||init|Default SO_BUSY_POLL value given to new sockets (spin in blocking reads)
net.core.default_qdisc|qdisc name|kernel config; fq_codel where systemd's 50-default.conf sysctl file ships; else pfifo_fast|3.12||init|Qdisc attached to devices/queues from now on, leaf of mq on multiqueue NICs
net.core.gro_normal_batch|segments|8|5.4||init|Packets GRO hands to the stack in one list
net.core.skb_defer_max|skbs|128 since 6.19-7.0 (64 before)|5.19||init|Length of the list of skbs freed back on the CPU that allocated them
net.core.mem_pcpu_rsv|pages|256 (1 MiB)|||init|Per-CPU reserve of protocol memory not yet added to the global count
net.core.max_skb_frags|fragments|MAX_SKB_FRAGS (17)|||init|Page fragments allowed in one skb
net.core.high_order_alloc_disable||0|5.3||init|1 makes page-frag allocators use single pages
net.core.netdev_rss_key|hex bytes|random at first use, all zero until then|3.19||init|Shows the host RSS key drivers may program
net.core.netdev_unregister_timeout_secs|seconds|10|5.13||init|Delay between warnings about a device that cannot be released
net.core.tstamp_allow_data||1|4.0||netns|Unprivileged senders may get packet data back with TX timestamps
net.core.txrehash||1|5.18||netns|Listening sockets may change flow hash (path) after timeouts
net.core.txq_reselection_ms|milliseconds|1000|7.0|||How often a busy connected flow may move to another transmit queue
net.core.qdisc_max_burst|packets|1000|7.0|||Skbs that may wait in the lockless list in front of a qdisc
net.core.bypass_prot_mem||0|7.0|||Sockets skip the global tcp_mem/udp_mem accounting
net.core.devconf_inherit_init_net||0|4.20||init|What new network namespaces copy for ipv4/ipv6 conf
net.core.fb_tunnels_only_for_init_net||0|4.18||init|Whether fallback tunnel devices appear in new namespaces
net.core.message_cost|seconds|5|2.2||init|Interval of the rate limit for network kernel messages
net.core.message_burst|messages|10|2.2||init|Burst of the rate limit for network kernel messages
net.core.bpf_jit_enable||1 on most distros|3.0||init|Just-in-time compiler for BPF programs
net.core.warnings||0|2.4||init|No effect any more
net.ipv4.ip_local_port_range|ports|32768 60999|2.2||netns|Ephemeral ports for connect() and bind(0)
net.ipv4.ip_local_reserved_ports|port list|empty|2.6.35||netns|Ports never chosen automatically; explicit bind still works
net.ipv4.ip_local_port_step_width|ports|0|7.3 (in (7.0,7.3])|||Randomised step used while searching an ephemeral port
net.ipv4.ip_unprivileged_port_start|port|1024|4.11||netns|First port that needs no privilege to bind
net.ipv4.ip_autobind_reuse||0|5.7||netns|bind(0) with SO_REUSEADDR may share ports when the range is exhausted
net.ipv4.ip_nonlocal_bind||0|2.4||netns|Allow binding to addresses the host does not own
net.ipv4.ip_default_ttl|hops|64|2.2||netns|TTL of locally sent packets
net.ipv4.ip_no_pmtu_disc||0|2.2||netns|Path-MTU discovery mode of new sockets and handling of ICMP frag-needed
net.ipv4.ip_forward||0|2.2||netns|Route packets between interfaces
net.ipv4.ip_forward_use_pmtu||0|3.14||netns|Trust learnt path MTU while forwarding
net.ipv4.ip_forward_update_priority||1|4.20||netns|Recompute skb priority from TOS on forwarding
net.ipv4.ip_early_demux||1|3.6||netns|Look up the local socket before routing and reuse its cached route
net.ipv4.tcp_early_demux||1|4.12||netns|Early socket lookup for TCP (needs ip_early_demux)
net.ipv4.udp_early_demux||1|4.12||netns|Early socket lookup for connected UDP (needs ip_early_demux)
net.ipv4.ipfrag_high_thresh|bytes|4194304|2.4||netns|Memory for IPv4 fragment reassembly in this netns; full = new fragments dropped
net.ipv4.ipfrag_low_thresh|bytes|3145728|2.4||netns|Historic lower mark; obsolete since 4.17
net.ipv4.ipfrag_time|seconds|30|2.2||netns|How long an incomplete fragment set is kept
net.ipv4.ipfrag_max_dist|packets|64|2.6.15||netns|How disordered fragments from one source may be
net.ipv4.ip_dynaddr||0|2.2||netns|Rewrite source address of pending connections when it changes
net.ipv4.fwmark_reflect||0|3.16||netns|Replies without a socket copy the mark of the packet
net.ipv4.icmp_ratelimit|milliseconds|1000|2.4||netns|Minimum gap per target for ICMP types in icmp_ratemask
net.ipv4.icmp_msgs_per_sec|messages/s|1000 (10000 from 7.x)|3.18||netns|Global ICMP error rate limit of the host
net.ipv4.icmp_msgs_burst|messages|50 (10000 from 7.x)|3.18||netns|Burst for icmp_msgs_per_sec
net.ipv4.icmp_echo_ignore_broadcasts||1|2.2||netns|Ignore broadcast pings
net.ipv4.icmp_echo_ignore_all||0|2.2||netns|Ignore all pings
net.ipv4.igmp_max_memberships|groups|20|2.4||netns|Multicast groups one socket may join
net.ipv4.fib_multipath_hash_policy||0 (L3)|4.12||netns|Fields hashed for ECMP next-hop choice
net.ipv4.fib_multipath_use_neigh||0|4.7||netns|Prefer next hops with a reachable neighbour
net.ipv4.tcp_rmem|bytes|4096 131072 33554432 since 6.15-6.17 (max 6291456 before; default 87380 before 4.20); max shrinks on small RAM|2.4||netns|Min, initial and autotuning maximum of TCP receive buffers
net.ipv4.tcp_wmem|bytes|4096 16384 4194304; max shrinks on small RAM|2.4||netns|Min, initial and autotuning maximum of TCP send buffers
net.ipv4.tcp_mem|pages|boot: 4.68 %, 6.25 %, 9.37 % of free low memory|2.4||init|Low mark, pressure start and hard limit of all TCP memory
net.ipv4.udp_mem|pages|boot: 9.4 %, 12.5 %, 18.8 % of free low memory|2.6.25||init|Same three marks for UDP
net.ipv4.udp_rmem_min|bytes|4096 (one page)|2.6.25||netns|Receive memory a UDP socket may use even under pressure
net.ipv4.udp_wmem_min|bytes|4096 (one page)|2.6.25||netns|Send memory a UDP socket may use even under pressure
net.ipv4.tcp_moderate_rcvbuf||1|2.6.7||netns|Receive buffer autotuning up to tcp_rmem[2]
net.ipv4.tcp_rcvbuf_low_rtt|microseconds|1000|7.0|||Flows below this RTT grow their receive buffer more slowly
net.ipv4.tcp_adv_win_scale||1|2.4||netns|Share of the buffer advertised as window on kernels before 6.6; no effect since 6.6
net.ipv4.tcp_app_win||31|2.4||netns|Share of the window held back for application buffering
net.ipv4.tcp_shrink_window||0|6.5||netns|Allow retracting an advertised window to stay inside the buffer limit
net.ipv4.tcp_window_scaling||1|2.2||netns|Negotiate window scaling (windows above 64 KiB)
net.ipv4.tcp_timestamps||1|2.2||netns|Timestamps option: RTT, PAWS, needed for tcp_tw_reuse
net.ipv4.tcp_sack||1|2.2||netns|Selective acknowledgement
net.ipv4.tcp_dsack||1|2.4||netns|Report duplicates through SACK
net.ipv4.tcp_fack||0|2.4||netns|Legacy, no effect; no effect since 4.15
net.ipv4.tcp_recovery||1 (RACK)|4.4||netns|RACK loss detection variants
net.ipv4.tcp_early_retrans||3 (TLP on)|3.5||netns|Tail loss probe
net.ipv4.tcp_frto||2|2.4||netns|Detect spurious retransmission timeouts
net.ipv4.tcp_reordering|packets|3|2.4||netns|Starting tolerance for reordering before a loss is assumed
net.ipv4.tcp_max_reordering|packets|300|3.18||netns|Upper bound of learnt reordering tolerance
net.ipv4.tcp_retries1|retries|3|2.2||netns|Timeouts before the route is considered suspect
net.ipv4.tcp_retries2|retries|15 (about 924 s)|2.2||netns|Timeouts before an established connection is dropped
net.ipv4.tcp_orphan_retries|retries|0 shown, means 8|2.2||netns|Timeouts before an orphaned connection is dropped
net.ipv4.tcp_syn_retries|retries|6|2.2||netns|SYN retransmissions of an active open
net.ipv4.tcp_syn_linear_timeouts|retries|4|6.5||netns|First SYN retransmissions at constant 1 s spacing
net.ipv4.tcp_synack_retries|retries|5|2.2||netns|SYN-ACK retransmissions of a passive open
net.ipv4.tcp_syncookies||1|2.2||netns|Cookies when the SYN queue is full; 2 = always
net.ipv4.tcp_max_syn_backlog|requests|max(128, ehash/128); 2048 with 262144 buckets|2.2||netns|Half-open limit per listener, consulted only when tcp_syncookies=0
net.ipv4.tcp_abort_on_overflow||0|2.4||netns|Send RST when the accept queue is full at handshake completion
net.ipv4.tcp_migrate_req||0|5.14||netns|Move pending children to another SO_REUSEPORT listener on close
net.ipv4.tcp_max_tw_buckets|sockets|ehash/2; 131072 with 262144 buckets|2.2||netns|TIME_WAIT sockets kept; above it they are dropped at once
net.ipv4.tcp_tw_reuse||2 since 4.19 (0 before)|2.4||netns|Reuse own TIME_WAIT ports for outgoing connects (1 all, 2 loopback)
net.ipv4.tcp_tw_reuse_delay|milliseconds|1000|6.14||netns|Age of a TIME_WAIT socket before tcp_tw_reuse may take it
net.ipv4.tcp_tw_recycle||0|2.4|4.12||Removed: per-host timestamp check that broke clients behind NAT
net.ipv4.tcp_fin_timeout|seconds|60|2.2||netns|Life of orphaned FIN_WAIT2 sockets; not the TIME_WAIT period (fixed 60 s)
net.ipv4.tcp_max_orphans|sockets|ehash/2|2.4||init|Orphaned sockets system wide; above it new orphans are reset
net.ipv4.tcp_rfc1337||0|2.2||netns|Ignore RST for TIME_WAIT sockets
net.ipv4.tcp_keepalive_time|seconds|7200|2.2||netns|Idle time before probes, only sockets with SO_KEEPALIVE
net.ipv4.tcp_keepalive_intvl|seconds|75|2.4||netns|Gap between keepalive probes
net.ipv4.tcp_keepalive_probes|probes|9|2.2||netns|Unanswered probes before the connection is dropped
net.ipv4.tcp_congestion_control|name|kernel config (cubic usual)|2.6.13||netns|Default congestion control of new connections
net.ipv4.tcp_available_congestion_control|names|built in and loaded ones|2.6.20||copy|Algorithms that can be chosen now
net.ipv4.tcp_allowed_congestion_control|names|reno plus the default|2.6.20||copy|Algorithms unprivileged sockets may choose
net.ipv4.tcp_slow_start_after_idle||1|2.6.18||netns|Shrink the congestion window after an idle period
net.ipv4.tcp_no_metrics_save||0|2.4||netns|Do not remember RTT/cwnd per destination
net.ipv4.tcp_no_ssthresh_metrics_save||1|5.8||netns|Do not remember ssthresh per destination
net.ipv4.tcp_ecn||2|2.4||netns|Explicit congestion notification negotiation
net.ipv4.tcp_ecn_fallback||1|4.1||netns|Retry without ECN when the SYN seems dropped
net.ipv4.tcp_pacing_ss_ratio|percent|200|4.4||netns|Pacing rate over cwnd/srtt in slow start
net.ipv4.tcp_pacing_ca_ratio|percent|120|4.4||netns|Pacing rate over cwnd/srtt in congestion avoidance
net.ipv4.tcp_min_rtt_wlen|seconds|300|4.4||netns|Window of the minimum RTT filter
net.ipv4.tcp_rto_min_us|microseconds|200000|6.11||netns|Floor of the retransmission timeout (route rto_min wins)
net.ipv4.tcp_rto_max_ms|milliseconds|120000|6.15||netns|Ceiling of the retransmission timeout
net.ipv4.tcp_notsent_lowat|bytes|4294967295|3.12||netns|Unsent bytes above which the socket is not writable
net.ipv4.tcp_limit_output_bytes|bytes|4194304 since 6.15-6.17; 1048576 from 4.20-6.14; 262144 before|3.6||netns|TCP small queues: bytes of one socket in qdisc and NIC
net.ipv4.tcp_autocorking||1|3.14||netns|Hold back small segments while earlier ones still queue below
net.ipv4.tcp_min_tso_segs|segments|2|3.12||netns|Smallest automatic TSO burst
net.ipv4.tcp_tso_win_divisor|divisor|3|2.6.9||netns|Share of the window one TSO frame may use
net.ipv4.tcp_tso_rtt_log|log2 microseconds|9|5.18||netns|Bigger TSO frames for short RTT
net.ipv4.tcp_thin_linear_timeouts||0|2.6.34||netns|Linear back-off for thin streams
net.ipv4.tcp_mtu_probing||0|2.6.17||netns|Packetisation-layer path-MTU discovery (1 after black hole, 2 always)
net.ipv4.tcp_base_mss|bytes|1024|2.6.17||netns|Starting MSS of MTU probing
net.ipv4.tcp_min_snd_mss|bytes|48|5.2 and stable||netns|Lowest MSS accepted from a peer
net.ipv4.tcp_mtu_probe_floor|bytes|48|5.4||netns|Lowest MSS MTU probing may fall to
net.ipv4.tcp_probe_interval|seconds|600|4.1||netns|Gap between MTU re-probes
net.ipv4.tcp_probe_threshold|bytes|8|4.1||netns|Probing stops when the search range is this small
net.ipv4.tcp_fastopen||1 (client)|3.6||netns|TCP Fast Open modes
net.ipv4.tcp_fastopen_blackhole_timeout_sec|seconds|0 (3600 in 4.12-5.x)|4.12||netns|Pause of active Fast Open after a suspected black hole
net.ipv4.tcp_fastopen_key|hex|random|3.7||netns|Server cookie key(s)
net.ipv4.tcp_challenge_ack_limit|acks/s|INT_MAX since 5.16-6.1 (1000 before; 100 in 4.4)|3.6||netns|Challenge ACKs per second of the netns
net.ipv4.tcp_invalid_ratelimit|milliseconds|500|4.0||netns|Gap between duplicate ACKs answering invalid segments
net.ipv4.tcp_comp_sack_delay_ns|nanoseconds|1000000|4.18||netns|Longest delay of compressed SACKs
net.ipv4.tcp_comp_sack_nr|acks|44|4.18||netns|SACKs that may be compressed into one
net.ipv4.tcp_comp_sack_slack_ns|nanoseconds|100000 (10000 from 7.0)|5.8||netns|Timer slack of SACK compression
net.ipv4.tcp_comp_sack_rtt_percent|percent|33|7.0|||SACK compression delay as share of RTT
net.ipv4.tcp_backlog_ack_defer||1|6.7||netns|Defer ACKs while draining the socket backlog
net.ipv4.tcp_pingpong_thresh|replies|1|6.7||netns|Replies before delayed ACK mode starts
net.ipv4.tcp_plb_enabled||0|6.2||netns|Protective load balancing by IPv6 flow label
net.ipv4.tcp_reflect_tos||0|5.10||netns|Accepted sockets copy the DSCP of the SYN
net.ipv4.tcp_stdurg||0|2.2||netns|Urgent pointer interpretation
net.ipv4.tcp_retrans_collapse||1|2.2||netns|Merge small segments on retransmission
net.ipv4.tcp_workaround_signed_windows||0|2.6.26||netns|Treat unscaled windows as signed for broken peers
net.ipv4.tcp_low_latency||0|2.4||init|Legacy (prequeue), no effect; no effect since 4.14
net.ipv4.tcp_ehash_entries|buckets|boot: memory dependent; negative = shared with init netns|6.1||copy|Size of the established-socket hash
net.ipv4.tcp_child_ehash_entries|buckets|0 (share)|6.1||netns|Own socket hash for child namespaces
net.ipv4.udp_hash_entries|buckets|boot: memory dependent|6.2||copy|Size of the UDP socket hash
net.ipv4.udp_child_hash_entries|buckets|0 (share)|6.2||netns|Own UDP hash for child namespaces
net.ipv4.inet_peer_threshold|entries|memory dependent|2.4||init|Approximate size of the inet peer store
net.ipv4.route.max_size|routes|INT_MAX|2.2||init|Legacy cap of the removed route cache; no effect since 3.6 (no IPv4 route cache)
net.ipv4.route.gc_thresh|routes|-1|2.2||init|Legacy; no effect since 3.6
net.ipv4.route.min_pmtu|bytes|552|2.4||netns|Lowest path MTU accepted from ICMP
net.ipv4.route.min_adv_mss|bytes|256|2.4||netns|Lowest MSS advertised
net.ipv4.route.mtu_expires|seconds|600|2.4||netns|Life of a learnt path MTU
net.ipv4.neigh.default.gc_thresh1|entries|128|2.2||init|Below this the ARP table is never collected
net.ipv4.neigh.default.gc_thresh2|entries|512|2.2||init|Soft limit, forced collection when older than 5 s
net.ipv4.neigh.default.gc_thresh3|entries|1024|2.2||init|Hard limit: above it new neighbours fail (table overflow)
net.ipv4.neigh.default.gc_stale_time|seconds|60|2.2||init|Idle time before an entry may be collected
net.ipv4.neigh.default.base_reachable_time_ms|milliseconds|30000|2.6.12||init|Mean time an entry stays reachable without proof
net.ipv4.neigh.default.unres_qlen_bytes|bytes|212992|3.3||init|Bytes queued while an address is being resolved
net.ipv4.conf.all.rp_filter||0 kernel; 2 with systemd's 50-default.conf; max of all and interface applies|2.2||netns|Reverse path check (1 strict, 2 loose); drops count in IPReversePathFilter
net.ipv4.conf.all.arp_ignore||0|2.6.4||netns|Which ARP requests are answered
net.ipv4.conf.all.arp_announce||0|2.6.4||netns|Source address used in ARP requests
net.ipv4.conf.all.arp_filter||0|2.4||netns|Answer ARP only through the interface that routes back
net.ipv4.conf.all.log_martians||0|2.2||netns|Log packets with impossible addresses
net.ipv4.conf.all.accept_local||0|2.6.33||netns|Accept packets with a local source address
net.ipv4.conf.all.forwarding||0|2.2||netns|Forward on all interfaces
net.ipv4.conf.all.send_redirects||1|2.2||netns|Send ICMP redirects when routing
net.ipv6.conf.all.forwarding||0|2.4||netns|IPv6 routing; also changes router advertisement handling
net.ipv6.conf.all.disable_ipv6||0|2.6.29||netns|Remove IPv6 from all interfaces
net.ipv6.bindv6only||0|2.4||netns|IPv6 wildcard sockets also take IPv4 when 0
net.ipv6.auto_flowlabels||1|4.0||netns|Automatic IPv6 flow labels
net.ipv6.ip6frag_high_thresh|bytes|4194304|2.6||netns|Memory for IPv6 reassembly
net.ipv6.ip6frag_time|seconds|60|2.6||netns|Life of incomplete IPv6 fragments
net.ipv6.route.max_size|routes|INT_MAX since 6.1/6.3 (4096 before)|2.4||netns|Cached IPv6 routes; small on old kernels under many peers
net.ipv6.route.gc_thresh|routes|1024|2.4||netns|Cached IPv6 routes before collection
net.ipv6.neigh.default.gc_thresh1|entries|128|2.4||init|Same as IPv4
net.ipv6.neigh.default.gc_thresh2|entries|512|2.4||init|Same as IPv4
net.ipv6.neigh.default.gc_thresh3|entries|1024|2.4||init|Same as IPv4
net.netfilter.nf_conntrack_max|entries|= buckets since 5.15 (262144 above 4 GiB RAM); 4 x buckets before|2.6||copy|Connection tracking entries, per netns count against a global limit; full = new flows dropped
net.netfilter.nf_conntrack_buckets|buckets|262144 above 4 GiB RAM since 5.15 (65536 before)|2.6.20||copy|Hash buckets of the tracking table
net.netfilter.nf_conntrack_count|entries|gauge|2.6.20||copy|Entries in use in this netns
net.netfilter.nf_conntrack_tcp_timeout_established|seconds|432000 (5 days)|2.6||netns|Idle life of established TCP entries
net.netfilter.nf_conntrack_tcp_timeout_time_wait|seconds|120|2.6||netns|Life of closed TCP entries
net.netfilter.nf_conntrack_tcp_timeout_close_wait|seconds|60|2.6||netns|Life of half closed entries
net.netfilter.nf_conntrack_tcp_timeout_syn_recv|seconds|60|2.6||netns|Life of half open entries
net.netfilter.nf_conntrack_udp_timeout|seconds|30|2.6||netns|Life of one-way UDP entries
net.netfilter.nf_conntrack_udp_timeout_stream|seconds|120 (180 before 5.0-5.4)|2.6||netns|Life of two-way UDP entries
net.netfilter.nf_conntrack_generic_timeout|seconds|600|2.6||netns|Life of entries of unknown protocols
net.netfilter.nf_conntrack_tcp_loose||1|2.6||netns|Pick up connections already running
net.netfilter.nf_conntrack_tcp_be_liberal||0|2.6||netns|Only out-of-window RSTs are invalid
net.netfilter.nf_conntrack_checksum||1|2.6||netns|Verify checksums before tracking
net.netfilter.nf_conntrack_acct||0|2.6.27||netns|Byte and packet counters per entry
net.unix.max_dgram_qlen|datagrams|10 kernel; 512 with systemd|2.2||netns|Receive queue of unix datagram sockets
net.bridge.bridge-nf-call-iptables||1 when br_netfilter is loaded|2.6||netns|Send bridged IPv4 through iptables
net.mptcp.enabled||1|5.6||netns|Allow Multipath TCP sockets
vm.min_free_kbytes|KiB|sqrt(16 x lowmem KiB), 128 KiB..64 MiB (256 MiB since 5.13)|2.6||host|Memory kept free for atomic allocations such as driver receive buffers
fs.file-max|files|memory dependent (systemd raises it to the maximum)|2.2||host|Open files system wide; ENFILE when full
fs.nr_open|files|1048576 (systemd raises it)|2.6.25||host|Upper bound of RLIMIT_NOFILE`;

/** Facts by key. */
export const sysctlKeys: ReadonlyMap<string, SysctlKeyFacts> = new Map(
  table
    .trim()
    .split('\n')
    .map((row) => {
      const [key = '', unit = '', defaultText = '', since = '', removed = '', scope = '', governs = ''] =
        row.split('|');
      const facts = { key, unit, defaultText, since, removed: removed || undefined, scope: scopeOf(scope), governs };
      return [key, facts];
    }),
);

function scopeOf(text: string): SysctlKeyFacts['scope'] {
  return text === 'netns' || text === 'init' || text === 'copy' || text === 'host' ? text : '';
}
