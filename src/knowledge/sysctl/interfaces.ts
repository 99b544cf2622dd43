/** net.ipv4.conf.*: one set for each interface, `all` and `default` (net/ipv4/devinet.c, Documentation/networking/ip-sysctl.rst); columns as `parseKeys` has them. */
export const interfacesKeys = `
net.ipv4.conf.*.accept_local|number|int|0..1||0|2.6.33|||netns|now|I17|Accept packets with a local source address|Spoofing|
net.ipv4.conf.*.accept_redirects|number|int|0..1||1|2.2|||netns|now|I17|Accept ICMP redirects; on a router all and the interface must both be set, on a host one of them|A forged redirect can divert traffic|
net.ipv4.conf.*.accept_source_route|number|int|0..1||1~all: 0|2.2|||netns|now|I17|Accept packets with source routes; both all and the interface must be set|Lets senders choose the path|
net.ipv4.conf.*.arp_accept|number|int|0..2||0|2.6.31|||netns|now|E9|Make a neighbour entry of gratuitous ARP for addresses not yet in the table (2: same subnet only)|ARP spoofing and a full table get easier|
net.ipv4.conf.*.arp_announce|number|int|0..2||0|2.6.4|||netns|now|E9|Source address used in ARP requests||
net.ipv4.conf.*.arp_evict_nocarrier|number|int|0..1||1|5.16|||netns|now|E9|Forget neighbours when the carrier goes|0 keeps entries over a roam|
net.ipv4.conf.*.arp_filter|number|int|0..1||0|2.4|||netns|now|E9|Answer ARP only through the interface that routes back||
net.ipv4.conf.*.arp_ignore|number|int|0..8||0|2.6.4|||netns|now|E9|Which ARP requests are answered|Unreachable addresses|
net.ipv4.conf.*.arp_notify|number|int|0..1||0|2.6.29|||netns|now|E9|Announce the addresses when the interface comes up or its MAC address changes||
net.ipv4.conf.*.bc_forwarding|number|int|0..1||0|4.19|||netns|now|I17|Forward directed broadcasts; both all and the interface must be set|Smurf attacks|
net.ipv4.conf.*.bootp_relay|number|int|0..1||0|2.2|||netns|now|I17|Accept packets from 0.b.c.d for a BOOTP relay daemon||
net.ipv4.conf.*.disable_policy|number|int|0..1||0|2.6.0|||netns|now|I17|No IPsec policy is looked up for what arrives|Traffic passes without IPsec|
net.ipv4.conf.*.disable_xfrm|number|int|0..1||0|2.6.0|||netns|now|E7|No IPsec on what leaves, whatever the policy|Traffic leaves without IPsec|
net.ipv4.conf.*.drop_gratuitous_arp|number|int|0..1||0|4.6|||netns|now|E9|Drop gratuitous ARP|Peers' failover is noticed late|
net.ipv4.conf.*.drop_unicast_in_l2_multicast|number|int|0..1||0|4.6|||netns|now|I15|Drop unicast IP that came as layer 2 multicast||
net.ipv4.conf.*.force_igmp_version|number|int|0..3||0|2.6.0|||netns|now||IGMP version to speak whatever the querier says; 0: as it says||
net.ipv4.conf.*.forwarding|number|int|0..1||0|2.2|||netns|now|I17|Forward on all interfaces|Host becomes a router|
net.ipv4.conf.*.igmpv2_unsolicited_report_interval|number|int||milliseconds|10000|3.12|||netns|now||Gap between repeated IGMPv1 and v2 reports|Joins repaired later|
net.ipv4.conf.*.igmpv3_unsolicited_report_interval|number|int||milliseconds|1000|3.12|||netns|now||Gap between repeated IGMPv3 reports|Joins repaired later|
net.ipv4.conf.*.ignore_routes_with_linkdown|number|int|0..1||0|4.2|||netns|now|E7|Leave out routes whose link is down when looking up||
net.ipv4.conf.*.log_martians|number|int|0..1||0|2.2|||netns|now|I17|Log packets with impossible addresses|Log volume|
net.ipv4.conf.*.mc_forwarding|number|ro|0..1||0|2.2|||netns||I17|Multicast routing; set by the routing daemon||
net.ipv4.conf.*.medium_id|number|int|-1..2147483647||0|2.4|||netns|now|E9|Tells whether two interfaces are on one medium, for proxy ARP; -1: no proxy ARP here||
net.ipv4.conf.*.promote_secondaries|number|int|0..1||0~1 where 50-default.conf of systemd is installed|2.6.16|||netns|now||When a primary address is deleted its secondary takes its place, instead of going too||
net.ipv4.conf.*.proxy_arp|number|int|0..1||0|2.2|||netns|now|E9|Answer ARP for addresses reached through another interface|Traffic attracted unawares|
net.ipv4.conf.*.proxy_arp_pvlan|number|int|0..1||0|2.6.34|||netns|now|E9|Answer ARP also for hosts behind the same interface (private VLAN)||
net.ipv4.conf.*.route_localnet|number|int|0..1||0|3.6|||netns|now|I17|Treat 127/8 as routable on this interface|Services bound to the loopback become reachable|
net.ipv4.conf.*.rp_filter|number|int|0..2||0~2 where 50-default.conf of systemd is installed|2.2|||netns|now|I17|Reverse path check (1 strict, 2 loose); drops count in IPReversePathFilter|Asymmetric routes lose packets|
net.ipv4.conf.*.secure_redirects|number|int|0..1||1|2.2|||netns|now|I17|Accept redirects to known gateways only||
net.ipv4.conf.*.send_redirects|number|int|0..1||1|2.2|||netns|now|I17|Send ICMP redirects when routing||
net.ipv4.conf.*.shared_media|number|int|0..1||1|2.2|||netns|now|I17|Send and accept redirects between subnets on one medium||
net.ipv4.conf.*.src_valid_mark|number|int|0..1||0|2.6.33|||netns|now|I17|Take the firewall mark into account in the reverse path check||
net.ipv4.conf.*.tag|number|int|||0|2.2|||netns|now||A number to remember the interface by; the kernel does nothing with it||`;
