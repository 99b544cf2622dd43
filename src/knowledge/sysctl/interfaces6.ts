/** net.ipv6.conf.*: one set for each interface, `all` and `default` (net/ipv6/addrconf.c, Documentation/networking/ip-sysctl.rst); columns as `parseKeys` has them. */
export const interfaces6Keys = `
net.ipv6.conf.*.accept_dad|number|int|-1..2||1~all: 0|2.6.27|||netns|now||Duplicate address detection (2: and switch IPv6 off when the link-local address is taken)||
net.ipv6.conf.*.accept_ra|number|int|0..2||1~0 while forwarding is on|2.4|||netns|now||Accept router advertisements (1: only where forwarding is off, 2: always)|A forged one can divert traffic|
net.ipv6.conf.*.accept_ra_defrtr|number|int|0..1||1|2.6.17|||netns|now||Take the default route from router advertisements||
net.ipv6.conf.*.accept_ra_from_local|number|int|0..1||0|3.18|||netns|now||Accept router advertisements from an address of this host||
net.ipv6.conf.*.accept_ra_min_hop_limit|number|int||hops|1|4.3|||netns|now||Least hop limit taken from router advertisements||
net.ipv6.conf.*.accept_ra_min_lft|number|int||seconds|0|6.6|||netns|now||Least lifetime a section of a router advertisement must have to be taken|Valid ones ignored|
net.ipv6.conf.*.accept_ra_mtu|number|int|0..1||1|4.0|||netns|now|E8|Take the MTU from router advertisements|A forged one can shrink the MTU|
net.ipv6.conf.*.accept_ra_pinfo|number|int|0..1||1|2.6.17|||netns|now||Take prefixes from router advertisements||
net.ipv6.conf.*.accept_ra_rt_info_max_plen|number|int||bits|0|2.6.17|||netns|now||Longest prefix of a route taken from router advertisements||
net.ipv6.conf.*.accept_ra_rt_info_min_plen|number|int||bits|0|4.13|||netns|now||Shortest prefix of a route taken from router advertisements||
net.ipv6.conf.*.accept_ra_rtr_pref|number|int|0..1||1|2.6.17|||netns|now||Heed the router preference of advertisements||
net.ipv6.conf.*.accept_redirects|number|int|0..1||1|2.4|||netns|now|I17|Accept redirects|A forged redirect can divert traffic|
net.ipv6.conf.*.accept_source_route|number|int|-1..2147483647||0|2.6.23|||netns|now|I17|Routing headers that are accepted (0: type 2 only, below 0: none)||
net.ipv6.conf.*.accept_untracked_na|number|0..2|||0|5.19|||netns|now|E9|Make a neighbour entry of an advertisement nobody asked for (2: same subnet only)|Spoofing and a full table get easier|
net.ipv6.conf.*.addr_gen_mode|number|0..3|||0|4.11|||netns|new||How link-local addresses are made (0 EUI-64, 1 none, 2 stable privacy, 3 stable, random secret)||
net.ipv6.conf.*.autoconf|number|int|0..1||1|2.4|||netns|now||Make addresses of advertised prefixes||
net.ipv6.conf.*.dad_transmits|number|int||probes|1|2.4|||netns|now||Probes of duplicate address detection|Addresses come up later|
net.ipv6.conf.*.disable_ipv6|number|int|0..1||0|2.6.29|||netns|now||Remove IPv6 from all interfaces|Addresses are lost|
net.ipv6.conf.*.disable_policy|number|int|0..1||0|4.18|||netns|now|I17|No IPsec policy is looked up for what arrives|Traffic passes without IPsec|
net.ipv6.conf.*.drop_unicast_in_l2_multicast|number|int|0..1||0|4.6|||netns|now|I15|Drop unicast IPv6 that came as layer 2 multicast||
net.ipv6.conf.*.drop_unsolicited_na|number|int|0..1||0|4.6|||netns|now|E9|Drop neighbour advertisements nobody asked for|Peers' failover is noticed late|
net.ipv6.conf.*.enhanced_dad|number|int|0..1||1|4.10|||netns|now||A nonce in duplicate address detection, so that a looped probe is known||
net.ipv6.conf.*.force_forwarding|number|0..1|||0|6.17|||netns|now|I17|Forward on this interface even when all/forwarding is off|Host becomes a router|
net.ipv6.conf.*.force_mld_version|number|int|0..2||0|2.6.6|||netns|now||MLD version to speak whatever the querier says; 0: as it says||
net.ipv6.conf.*.force_tllao|number|int|0..1||0|2.6.38|||netns|now|E9|Always send the target link-layer address option||
net.ipv6.conf.*.forwarding|number|int|0..1||0|2.4|||netns|now|I17|IPv6 routing; also changes router advertisement handling|Host ignores RAs unless accept_ra=2|
net.ipv6.conf.*.hop_limit|number|1..255||hops|64|2.4|||netns|now|E6|Hop limit of packets that leave; taken from router advertisements|Loops live longer|
net.ipv6.conf.*.ignore_routes_with_linkdown|number|int|0..1||0|4.14|||netns|now|E7|Leave out routes whose link is down when looking up||
net.ipv6.conf.*.ioam6_enabled|number|0..1|||0|5.15|||netns|now|I15|Accept IOAM options on this interface||
net.ipv6.conf.*.ioam6_id|number|0..65535|||65535|5.15|||netns|now|I15|IOAM id of the interface||
net.ipv6.conf.*.ioam6_id_wide|number|uint|||4294967295|5.15|||netns|now|I15|Wide IOAM id of the interface||
net.ipv6.conf.*.keep_addr_on_down|number|int|-1..1||0|4.6|||netns|now||Keep global addresses when the interface goes down (1 yes; -1 as all says)||
net.ipv6.conf.*.max_addresses|number|int||addresses|16|2.6.0|||netns|now||Addresses made by autoconfiguration on one interface|Slow duplicate detection|
net.ipv6.conf.*.max_desync_factor|number|int||seconds|600|2.4|||netns|now||Longest random shortening of a temporary address' life||
net.ipv6.conf.*.mc_forwarding|number|ro|0..1||0|2.6.26|||netns||I17|Multicast routing; set by the routing daemon||
net.ipv6.conf.*.mldv1_unsolicited_report_interval|number|ms||milliseconds|10000|3.12|||netns|now||Gap between repeated MLDv1 reports|Joins repaired later|
net.ipv6.conf.*.mldv2_unsolicited_report_interval|number|ms||milliseconds|1000|3.12|||netns|now||Gap between repeated MLDv2 reports|Joins repaired later|
net.ipv6.conf.*.mtu|number|1280..||bytes|~that of the interface|2.4|||netns|now|E8|MTU for IPv6; at least 1280, at most that of the interface|Packets too long for the path|
net.ipv6.conf.*.ndisc_evict_nocarrier|number|0..1|||1|5.16|||netns|now|E9|Forget neighbours when the carrier goes|0 keeps entries over a roam|
net.ipv6.conf.*.ndisc_notify|number|int|0..1||0|3.8|||netns|now|E9|Announce the addresses when the interface comes up or its MAC address changes||
net.ipv6.conf.*.ndisc_tclass|number|u8||traffic class|0|5.7|||netns|now|E9|Traffic class of neighbour discovery||
net.ipv6.conf.*.optimistic_dad|number|int|0..1||0|2.6.22|||netns|now||Use addresses while duplicate detection goes on||
net.ipv6.conf.*.proxy_ndp|number|int|0..1||0|2.6.19|||netns|now|E9|Answer neighbour solicitations for configured proxies||
net.ipv6.conf.*.ra_defrtr_metric|number|1..4294967295||metric|1024|5.12|||netns|now||Metric of default routes from router advertisements||
net.ipv6.conf.*.ra_honor_pio_life|number|0..1|||0|6.9|||netns|now||Take prefix lifetimes as advertised, even below two hours||
net.ipv6.conf.*.ra_honor_pio_pflag|number|0..1|||0|6.11|||netns|now||Heed the flag that says addresses come by prefix delegation||
net.ipv6.conf.*.regen_max_retry|number|int||tries|3|2.4|||netns|now||Tries to make a temporary address||
net.ipv6.conf.*.regen_min_advance|number|int||seconds|2|6.9|||netns|now||How long before it is deprecated a temporary address gets a successor||
net.ipv6.conf.*.router_probe_interval|number|jiffies||seconds|60|2.6.17|||netns|now|E9|Gap between probes of routers that do not answer||
net.ipv6.conf.*.router_solicitation_delay|number|jiffies||seconds|1|2.4|||netns|now||Wait before the first router solicitation||
net.ipv6.conf.*.router_solicitation_interval|number|jiffies||seconds|4|2.4|||netns|now||First gap between router solicitations||
net.ipv6.conf.*.router_solicitation_max_interval|number|jiffies||seconds|3600|4.9|||netns|now||Longest gap between router solicitations||
net.ipv6.conf.*.router_solicitations|number|-1..max||solicitations|-1|2.4|||netns|now||Router solicitations before giving up; -1: never||
net.ipv6.conf.*.rpl_seg_enabled|number|0..1|||0|5.7|||netns|now|I15|Accept RPL source routing headers||
net.ipv6.conf.*.seg6_enabled|number|int|0..1||0|4.10|||netns|now|I15|Accept segment routing headers||
net.ipv6.conf.*.seg6_require_hmac|number|int|-1..1||0|4.10|||netns|now|I15|Check the HMAC of segment routing headers (-1 ignore, 0 check when there, 1 require)||
net.ipv6.conf.*.stable_secret|text|||address|~none|4.1|||netns|new||Secret that stable privacy addresses are made of||
net.ipv6.conf.*.suppress_frag_ndisc|number|int|0..1||1|3.13|||netns|now|E9|Drop neighbour discovery that came in fragments||
net.ipv6.conf.*.temp_prefered_lft|number|int||seconds|86400|2.4|||netns|new||Preferred life of temporary addresses||
net.ipv6.conf.*.temp_valid_lft|number|int||seconds|604800|2.4|||netns|new||Valid life of temporary addresses||
net.ipv6.conf.*.use_oif_addrs_only|number|int|0..1||0|4.3|||netns|now|E7|Source addresses come from the interface that packets leave by only||
net.ipv6.conf.*.use_optimistic|number|int|0..1||0|3.19|||netns|now|E7|Optimistic addresses may be source addresses as well||
net.ipv6.conf.*.use_tempaddr|number|int||mode|0~-1 on the loopback; some distributions set 2|2.4|||netns|new||Temporary addresses (below 0 none, 1 made, 2 made and preferred)|Peers see changing addresses|`;
