/** net.ipv4.tcp_* (net/ipv4/sysctl_net_ipv4.c, Documentation/networking/ip-sysctl.rst); columns as `parseKeys` has them. */
export const tcpKeys = `
net.ipv4.tcp_abort_on_overflow|number|u8|0..1||0|2.4|||netns|now|I20|Send RST when the accept queue is full at handshake completion|Clients see resets instead of delay|
net.ipv4.tcp_adv_win_scale|number|-31..31|||1|2.4||6.6|netns||I23|Share of the buffer advertised as window on kernels before 6.6||
net.ipv4.tcp_allowed_congestion_control|words|||names|~reno and the default|2.6.20|||copy|now|E4|Algorithms unprivileged sockets may choose||
net.ipv4.tcp_app_win|number|0..31|||31|2.4|||netns|new|I23|Share of the window held back for application buffering||
net.ipv4.tcp_autocorking|number|0..1|||1|3.14|||netns|now|E3|Hold back small segments while earlier ones still queue below||
net.ipv4.tcp_available_congestion_control|words|ro||names|~what is built in or loaded|2.6.20|||copy||E4|Algorithms that can be chosen now||
net.ipv4.tcp_available_ulp|words|ro||names|~what is built in or loaded|4.13|||init|||Upper layer protocols that can be chosen now (tls, mptcp)||
net.ipv4.tcp_backlog_ack_defer|number|0..1|||1|6.7|||netns|now|I21|Defer ACKs while draining the socket backlog||
net.ipv4.tcp_base_mss|number|int|48..65535|bytes|1024|2.6.17|||netns|new|E8|Starting MSS of MTU probing||
net.ipv4.tcp_challenge_ack_limit|number|int|0..|acks/s|1000<5.19;2147483647|3.6|||netns|now|I21|Challenge ACKs per second of the netns||
net.ipv4.tcp_child_ehash_entries|number|0..16777216||buckets|0|6.1|||netns|new|I19|Own socket hash for child namespaces|Memory per namespace|
net.ipv4.tcp_comp_sack_delay_ns|number|ulong||nanoseconds|1000000|4.18|||netns|now|I21|Longest delay of compressed SACKs|Sender learns losses later|
net.ipv4.tcp_comp_sack_nr|number|u8||acks|44|4.18|||netns|now|I21|SACKs that may be compressed into one|Sender learns losses later|
net.ipv4.tcp_comp_sack_rtt_percent|number|1..||percent|33|7.0||||now|I21|SACK compression delay as share of RTT|Sender learns losses later|
net.ipv4.tcp_comp_sack_slack_ns|number|ulong||nanoseconds|100000~10000 from 7.0|5.8|||netns|now|I21|Timer slack of SACK compression||
net.ipv4.tcp_congestion_control|word|||name|~kernel configuration, usually cubic|2.6.13|||netns|new|E4|Default congestion control of new connections||accepted connections take the current default unless the listener set TCP_CONGESTION itself or the route has a cong attribute
net.ipv4.tcp_dsack|number|u8|0..1||1|2.4|||netns|now|E4|Report duplicates through SACK||
net.ipv4.tcp_early_demux|number|u8|0..1||1|4.12|||netns|now|I17|Early socket lookup for TCP (needs ip_early_demux)||
net.ipv4.tcp_early_retrans|number|0..4|||3|3.5|||netns|now|E4|Tail loss probe||
net.ipv4.tcp_ecn|number|0..2;0..5@6.19|||2|2.4|||netns|new|E4|Explicit congestion notification negotiation|Broken middleboxes drop ECN SYNs|
net.ipv4.tcp_ecn_fallback|number|0..1|||1|4.1|||netns|new|E4|Retry without ECN when the SYN seems dropped||
net.ipv4.tcp_ecn_option|number|0..2|||2|6.18|||netns|new|E4|When the accurate ECN option is sent (0 never, 1 when acknowledging, 2 always)||
net.ipv4.tcp_ecn_option_beacon|number|0..3||per RTT|3|6.18|||netns|new|E4|How often the accurate ECN option is sent at least||
net.ipv4.tcp_ehash_entries|number|ro||buckets|~by memory; negative: shared with the first namespace|6.1|||copy||I19|Size of the established-socket hash||
net.ipv4.tcp_fack|number|u8|||0|2.4||4.15|netns||E4|Legacy, no effect||
net.ipv4.tcp_fastopen|number|int|0..1543||1|3.6|||netns|new|I21|TCP Fast Open modes|Replay of the first request|
net.ipv4.tcp_fastopen_blackhole_timeout_sec|number|0..max||seconds|3600<5.14;0|4.12|||netns|now|I21|Pause of active Fast Open after a suspected black hole||
net.ipv4.tcp_fastopen_key|text|||hex|~random at first use|3.7|||netns|new|I21|Server cookie key(s)||
net.ipv4.tcp_fin_timeout|number|jiffies|1..|seconds|60|2.2|||netns|now|I21|Life of orphaned FIN_WAIT2 sockets; not the TIME_WAIT period (fixed 60 s)|More sockets kept|
net.ipv4.tcp_frto|number|u8|0..2||2|2.4|||netns|now|E4|Detect spurious retransmission timeouts||
net.ipv4.tcp_fwmark_accept|number|u8|0..1||0|3.16|||netns|new|I20|Accepted sockets take over the firewall mark of the SYN||
net.ipv4.tcp_invalid_ratelimit|number|ms||milliseconds|500|4.0|||netns|now|I21|Gap between duplicate ACKs answering invalid segments||
net.ipv4.tcp_keepalive_intvl|number|jiffies|1..|seconds|75|2.4|||netns|now|E4|Gap between keepalive probes|Dead peers found later|
net.ipv4.tcp_keepalive_probes|number|u8||probes|9|2.2|||netns|now|E4|Unanswered probes before the connection is dropped|Dead peers found later|
net.ipv4.tcp_keepalive_time|number|jiffies|1..|seconds|7200|2.2|||netns|now|E4|Idle time before probes, only sockets with SO_KEEPALIVE|Dead peers found later|
net.ipv4.tcp_l3mdev_accept|number|0..1|||0|4.5|||netns|now|I19|Listeners without a device take connections of every VRF||
net.ipv4.tcp_limit_output_bytes|number|int|1..|bytes|262144<4.20;1048576<6.16;4194304|3.6|||netns|now|E4|TCP small queues: bytes of one socket in qdisc and NIC|Bufferbloat, unfair queueing|
net.ipv4.tcp_low_latency|number|int|||0|2.4||4.14|init||I21|Legacy (prequeue), no effect||
net.ipv4.tcp_max_orphans|number|int|0..|sockets|~half the socket hash|2.4|||init|now|E2|Orphaned sockets system wide; above it new orphans are reset|Up to 64 KiB of memory each|
net.ipv4.tcp_max_reordering|number|int;1..max@6.12||packets|300|3.18|||netns|now|E4|Upper bound of learnt reordering tolerance|Slower loss detection|
net.ipv4.tcp_max_syn_backlog|number|int|1..|requests|~socket hash / 128, at least 128: 2048 with 262144 buckets|2.2|||netns|now|I20|Half-open limit per listener, consulted only when tcp_syncookies=0|Memory (about 300 bytes each)|
net.ipv4.tcp_max_tw_buckets|number|int|0..|sockets|~half the socket hash: 131072 with 262144 buckets|2.2|||netns|now|I21|TIME_WAIT sockets kept; above it they are dropped at once|Memory; port reuse pressure stays|
net.ipv4.tcp_mem|triple|ulong||pages|~at boot 4.68 %, 6.25 % and 9.37 % of free low memory|2.4|||init|now|I22|Low mark, pressure start and hard limit of all TCP memory|Kernel memory exhaustion|
net.ipv4.tcp_migrate_req|number|0..1|||0|5.14|||netns|now|I20|Move pending children to another SO_REUSEPORT listener on close||
net.ipv4.tcp_min_rtt_wlen|number|0..86400||seconds|300|4.4|||netns|now|E4|Window of the minimum RTT filter|Slow to notice longer paths|
net.ipv4.tcp_min_snd_mss|number|48..65535||bytes|48|5.2|||netns|new|E8|Lowest MSS accepted from a peer|Rejects odd links|
net.ipv4.tcp_min_tso_segs|number|1..255||segments|2|3.12|||netns|now|E4|Smallest automatic TSO burst|Burstier|
net.ipv4.tcp_moderate_rcvbuf|number|u8|0..1||1|2.6.7|||netns|now|I23|Receive buffer autotuning up to tcp_rmem[2]||
net.ipv4.tcp_mtu_probe_floor|number|48..65535||bytes|48|5.4|||netns|new|E8|Lowest MSS MTU probing may fall to||
net.ipv4.tcp_mtu_probing|number|u8|0..2||0|2.6.17|||netns|mixed|E4|Packetisation-layer path-MTU discovery (1 after black hole, 2 always)|Small segments for a while|value 2 is latched at connection set-up, value 1 acts on live connections after repeated timeouts
net.ipv4.tcp_no_metrics_save|number|u8|0..1||0|2.4|||netns|now|E4|Do not remember RTT/cwnd per destination||
net.ipv4.tcp_no_ssthresh_metrics_save|number|0..1|||1|5.8|||netns|now|E4|Do not remember ssthresh per destination||
net.ipv4.tcp_notsent_lowat|number|uint||bytes|4294967295|3.12|||netns|now|E3|Unsent bytes above which the socket is not writable|More unsent data buffered, higher app latency|
net.ipv4.tcp_orphan_retries|number|u8||retries|0~means 8|2.2|||netns|now|I21|Timeouts before an orphaned connection is dropped|Orphans live longer|
net.ipv4.tcp_pacing_ca_ratio|number|0..1000||percent|120|4.4|||netns|now|E4|Pacing rate over cwnd/srtt in congestion avoidance|Burstier|
net.ipv4.tcp_pacing_ss_ratio|number|0..1000||percent|200|4.4|||netns|now|E4|Pacing rate over cwnd/srtt in slow start|Burstier|
net.ipv4.tcp_pingpong_thresh|number|1..255||replies|1|6.7|||netns|now|I21|Replies before delayed ACK mode starts||
net.ipv4.tcp_plb_cong_thresh|number|0..256||1/256|128|6.2|||netns|now|E4|Share of congested packets above which a round counts as congested for PLB|Path changed later|
net.ipv4.tcp_plb_enabled|number|0..1|||0|6.2|||netns|now|E4|Protective load balancing by IPv6 flow label|Path changes|
net.ipv4.tcp_plb_idle_rehash_rounds|number|0..31||rounds|3|6.2|||netns|now|E4|Congested rounds before an idle flow takes another path||
net.ipv4.tcp_plb_rehash_rounds|number|0..31||rounds|12|6.2|||netns|now|E4|Congested rounds before a flow takes another path||
net.ipv4.tcp_plb_suspend_rto_sec|number|u8||seconds|60|6.2|||netns|now|E4|Pause of PLB after a retransmission timeout||
net.ipv4.tcp_probe_interval|number|0..4294967||seconds|600|4.1|||netns|now|E8|Gap between MTU re-probes||
net.ipv4.tcp_probe_threshold|number|int|0..|bytes|8|4.1|||netns|now|E8|Probing stops when the search range is this small||
net.ipv4.tcp_rcvbuf_low_rtt|number|0..max||microseconds|1000|7.0||||now|I23|Flows below this RTT grow their receive buffer more slowly|Slower ramp-up on LAN|
net.ipv4.tcp_recovery|number|u8|0..7||1|4.4|||netns|now|E4|RACK loss detection variants||
net.ipv4.tcp_reflect_tos|number|0..1|||0|5.10|||netns|new|I21|Accepted sockets copy the DSCP of the SYN||
net.ipv4.tcp_reordering|number|int;1..max@6.12||packets|3|2.4|||netns|new|E4|Starting tolerance for reordering before a loss is assumed|Slower loss detection|
net.ipv4.tcp_retrans_collapse|number|u8|0..1||1|2.2|||netns|now|E4|Merge small segments on retransmission||
net.ipv4.tcp_retries1|number|u8||retries|3|2.2|||netns|now|E4|Timeouts before the route is considered suspect|Slower path change|
net.ipv4.tcp_retries2|number|u8||retries|15|2.2|||netns|now|E4|Timeouts before an established connection is dropped|Dead peers linger|
net.ipv4.tcp_rfc1337|number|u8|0..1||0|2.2|||netns|now|I21|Ignore RST for TIME_WAIT sockets||
net.ipv4.tcp_rmem|triple|1..max;4096..max@7.3||bytes|4096 87380 6291456<4.20;4096 131072 6291456<6.16;4096 131072 33554432~the maximum shrinks on hosts with little memory|2.4|||netns|mixed|I22|Min, initial and autotuning maximum of TCP receive buffers|Memory per socket, larger standing queues, cache misses|[0] and [2] are read at each use; [1] is copied when a socket is created and accepted sockets inherit it from their listener, so listeners must be reopened
net.ipv4.tcp_rto_max_ms|number|1000..120000||milliseconds|120000|6.15|||netns|now|E4|Ceiling of the retransmission timeout|Slower recovery|
net.ipv4.tcp_rto_min_us|number|1..max||microseconds|200000|6.11|||netns|now|E4|Floor of the retransmission timeout (route rto_min wins)|Slower recovery|
net.ipv4.tcp_sack|number|u8|0..1||1|2.2|||netns|new|I21|Selective acknowledgement||
net.ipv4.tcp_shrink_window|number|0..1|||0|6.5|||netns|now|I22|Allow retracting an advertised window to stay inside the buffer limit|Peers that mishandle shrinking windows stall|
net.ipv4.tcp_slow_start_after_idle|number|u8|0..1||1|2.6.18|||netns|now|E4|Shrink the congestion window after an idle period|n/a (0 allows line-rate bursts after idle)|
net.ipv4.tcp_stdurg|number|u8|0..1||0|2.2|||netns|now|I21|Urgent pointer interpretation||
net.ipv4.tcp_syn_linear_timeouts|number|0..127||retries|4|6.5|||netns|now|E4|First SYN retransmissions at constant 1 s spacing||
net.ipv4.tcp_syn_retries|number|1..127||retries|6|2.2|||netns|now|E4|SYN retransmissions of an active open|connect() hangs longer|
net.ipv4.tcp_synack_retries|number|u8||retries|5|2.2|||netns|now|I20|SYN-ACK retransmissions of a passive open|Half-open entries live longer|
net.ipv4.tcp_syncookies|number|u8|0..2||1|2.2|||netns|now|I20|Cookies when the SYN queue is full; 2 = always|2 costs CPU and loses options|
net.ipv4.tcp_thin_linear_timeouts|number|u8|0..1||0|2.6.34|||netns|now|E4|Linear back-off for thin streams|More retransmissions|
net.ipv4.tcp_timestamps|number|u8|0..2||1|2.2|||netns|new|I21|Timestamps option: RTT, PAWS, needed for tcp_tw_reuse|2 exposes uptime|
net.ipv4.tcp_tso_rtt_log|number|u8|0..31|log2 microseconds|9|5.18|||netns|now|E4|Bigger TSO frames for short RTT||
net.ipv4.tcp_tso_win_divisor|number|u8||divisor|3|2.6.9|||netns|now|E4|Share of the window one TSO frame may use|Smaller bursts, more CPU|
net.ipv4.tcp_tw_recycle|number||0..1||0|2.4|4.12||||I21|Removed: per-host timestamp check that broke clients behind NAT|never set it|
net.ipv4.tcp_tw_reuse|number|0..2|||0<4.19;2|2.4|||netns|now|E4|Reuse own TIME_WAIT ports for outgoing connects (1 all, 2 loopback)|Rare confusion with delayed segments|
net.ipv4.tcp_tw_reuse_delay|number|1..60000||milliseconds|1000|6.14|||netns|now|E4|Age of a TIME_WAIT socket before tcp_tw_reuse may take it|Fewer reusable ports|
net.ipv4.tcp_window_scaling|number|u8|0..1||1|2.2|||netns|new|I21|Negotiate window scaling (windows above 64 KiB)|n/a (0 cripples throughput)|
net.ipv4.tcp_wmem|triple|1..max||bytes|4096 16384 4194304~the maximum shrinks on hosts with little memory|2.4|||netns|mixed|E3|Min, initial and autotuning maximum of TCP send buffers|Memory per socket; bufferbloat inside the host|[0] and [2] are read at each use; [1] is copied when a socket is created and accepted sockets inherit it from their listener, so listeners must be reopened
net.ipv4.tcp_workaround_signed_windows|number|u8|0..1||0|2.6.26|||netns|now|I21|Treat unscaled windows as signed for broken peers||`;
