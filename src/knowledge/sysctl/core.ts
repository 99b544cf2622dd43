/** net.core.*: the device layer, sockets in general, BPF (net/core/sysctl_net_core.c, Documentation/admin-guide/sysctl/net.rst); columns as `parseKeys` has them. */
export const coreKeys = `
net.core.bpf_jit_enable|number|0..2|||~1 on most distributions|3.0|||init|new||Just-in-time compiler for BPF programs|2 leaks addresses to the log, debug only|
net.core.bpf_jit_harden|number|0..2|||0|4.7|||init|new||Constant blinding of JIT code against spraying (1 unprivileged, 2 all programs)|Slower BPF programs, XDP included|
net.core.bpf_jit_kallsyms|number|0..1|||1|4.11|||init|new||Show JIT code in /proc/kallsyms, so that perf can name it|Addresses visible to privileged users|
net.core.bpf_jit_limit|number|1..||bytes|~a quarter of the address space for modules|4.20|||init|new||Memory for JIT code of unprivileged programs|Memory|
net.core.busy_poll|number|int;0..max@6.1|0..|microseconds|0|3.11|||init|now|I24|Global spin time for poll/select on sockets that allow busy polling|Burns CPU and power|
net.core.busy_read|number|int;0..max@6.1|0..|microseconds|0|3.11|||init|new|I24|Default SO_BUSY_POLL value given to new sockets (spin in blocking reads)|Burns CPU and power|
net.core.bypass_prot_mem|number|0..1|||0|7.0||||new|I22|Sockets skip the global tcp_mem/udp_mem accounting|Protocol memory no longer bounded by tcp_mem|
net.core.default_qdisc|word|||qdisc name|~kernel configuration, else pfifo_fast; fq_codel where 50-default.conf of systemd is installed|3.12|||init|new|E11|Qdisc attached to devices/queues from now on, leaf of mq on multiqueue NICs||existing qdiscs stay; use tc qdisc replace, or take the device through delete/recreate
net.core.dev_weight|number|int;1..max@6.14|1..|packets per poll|64|2.4|||init|now|I14|Quota of the per-CPU backlog poll and of qdisc_run; not the NIC driver NAPI weight|One queue holds the CPU longer per turn|
net.core.dev_weight_rx_bias|number|int;1..max@6.14|1..|multiplier|1|4.11|||init|now|I14|Multiplies dev_weight for the receive backlog poll|RPS work may starve the driver poll inside the budget|
net.core.dev_weight_tx_bias|number|int;1..max@6.14|1..|multiplier|1|4.11|||init|now|E13|Multiplies dev_weight for the transmit qdisc quota|Transmit softirq hogs a CPU|
net.core.devconf_inherit_init_net|number|0..3|||0|5.1|||init|new||What new network namespaces copy for ipv4/ipv6 conf||
net.core.fb_tunnels_only_for_init_net|number|0..2|||0|4.17|||init|new||Whether fallback tunnel devices appear in new namespaces||
net.core.flow_limit_cpu_bitmap|mask|||CPU bitmap|0|3.11|||init|now|I14|CPUs that drop packets of dominant flows early when their backlog is half full|Heavy legitimate flows lose packets|
net.core.flow_limit_table_len|number|int|1..|buckets|4096|3.11|||init|alloc|I14|Buckets of a flow-limit table; used only when a CPU bit is switched on later|Memory per CPU|
net.core.gro_normal_batch|number|1..max||segments|8|5.4|||init|now|I11|Packets GRO hands to the stack in one list|Latency and cache footprint|
net.core.high_order_alloc_disable|number|0..1|||0|5.3|||init|now|E2|1 makes page-frag allocators use single pages|More allocator calls, lower throughput|
net.core.max_skb_frags|number|1..17||fragments|17|4.5|||init|now|E2|Page fragments allowed in one skb|n/a (lower it only)|
net.core.mem_pcpu_rsv|number|256..max||pages|256|6.7|||init|now|I22|Per-CPU reserve of protocol memory not yet added to the global count|tcp_mem/udp_mem accounting gets coarser|
net.core.message_burst|number|int|0..|messages|10|2.2|||init|now||Burst of the rate limit for network kernel messages|Log flooding|
net.core.message_cost|number|jiffies|0..|seconds|5|2.2|||init|now||Interval of the rate limit for network kernel messages|Fewer diagnostics in the log|
net.core.netdev_budget|number|int|1..|packets|300|2.6|||init|now|I9|Packets one NET_RX softirq run may process over all NAPI instances|Longer softirq runs delay other softirqs and tasks|
net.core.netdev_budget_usecs|number|int;2000..max@6.14|0..|microseconds|~2 jiffies: 2000 at HZ=1000, 8000 at HZ=250, 20000 at HZ=100; constant 2000 in 4.12 to 5.6|4.12|||init|now|I9|Time one NET_RX softirq run may last; counted in jiffies, so rounded up|Longer softirq runs delay user space; scheduling latency|
net.core.netdev_max_backlog|number|int|1..|packets per CPU|1000|2.4|||init|now|I14|Length limit of each per-CPU input_pkt_queue (RPS, netif_rx, loopback, GRO cells)|More memory and queueing delay per CPU; masks CPU saturation|
net.core.netdev_rss_key|text|ro||hex bytes|~random at first use, all zero until then|3.19|||init||I5|Shows the host RSS key drivers may program||
net.core.netdev_tstamp_prequeue|number|int|0..1||1|2.6.36|||init|now|I12|1 timestamps received packets before RPS, 0 on the RPS target CPU|n/a (0 spreads cost but adds timestamp jitter)|
net.core.netdev_unregister_timeout_secs|number|1..3600||seconds|10|5.13|||init|now||Delay between warnings about a device that cannot be released|Leaked references noticed later|
net.core.optmem_max|number|int;0..max@6.12||bytes|20480<6.8;131072|2.4|||netns|now|E2|Per-socket cap on ancillary/option memory, also TX zerocopy bookkeeping|More unswappable memory per socket|
net.core.qdisc_max_burst|number|int|0..|packets|1000|7.0||||now|E11|Skbs that may wait in the lockless list in front of a qdisc|Longer hidden queue|
net.core.rmem_default|number|2304..max||bytes|212992~on x86-64: 256 buffers of 256 bytes with their overhead|2.4|||copy|new|I22|Initial receive buffer of non-TCP sockets (UDP, raw, netlink, unix)|More memory per socket; larger standing queues and latency|
net.core.rmem_max|number|2304..max||bytes|212992<6.18;4194304|2.4|||copy|setsockopt|I22|Ceiling for SO_RCVBUF requests (kernel then doubles the value)|Lets any process pin more kernel memory|
net.core.rps_default_mask|mask|||CPU bitmap|0|6.3|||netns|new|I12|RPS mask given to receive queues created later in this netns|New devices use RPS unexpectedly; IPI load|
net.core.rps_sock_flow_entries|number|0..536870912||entries|0|2.6.35|||init|now|I12|Size of the global flow table that remembers the consuming CPU|Memory (4 bytes per entry); rewriting the same size clears the table|also needs queues/rx-*/rps_flow_cnt > 0
net.core.skb_defer_max|number|0..max||skbs|64<6.19;128|5.19|||init|now|I25|Length of the list of skbs freed back on the CPU that allocated them|Memory kept per CPU|
net.core.somaxconn|number|0..max||connections|128<5.4;4096|2.4|||netns|listen|I20|Cap applied to the backlog argument of every listen() call|Longer accept queue hides a slow application; clients wait instead of failing fast|
net.core.tstamp_allow_data|number|0..1|||1|4.0|||netns|now|E20|Unprivileged senders may get packet data back with TX timestamps||
net.core.txq_reselection_ms|number||0..|milliseconds|1000|7.0||||now|E10|How often a busy connected flow may move to another transmit queue|Slower adaptation after thread migration|
net.core.txrehash|number|0..1|||1|5.18|||netns|new|E4|Listening sockets may change flow hash (path) after timeouts|Path flapping|
net.core.warnings|number|int|||0|2.4||3.10|init|||No effect any more||
net.core.wmem_default|number|4608..max||bytes|212992~on x86-64|2.4|||copy|new|E1|Initial send buffer of non-TCP sockets|More memory per socket; more data queued in host|
net.core.wmem_max|number|4608..max||bytes|212992<6.18;4194304|2.4|||copy|setsockopt|E1|Ceiling for SO_SNDBUF requests (kernel then doubles the value)|Lets any process pin more kernel memory|
net.core.xfrm_acq_expires|number|int||seconds|30|2.6.15|||netns|new|E7|Life of a larval IPsec state while a key daemon negotiates|Traffic waits longer for a key that never comes|
net.core.xfrm_aevent_etime|number|uint||100 ms|10|2.6.17|||netns|now||Time between IPsec replay announcements to the key daemon||
net.core.xfrm_aevent_rseqth|number|uint||packets|2|2.6.17|||netns|now||Packets between IPsec replay announcements to the key daemon||
net.core.xfrm_larval_drop|number|int|0..1||1|2.6.26|||netns|now|E7|Drop packets while an IPsec state is being negotiated, instead of queueing the sender|0 blocks senders|`;
