/** net.ipv6.* (net/ipv6/sysctl_net_ipv6.c, net/ipv6/route.c, Documentation/networking/ip-sysctl.rst); columns as `parseKeys` has them. */
export const ipv6Keys = `
net.ipv6.anycast_src_echo_reply|number|u8|0..1||0|3.14|||netns|now||Answer pings to an anycast address from that address||
net.ipv6.auto_flowlabels|number|0..3|||1|4.0|||netns|new|E6|Automatic IPv6 flow labels||
net.ipv6.bindv6only|number|u8|0..1||0|2.4|||netns|new||IPv6 wildcard sockets also take IPv4 when 0||
net.ipv6.calipso_cache_bucket_size|number|int||entries|10|4.8|||init|now||Entries per bucket of the CALIPSO label cache|Memory|
net.ipv6.calipso_cache_enable|number|int|0..1||1|4.8|||init|now||Cache of CALIPSO label mappings||
net.ipv6.fib_multipath_hash_fields|number|1..4095||bits|7|5.14|||netns|now|E7|Fields hashed when fib_multipath_hash_policy is 3||
net.ipv6.fib_multipath_hash_policy|number|0..3|||0|4.18|||netns|now|E7|Fields hashed for ECMP next-hop choice||
net.ipv6.fib_notify_on_flag_change|number|0..2|||0|5.11|||netns|now|E7|Tell routing daemons when the hardware offload flags of a route change (2: failures only)|Netlink load|
net.ipv6.flowlabel_consistency|number|u8|0..1||1|3.2|||netns|now|E5|Flow labels are managed; 0 lets sockets choose any||
net.ipv6.flowlabel_reflect|number|0..7|||0|3.16|||netns|now|E5|Answer with the flow label that came in (bits: 1 established, 2 TCP resets, 4 pings)||
net.ipv6.flowlabel_state_ranges|number|u8|0..1||0|4.1|||netns|now|E5|Part the labels that are managed from those made automatically||
net.ipv6.fwmark_reflect|number|u8|0..1||0|3.16|||netns|now|E6|Replies without a socket copy the mark of the packet||
net.ipv6.icmp.echo_ignore_all|number|u8|0..1||0|4.19|||netns|now||Ignore all pings|Breaks monitoring|
net.ipv6.icmp.echo_ignore_anycast|number|u8|0..1||0|5.1|||netns|now||Ignore pings to anycast addresses||
net.ipv6.icmp.echo_ignore_multicast|number|u8|0..1||0|5.1|||netns|now||Ignore pings to multicast addresses||
net.ipv6.icmp.error_anycast_as_unicast|number|0..1|||0|6.6|||netns|now||Answer to anycast addresses with errors as to unicast ones||
net.ipv6.icmp.ratelimit|number|ms||milliseconds|100~1000 up to 6.12|2.4|||netns|now||Minimum gap per target for ICMPv6 types in ratemask|Peers learn errors later|
net.ipv6.icmp.ratemask|text|||type list|0-1,3-127|5.0|||netns|now||ICMPv6 types that ratelimit limits||
net.ipv6.idgen_delay|number|jiffies||seconds|1|4.1|||netns|now||Wait before a stable privacy address is made anew after a clash||
net.ipv6.idgen_retries|number|int||tries|3|4.1|||netns|now||Tries to make a stable privacy address||
net.ipv6.ioam6_id|number|0..16777215|||16777215|5.15|||netns|now|I15|IOAM id of the node||
net.ipv6.ioam6_id_wide|number|0..72057594037927935|||72057594037927935|5.15|||netns|now|I15|Wide IOAM id of the node||
net.ipv6.ip6frag_high_thresh|number|ulong||bytes|4194304|2.6|||netns|now|I18|Memory for IPv6 reassembly|Memory|
net.ipv6.ip6frag_low_thresh|number|ulong||bytes|3145728|2.6.0||4.17|netns|now|I18|Historic lower mark; obsolete since 4.17||
net.ipv6.ip6frag_secret_interval|number|jiffies||seconds|0|2.6.0||3.17|init||I18|No effect since 3.17: the hash of fragments is no longer rebuilt||
net.ipv6.ip6frag_time|number|jiffies||seconds|60|2.6|||netns|now|I18|Life of incomplete IPv6 fragments|Memory|
net.ipv6.ip_nonlocal_bind|number|u8|0..1||0|4.3|||netns|now|E7|Allow binding to addresses the host does not own|Hides misconfiguration|
net.ipv6.max_dst_opts_length|number|int||bytes|2147483647|4.15|||netns|now|I15|Longest destination options header that is accepted|CPU on crafted packets|
net.ipv6.max_dst_opts_number|number|int||options|8|4.15|||netns|now|I15|Options in a destination options header that are accepted; below 0 unknown ones count too|CPU on crafted packets|
net.ipv6.max_hbh_length|number|int||bytes|2147483647|4.15|||netns|now|I15|Longest hop-by-hop header that is accepted|CPU on crafted packets|
net.ipv6.max_hbh_opts_number|number|int||options|8|4.15|||netns|now|I15|Options in a hop-by-hop header that are accepted; below 0 unknown ones count too|CPU on crafted packets|
net.ipv6.mld_max_msf|number|int||sources|64|2.6.0|||init|new||Sources a socket may filter for one multicast group|Memory|
net.ipv6.mld_qrv|number|1..max||reports|2|3.18|||init|now||Robustness: how often MLD messages are repeated|Traffic|
net.ipv6.route.gc_elasticity|number|int|||9|2.4|||netns|now|E7|How fast cached routes age when the table is full||
net.ipv6.route.gc_interval|number|jiffies||seconds|30|2.4|||netns|now|E7|How often cached routes are collected|Memory|
net.ipv6.route.gc_min_interval|number|jiffies||seconds|0|2.4|||netns|now|E7|Least gap between collections; gc_min_interval_ms is finer|Full table|
net.ipv6.route.gc_min_interval_ms|number|ms||milliseconds|500|2.6.12|||netns|now|E7|Least gap between collections|Full table|
net.ipv6.route.gc_thresh|number|int||routes|1024|2.4|||netns|now|E7|Cached IPv6 routes before collection|Memory|
net.ipv6.route.gc_timeout|number|jiffies||seconds|60|2.4|||netns|now|E7|Idle life of cached routes|Memory|
net.ipv6.route.max_size|number|int||routes|2147483647~4096 before 6.3, and in 6.1 until a stable release|2.4|||netns|now|E7|Cached IPv6 routes; small on old kernels under many peers|Memory|
net.ipv6.route.min_adv_mss|number|int||bytes|1220|2.4|||netns|new|E4|Lowest MSS advertised||
net.ipv6.route.mtu_expires|number|jiffies||seconds|600|2.4|||netns|now|E8|Life of a learnt path MTU|Old small MTU sticks|
net.ipv6.route.skip_notify_on_dev_down|number|0..1|||0|5.1|||netns|now|E7|No message for each route when an interface goes down|Daemons must notice by the link|
net.ipv6.seg6_flowlabel|number|int|-1..1||0|4.15|||netns|new|E7|Flow label of the outer header of segment routing (-1 zero, 0 computed, 1 copied)||
net.ipv6.xfrm6_gc_thresh|number|int||entries|32768|2.6.35||4.14|netns||E7|No effect since 4.14: there is no IPsec flow cache||`;
