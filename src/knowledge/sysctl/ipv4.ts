/** net.ipv4.*: IP, UDP, ICMP, IGMP, fragments, routes; sockets of IPv6 obey most of them as well (net/ipv4/sysctl_net_ipv4.c, net/ipv4/route.c, Documentation/networking/ip-sysctl.rst); columns as `parseKeys` has them. */
export const ipv4Keys = `
net.ipv4.cipso_cache_bucket_size|number|int||entries|10|2.6.19|||init|now||Entries per bucket of the CIPSO label cache|Memory|
net.ipv4.cipso_cache_enable|number|int|0..1||1|2.6.19|||init|now||Cache of CIPSO label mappings||
net.ipv4.cipso_rbm_optfmt|number|int|0..1||0|2.6.19|||init|now||Optimised tag 1 format of CIPSO labels||
net.ipv4.cipso_rbm_strictvalid|number|int|0..1||1|2.6.19|||init|now||Strict checks of CIPSO options on receive|CPU|
net.ipv4.fib_multipath_hash_fields|number|1..4095||bits|7|5.14|||netns|now|E7|Fields hashed when fib_multipath_hash_policy is 3||
net.ipv4.fib_multipath_hash_policy|number|0..3|||0|4.12|||netns|now|E7|Fields hashed for ECMP next-hop choice||
net.ipv4.fib_multipath_hash_seed|number|uint|||0|6.11|||netns|now|E7|Seed of the multipath hash, for equal choices on several hosts; 0: random||
net.ipv4.fib_multipath_use_neigh|number|0..1|||0|4.7|||netns|now|E7|Prefer next hops with a reachable neighbour||
net.ipv4.fib_notify_on_flag_change|number|0..2|||0|5.10|||netns|now|E7|Tell routing daemons when the hardware offload flags of a route change (2: failures only)|Netlink load|
net.ipv4.fib_sync_mem|number|65536..67108864||bytes|524288|5.0|||init|now|E7|Dirty route memory after which deletions wait for RCU|Memory held longer|
net.ipv4.fwmark_reflect|number|u8|0..1||0|3.16|||netns|now|E6|Replies without a socket copy the mark of the packet||
net.ipv4.icmp_echo_enable_probe|number|0..1|||0|5.13|||netns|now||Answer PROBE requests (RFC 8335)|Tells strangers about interfaces|
net.ipv4.icmp_echo_ignore_all|number|0..1|||0|2.2|||netns|now||Ignore all pings|Breaks monitoring|
net.ipv4.icmp_echo_ignore_broadcasts|number|0..1|||1|2.2|||netns|now||Ignore broadcast pings||
net.ipv4.icmp_errors_use_inbound_ifaddr|number|0..1|||0|2.6.12|||netns|now||Send ICMP errors from the address of the interface the packet came in by||
net.ipv4.icmp_ignore_bogus_error_responses|number|0..1|||1|2.2|||netns|now||Do not log routers' wrong answers to broadcasts||
net.ipv4.icmp_msgs_burst|number|0..max||messages|50<7.0;10000|3.18|||netns|now||Burst for icmp_msgs_per_sec|Side channel; reflected traffic|
net.ipv4.icmp_msgs_per_sec|number|0..max||messages/s|1000<7.0;10000|3.18|||netns|now||Global ICMP error rate limit of the host|Side channel; reflected traffic|
net.ipv4.icmp_ratelimit|number|ms||milliseconds|1000|2.4|||netns|now||Minimum gap per target for ICMP types in icmp_ratemask|Peers learn errors later|
net.ipv4.icmp_ratemask|number|int||bits|6168|2.4|||netns|now||ICMP types that icmp_ratelimit limits||
net.ipv4.igmp_link_local_mcast_reports|number|u8|0..1||1|4.3|||netns|now||Report membership of 224.0.0.x groups as well||
net.ipv4.igmp_max_memberships|number|int|0..|groups|20|2.4|||netns|now||Multicast groups one socket may join|Memory|
net.ipv4.igmp_max_msf|number|int||sources|10|2.6.0|||netns|new||Sources a socket may filter for one multicast group|Memory|
net.ipv4.igmp_qrv|number|1..max||reports|2|3.18|||netns|now||Robustness: how often IGMP messages are repeated|Traffic|
net.ipv4.inet_peer_maxttl|number|jiffies||seconds|600|2.4|||init|now||Life of an unused inet peer when memory is plenty|Memory|
net.ipv4.inet_peer_minttl|number|jiffies||seconds|120|2.4|||init|now||Least life of an inet peer, under pressure|Memory|
net.ipv4.inet_peer_threshold|number|int||entries|~by memory: 65664 above 512 MiB|2.4|||init|now||Approximate size of the inet peer store|Memory|
net.ipv4.ip_autobind_reuse|number|0..1|||0|5.7|||netns|now||bind(0) with SO_REUSEADDR may share ports when the range is exhausted|Two sockets on one port may collide at connect|
net.ipv4.ip_default_ttl|number|1..255||hops|64|2.2|||netns|now|E6|TTL of locally sent packets|Loops live longer|
net.ipv4.ip_dynaddr|number|u8|0..7||0|2.2|||netns|now|E4|Rewrite source address of pending connections when it changes||
net.ipv4.ip_early_demux|number|u8|0..1||1|3.6|||netns|now|I17|Look up the local socket before routing and reuse its cached route|n/a (0 helps pure routers)|
net.ipv4.ip_forward|number|int|0..1||0|2.2|||netns|now|I17|Route packets between interfaces|Turns the host into a router; disables LRO|
net.ipv4.ip_forward_update_priority|number|0..1|||1|4.19|||netns|now|I17|Recompute skb priority from TOS on forwarding||
net.ipv4.ip_forward_use_pmtu|number|u8|0..1||0|3.14|||netns|now|I17|Trust learnt path MTU while forwarding|Spoofed ICMP can shrink MTU|
net.ipv4.ip_local_port_range|pair|1..65535||ports|32768 60999|2.2|||netns|now|E4|Ephemeral ports for connect() and bind(0)|May collide with service ports; fewer reserved|
net.ipv4.ip_local_port_step_width|number|uint||ports|0|7.3||||now|E4|Randomised step used while searching an ephemeral port||
net.ipv4.ip_local_reserved_ports|ports|||port list|~empty|2.6.35|||netns|now|E4|Ports never chosen automatically; explicit bind still works|Fewer ephemeral ports|
net.ipv4.ip_no_pmtu_disc|number|u8|0..3||0|2.2|||netns|new|E8|Path-MTU discovery mode of new sockets and handling of ICMP frag-needed|Fragmentation instead of discovery|
net.ipv4.ip_nonlocal_bind|number|u8|0..1||0|2.4|||netns|now||Allow binding to addresses the host does not own|Hides misconfiguration|
net.ipv4.ip_unprivileged_port_start|number|0..65535||port|1024|4.11|||netns|now||First port that needs no privilege to bind|Lower value lets users take service ports|
net.ipv4.ipfrag_high_thresh|number|ulong||bytes|4194304|2.4|||netns|now|I18|Memory for IPv4 fragment reassembly in this netns; full = new fragments dropped|Memory; fragment floods|
net.ipv4.ipfrag_low_thresh|number|ulong||bytes|3145728|2.4||4.17|netns|now|I18|Historic lower mark; obsolete since 4.17||
net.ipv4.ipfrag_max_dist|number|0..max||packets|64|2.6.15|||netns|now|I18|How disordered fragments from one source may be|Wrong reassembly|
net.ipv4.ipfrag_secret_interval|number|jiffies||seconds|0|2.4||3.17|init||I18|No effect since 3.17: the hash of fragments is no longer rebuilt||
net.ipv4.ipfrag_time|number|jiffies||seconds|30|2.2|||netns|now|I18|How long an incomplete fragment set is kept|Old fragments mix at high rate (16-bit IP ID wrap)|
net.ipv4.nexthop_compat_mode|number|0..1|||1|5.8|||netns|now|E7|Show routes by nexthop objects in the old form as well|0 confuses old routing daemons|
net.ipv4.ping_group_range|pair|0..4294967294||groups|1 0~0 2147483647 where 50-default.conf of systemd is installed|3.0|||netns|new||Groups whose members may open ICMP echo sockets; 1 0: none||
net.ipv4.raw_l3mdev_accept|number|0..1|||1|4.20|||netns|now|I19|Raw sockets without a device take packets of every VRF||
net.ipv4.route.error_burst|number|int|||1250|2.4|||init|now|I17|Burst of ICMP unreachable messages that routing sends, in error_cost||
net.ipv4.route.error_cost|number|int|||250|2.4|||init|now|I17|Gap between ICMP unreachable messages that routing sends, in jiffies||
net.ipv4.route.gc_elasticity|number|int|||8|2.4||3.6|init||E7|No effect since 3.6: there is no IPv4 route cache||
net.ipv4.route.gc_interval|number|jiffies||seconds|60|2.4||3.6|init||E7|No effect since 3.6: there is no IPv4 route cache||
net.ipv4.route.gc_min_interval|number|jiffies||seconds|0|2.4||3.6|init||E7|No effect since 3.6: there is no IPv4 route cache||
net.ipv4.route.gc_min_interval_ms|number|ms||milliseconds|500|2.6.12||3.6|init||E7|No effect since 3.6: there is no IPv4 route cache||
net.ipv4.route.gc_thresh|number|int||routes|-1|2.2||3.6|init||E7|Legacy mark of the removed route cache||
net.ipv4.route.gc_timeout|number|jiffies||seconds|300|2.4||3.6|init||E7|No effect since 3.6: there is no IPv4 route cache||
net.ipv4.route.max_size|number|int||routes|2147483647|2.2||3.6|init||E7|Legacy cap of the removed route cache||
net.ipv4.route.min_adv_mss|number|int|0..|bytes|256|2.4|||netns|new|I21|Lowest MSS advertised||
net.ipv4.route.min_pmtu|number|68..max||bytes|552|2.4|||netns|now|E8|Lowest path MTU accepted from ICMP||
net.ipv4.route.mtu_expires|number|jiffies||seconds|600|2.4|||netns|now|E8|Life of a learnt path MTU|Old small MTU sticks|
net.ipv4.route.redirect_load|number|int|||5|2.4|||init|now|E7|Gap between redirects to one host, in jiffies||
net.ipv4.route.redirect_number|number|int||redirects|9|2.4|||init|now|E7|Redirects to one host before they stop||
net.ipv4.route.redirect_silence|number|int|||5120|2.4|||init|now|E7|Silence after which redirects to one host begin again, in jiffies||
net.ipv4.udp_child_hash_entries|number|0..65536||buckets|0~share|6.2|||netns|new|I19|Own UDP hash for child namespaces|Memory per namespace|
net.ipv4.udp_early_demux|number|u8|0..1||1|4.12|||netns|now|I17|Early socket lookup for connected UDP (needs ip_early_demux)||
net.ipv4.udp_hash_entries|number|ro||buckets|~by memory; negative: shared with the first namespace|6.2|||copy||I19|Size of the UDP socket hash||
net.ipv4.udp_l3mdev_accept|number|0..1|||0|4.5|||netns|now|I19|UDP sockets without a device take packets of every VRF||
net.ipv4.udp_mem|triple|ulong||pages|~at boot 9.4 %, 12.5 % and 18.8 % of free low memory|2.6.25|||init|now|I22|Low mark, pressure start and hard limit of all UDP memory|Kernel memory exhaustion|
net.ipv4.udp_rmem_min|number|1..max||bytes|4096~one page|2.6.25|||netns|now|I22|Receive memory a UDP socket may use even under pressure|Pressure is relieved less|
net.ipv4.udp_wmem_min|number|1..max||bytes|4096~one page|2.6.25|||netns|now|E2|Send memory a UDP socket may use even under pressure|Pressure is relieved less|
net.ipv4.xfrm4_gc_thresh|number|int||entries|32768|2.6.35||4.14|netns||E7|No effect since 4.14: there is no IPsec flow cache||`;
