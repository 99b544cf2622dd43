/** net.netfilter.*, net.bridge.*: connection tracking, bridged traffic (net/netfilter/nf_conntrack_standalone.c, Documentation/networking/nf_conntrack-sysctl.rst); columns as `parseKeys` has them. */
export const netfilterKeys = `
net.bridge.bridge-nf-call-arptables|number|int|0..1||1|2.6.0|||netns|now|I13|Send bridged ARP through arptables|CPU|
net.bridge.bridge-nf-call-ip6tables|number|int|0..1||1|2.6.0|||netns|now|I13|Send bridged IPv6 through ip6tables|CPU, conntrack load|
net.bridge.bridge-nf-call-iptables|number|int|0..1||1|2.6|||netns|now|I13|Send bridged IPv4 through iptables|CPU, conntrack load|
net.bridge.bridge-nf-filter-pppoe-tagged|number|int|0..1||0|2.6.26|||netns|now|I13|Send bridged PPPoE through iptables as well|CPU|
net.bridge.bridge-nf-filter-vlan-tagged|number|int|0..1||0|2.6.0|||netns|now|I13|Send bridged VLAN frames through iptables as well|CPU|
net.bridge.bridge-nf-pass-vlan-input-dev|number|int|0..1||0|3.2|||netns|now|I13|Show iptables the VLAN interface on the bridge as the input device||
net.netfilter.nf_conntrack_acct|number|0..1|||0|2.6.27|||netns|new|I16|Byte and packet counters per entry|CPU and memory|
net.netfilter.nf_conntrack_buckets|number|uint|1..|buckets|~by memory: 262144 above 4 GiB since 5.15, 65536 before|2.6.20|||copy|now|I16|Hash buckets of the tracking table|Memory|
net.netfilter.nf_conntrack_checksum|number|0..1|||1|2.6|||netns|now|I16|Verify checksums before tracking|CPU|
net.netfilter.nf_conntrack_count|number|ro||entries|~a gauge|2.6.20|||copy||I16|Entries in use in this netns||
net.netfilter.nf_conntrack_dccp_loose|number|0..1|||1|2.6.25|6.16||netns|now|I16|Pick up DCCP connections already running||
net.netfilter.nf_conntrack_dccp_timeout_closereq|number|jiffies||seconds|64|2.6.25|6.16||netns|refresh|I16|Life of DCCP entries after CLOSEREQ||
net.netfilter.nf_conntrack_dccp_timeout_closing|number|jiffies||seconds|64|2.6.25|6.16||netns|refresh|I16|Life of closing DCCP entries||
net.netfilter.nf_conntrack_dccp_timeout_open|number|jiffies||seconds|43200|2.6.25|6.16||netns|refresh|I16|Idle life of open DCCP entries||
net.netfilter.nf_conntrack_dccp_timeout_partopen|number|jiffies||seconds|480|2.6.25|6.16||netns|refresh|I16|Life of half open DCCP entries||
net.netfilter.nf_conntrack_dccp_timeout_request|number|jiffies||seconds|240|2.6.25|6.16||netns|refresh|I16|Life of DCCP entries after REQUEST||
net.netfilter.nf_conntrack_dccp_timeout_respond|number|jiffies||seconds|480|2.6.25|6.16||netns|refresh|I16|Life of DCCP entries after RESPONSE||
net.netfilter.nf_conntrack_dccp_timeout_timewait|number|jiffies||seconds|240|2.6.25|6.16||netns|refresh|I16|Life of closed DCCP entries||
net.netfilter.nf_conntrack_events|number|0..2|||1<5.19;2|2.6.28|||netns|new|I16|Conntrack events to user space (2: when somebody listens)|CPU|
net.netfilter.nf_conntrack_expect_max|number|int;1..max@6.1||entries|~buckets / 256 x 4|2.6.16|||copy|now|I16|Expected connections (FTP data, SIP ...) kept|Memory|
net.netfilter.nf_conntrack_frag6_high_thresh|number|ulong||bytes|4194304|2.6.12|||netns|now|I16|Memory for reassembling IPv6 fragments before tracking|Memory|
net.netfilter.nf_conntrack_frag6_low_thresh|number|ulong||bytes|3145728|2.6.12||4.17|netns|now|I16|Historic lower mark; obsolete since 4.17||
net.netfilter.nf_conntrack_frag6_timeout|number|jiffies||seconds|60|2.6.12|||netns|now|I16|Life of incomplete IPv6 fragments|Memory|
net.netfilter.nf_conntrack_generic_timeout|number|jiffies||seconds|600|2.6|||netns|refresh|I16|Life of entries of unknown protocols|Table fills with dead flows|
net.netfilter.nf_conntrack_gre_timeout|number|jiffies||seconds|30|5.3|||netns|refresh|I16|Life of one-way GRE entries|Table fills with dead flows|
net.netfilter.nf_conntrack_gre_timeout_stream|number|jiffies||seconds|180|5.3|||netns|refresh|I16|Life of two-way GRE entries|Table fills with dead flows|
net.netfilter.nf_conntrack_helper|number|0..1|||0|3.5|6.0||netns|new|I16|Helpers (FTP, SIP ...) for connections by their port alone; removed in 6.0, assign them by rules|Opens ports on the word of a packet|
net.netfilter.nf_conntrack_icmp_timeout|number|jiffies||seconds|30|2.6.12|||netns|refresh|I16|Life of ICMP entries|Table fills with dead flows|
net.netfilter.nf_conntrack_icmpv6_timeout|number|jiffies||seconds|30|2.6.12|||netns|refresh|I16|Life of ICMPv6 entries|Table fills with dead flows|
net.netfilter.nf_conntrack_log_invalid|number|u8|0..255|protocol|0|2.6.9|||netns|now|I16|Log packets that are invalid, of one protocol by its number; 255: of all|Log volume|
net.netfilter.nf_conntrack_max|number|int;1..max@6.2|1..|entries|~the number of buckets since 5.15 (262144 above 4 GiB of memory), four times that before|2.6|||copy|now|I16|Connection tracking entries, per netns count against a global limit; full = new flows dropped|Memory (about 256-400 bytes each) and long hash chains unless buckets grow too|
net.netfilter.nf_conntrack_sctp_timeout_closed|number|jiffies||seconds|10|2.6.16|||netns|refresh|I16|Life of closed SCTP entries|Table fills with dead flows|
net.netfilter.nf_conntrack_sctp_timeout_cookie_echoed|number|jiffies||seconds|3|2.6.16|||netns|refresh|I16|Life of SCTP entries after COOKIE-ECHO|Table fills with dead flows|
net.netfilter.nf_conntrack_sctp_timeout_cookie_wait|number|jiffies||seconds|3|2.6.16|||netns|refresh|I16|Life of SCTP entries before the cookie|Table fills with dead flows|
net.netfilter.nf_conntrack_sctp_timeout_established|number|jiffies||seconds|432000<6.1;210|2.6.16|||netns|refresh|I16|Idle life of established SCTP entries|Table fills with dead flows|
net.netfilter.nf_conntrack_sctp_timeout_heartbeat_sent|number|jiffies||seconds|30|4.2|||netns|refresh|I16|Life of SCTP entries known from a heartbeat only|Table fills with dead flows|
net.netfilter.nf_conntrack_sctp_timeout_shutdown_ack_sent|number|jiffies||seconds|3|2.6.16|||netns|refresh|I16|Life of SCTP entries after SHUTDOWN-ACK|Table fills with dead flows|
net.netfilter.nf_conntrack_sctp_timeout_shutdown_recd|number|jiffies||seconds|3|2.6.16|||netns|refresh|I16|Life of SCTP entries after SHUTDOWN was received|Table fills with dead flows|
net.netfilter.nf_conntrack_sctp_timeout_shutdown_sent|number|jiffies||seconds|3|2.6.16|||netns|refresh|I16|Life of SCTP entries after SHUTDOWN was sent|Table fills with dead flows|
net.netfilter.nf_conntrack_tcp_be_liberal|number|0..1|||0|2.6|||netns|now|I16|Only out-of-window RSTs are invalid|Weaker filtering|
net.netfilter.nf_conntrack_tcp_ignore_invalid_rst|number|0..1|||0|5.14|||netns|now|I16|RST out of the window is not marked invalid|Weaker filtering|
net.netfilter.nf_conntrack_tcp_loose|number|0..1|||1|2.6|||netns|now|I16|Pick up connections already running||
net.netfilter.nf_conntrack_tcp_max_retrans|number|u8||retries|3|2.6.12|||netns|now|I16|Retransmissions without an answer after which tcp_timeout_max_retrans holds||
net.netfilter.nf_conntrack_tcp_timeout_close|number|jiffies||seconds|10|2.6.12|||netns|refresh|I16|Life of entries that were reset|Table fills with dead flows|
net.netfilter.nf_conntrack_tcp_timeout_close_wait|number|jiffies||seconds|60|2.6|||netns|refresh|I16|Life of half closed entries|Table fills with dead flows|
net.netfilter.nf_conntrack_tcp_timeout_established|number|jiffies||seconds|432000~5 days|2.6|||netns|refresh|I16|Idle life of established TCP entries|Table fills with dead flows|
net.netfilter.nf_conntrack_tcp_timeout_fin_wait|number|jiffies||seconds|120|2.6.12|||netns|refresh|I16|Life of entries after the first FIN|Table fills with dead flows|
net.netfilter.nf_conntrack_tcp_timeout_last_ack|number|jiffies||seconds|30|2.6.12|||netns|refresh|I16|Life of entries that wait for the last ACK|Table fills with dead flows|
net.netfilter.nf_conntrack_tcp_timeout_max_retrans|number|jiffies||seconds|300|2.6.12|||netns|refresh|I16|Life of entries that retransmit without an answer|Table fills with dead flows|
net.netfilter.nf_conntrack_tcp_timeout_syn_recv|number|jiffies||seconds|60|2.6|||netns|refresh|I16|Life of half open entries|Table fills with dead flows|
net.netfilter.nf_conntrack_tcp_timeout_syn_sent|number|jiffies||seconds|120|2.6.12|||netns|refresh|I16|Life of entries of which a SYN was seen only|A SYN flood fills the table|
net.netfilter.nf_conntrack_tcp_timeout_time_wait|number|jiffies||seconds|120|2.6|||netns|refresh|I16|Life of closed TCP entries|Table fills under connection churn|
net.netfilter.nf_conntrack_tcp_timeout_unacknowledged|number|jiffies||seconds|300|3.1|||netns|refresh|I16|Life of established entries whose data is not acknowledged|Table fills with dead flows|
net.netfilter.nf_conntrack_timestamp|number|0..1|||0|2.6.38|||netns|new|I16|Start and stop times of entries|CPU|
net.netfilter.nf_conntrack_udp_timeout|number|jiffies||seconds|30|2.6|||netns|refresh|I16|Life of one-way UDP entries|Table fills with dead flows|
net.netfilter.nf_conntrack_udp_timeout_stream|number|jiffies||seconds|180<5.0;120|2.6|||netns|refresh|I16|Life of two-way UDP entries|Table fills with dead flows|
net.netfilter.nf_flowtable_tcp_timeout|number|jiffies||seconds|30|5.13|||netns|refresh|I16|Idle life of TCP flows in a flow table before conntrack takes over again||
net.netfilter.nf_flowtable_udp_timeout|number|jiffies||seconds|30|5.13|||netns|refresh|I16|Idle life of UDP flows in a flow table before conntrack takes over again||
net.netfilter.nf_hooks_lwtunnel|number|0..1|||0|5.16|||init|now|I16|Netfilter hooks for lightweight tunnels; cannot be switched off again|CPU|
net.netfilter.nf_log.0|word|||name|~NONE, or the one that is loaded|2.6.30|||netns|now|I16|Which logger writes what rules for this protocol family log||
net.netfilter.nf_log.1|word|||name|~NONE, or the one that is loaded|2.6.30|||netns|now|I16|Which logger writes what rules for this protocol family log||
net.netfilter.nf_log.10|word|||name|~NONE, or the one that is loaded|2.6.30|||netns|now|I16|Which logger writes what rules for IPv6 log||
net.netfilter.nf_log.2|word|||name|~NONE, or the one that is loaded|2.6.30|||netns|now|I16|Which logger writes what rules for IPv4 log||
net.netfilter.nf_log.3|word|||name|~NONE, or the one that is loaded|2.6.30|||netns|now|I16|Which logger writes what rules for ARP log||
net.netfilter.nf_log.4|word|||name|~NONE, or the one that is loaded|2.6.30|||netns|now|I16|Which logger writes what rules for this protocol family log||
net.netfilter.nf_log.5|word|||name|~NONE, or the one that is loaded|2.6.30|||netns|now|I16|Which logger writes what rules for the netdev family log||
net.netfilter.nf_log.6|word|||name|~NONE, or the one that is loaded|2.6.30|||netns|now|I16|Which logger writes what rules for this protocol family log||
net.netfilter.nf_log.7|word|||name|~NONE, or the one that is loaded|2.6.30|||netns|now|I16|Which logger writes what rules for bridged frames log||
net.netfilter.nf_log.8|word|||name|~NONE, or the one that is loaded|2.6.30|||netns|now|I16|Which logger writes what rules for this protocol family log||
net.netfilter.nf_log.9|word|||name|~NONE, or the one that is loaded|2.6.30|||netns|now|I16|Which logger writes what rules for this protocol family log||
net.netfilter.nf_log_all_netns|number|0..1|||0|4.9|||init|now|I16|Let rules of every namespace log to the kernel log, not those of the first alone|Log flooding|
net.nf_conntrack_max|number|int||entries|~that of net.netfilter.nf_conntrack_max|2.6.12|||init|now|I16|The same variable as net.netfilter.nf_conntrack_max|Memory|`;
