/** net.sctp.* and net.ipv4.vs.*: SCTP, and the load balancer IPVS (net/sctp/sysctl.c, Documentation/networking/ipvs-sysctl.rst); columns as `parseKeys` has them. */
export const transportsKeys = `
net.ipv4.vs.am_droprate|number|int|1..||10||||netns|now|I15|Rate of drops that drop_packet=3 uses||
net.ipv4.vs.amemthresh|number|int|0..|pages|1024||||netns|now|I15|Free memory below which the defence strategies of IPVS begin||
net.ipv4.vs.backup_only|number|int|0..1||0||||netns|now|I15|A backup director does not handle packets of its own||
net.ipv4.vs.cache_bypass|number|int|0..1||0||||netns|now|I15|Forward to the original destination when no cache server is available||
net.ipv4.vs.conn_reuse_mode|number|int|0..3||1|4.2|||netns|now|I15|What to do when a client reuses a port (0 keep the server, 1 reschedule, 2 only for FTP and the like)||
net.ipv4.vs.conntrack|number|int|0..1||0||||netns|now|I16|Keep conntrack entries for connections that IPVS handles||
net.ipv4.vs.drop_entry|number|0..3|||0||||netns|now|I15|Drop connection entries under memory pressure (1 automatic, 2 automatic and on, 3 always)||
net.ipv4.vs.drop_packet|number|0..3|||0||||netns|now|I15|Drop packets under memory pressure (1 automatic, 2 automatic and on, 3 always)||
net.ipv4.vs.est_cpulist|text||||~all CPUs|6.3|||netns|now|I15|CPUs that estimate rates||
net.ipv4.vs.est_nice|number|-20..19|||0|6.3|||netns|now|I15|Priority of the threads that estimate rates||
net.ipv4.vs.expire_nodest_conn|number|int|0..1||0||||netns|now|I15|Connections to a server that is gone end at once, instead of being dropped silently||
net.ipv4.vs.expire_quiescent_template|number|int|0..1||0||||netns|now|I15|Persistence ends when its server is quiesced||
net.ipv4.vs.ignore_tunneled|number|int|0..1||0|4.3|||netns|now|I15|Leave packets alone that came from another director||
net.ipv4.vs.nat_icmp_send|number|int|0..1||0||||netns|now|I15|Send ICMP errors for NAT connections whose server is unknown||
net.ipv4.vs.pmtu_disc|number|int|0..1||1||||netns|now|I15|Path-MTU discovery for tunnels to servers||
net.ipv4.vs.run_estimation|number|int|0..1||1|5.19|||netns|now|I15|Estimate rates||
net.ipv4.vs.schedule_icmp|number|int|0..1||0|4.3|||netns|now|I15|Schedule ICMP packets that belong to no connection||
net.ipv4.vs.secure_tcp|number|0..3|||0||||netns|now|I15|Stricter TCP state transitions (1 automatic, 2 automatic and on, 3 always)||
net.ipv4.vs.sloppy_sctp|number|int|0..1||0||||netns|now|I15|Make SCTP connections of any packet||
net.ipv4.vs.sloppy_tcp|number|int|0..1||0||||netns|now|I15|Make TCP connections of any packet||
net.ipv4.vs.snat_reroute|number|int|0..1||1||||netns|now|E7|Look up the route again after source NAT||
net.ipv4.vs.sync_persist_mode|number|int|0..1||0||||netns|now|I15|How persistent connections are told to the backup||
net.ipv4.vs.sync_ports|number|1..1073741824|1..|ports|1||||netns|now|I15|Sockets for telling the backup||
net.ipv4.vs.sync_qlen_max|number|0..||messages|~by memory||||netns|now|I15|Messages to the backup that may wait||
net.ipv4.vs.sync_refresh_period|number|jiffies|0..|seconds|0||||netns|now|I15|Change of a timer that is worth telling the backup||
net.ipv4.vs.sync_retries|number|0..3|||0||||netns|now|I15|How often a connection is told again||
net.ipv4.vs.sync_sock_size|number|int|0..|bytes|0||||netns|now|I15|Socket buffer for telling the backup; 0: the default||
net.ipv4.vs.sync_threshold|pair|0..max|0..|packets|3 50||||netns|now|I15|Packets before a connection is told to the backup, and then every how many||
net.ipv4.vs.sync_version|number|0..1|||1||||netns|now|I15|Protocol spoken with the backup||
net.sctp.addip_enable|number|int|0..1||0||||netns|now|I19|Change of addresses within an association (RFC 5061)||
net.sctp.addip_noauth_enable|number|int|0..1||0||||netns|now|I19|Change of addresses without authentication||
net.sctp.addr_scope_policy|number|0..3|||1||||netns|now|I19|Which scopes of IPv4 addresses are offered||
net.sctp.association_max_retrans|number|1..max||retries|10||||netns|now|E4|Retransmissions before an association ends||
net.sctp.auth_enable|number|int|0..1||0||||netns|now|I19|Authenticated chunks (RFC 4895)||
net.sctp.cookie_hmac_alg|word||||~sha256 or sha1 or md5, as built||||netns|now|I19|Hash of the cookie||
net.sctp.cookie_preserve_enable|number|int|0..1||1||||netns|now|I19|Longer cookie life on request||
net.sctp.default_auto_asconf|number|int|0..1||0||||netns|now|I19|New sockets follow changes of the host's addresses||
net.sctp.ecn_enable|number|int|0..1||1|5.9|||netns|now|E4|Explicit congestion notification||
net.sctp.encap_port|number|0..65535||port|0|5.11|||netns|now|E4|UDP port of encapsulated packets that leave; 0: none||
net.sctp.hb_interval|number|1..86400000||milliseconds|30000||||netns|now|E4|Gap between heartbeats||
net.sctp.intl_enable|number|int|0..1||0|4.16|||netns|now|E4|Interleaving of user messages||
net.sctp.l3mdev_accept|number|0..1|||1|6.9|||netns|now|I19|Sockets without a device take packets of every VRF||
net.sctp.max_autoclose|number|0..||seconds|~the most that fits||||netns|now|E4|Most that SO_AUTOCLOSE may ask for||
net.sctp.max_burst|number|0..max||packets|4||||netns|now|E4|Packets that may leave at once||
net.sctp.max_init_retransmits|number|1..max||retries|8||||netns|now|E4|Retransmissions of INIT||
net.sctp.path_max_retrans|number|1..max||retries|5||||netns|now|E4|Retransmissions before a path is given up||
net.sctp.pf_enable|number|int|0..1||1||||netns|now|E4|Potentially failed paths||
net.sctp.pf_expose|number|0..2|||0|5.5|||netns|now|E4|Whether potentially failed paths are told to applications||
net.sctp.pf_retrans|number|0..65535||retries|0||||netns|now|E4|Retransmissions until a path is potentially failed||
net.sctp.plpmtud_probe_interval|number|0..max||milliseconds|0|5.14|||netns|now|E8|Gap between path-MTU probes; 0: none||
net.sctp.prsctp_enable|number|int|0..1||1||||netns|now|E4|Partial reliability||
net.sctp.ps_retrans|number|0..65535||retries|65535|5.5|||netns|now|E4|Retransmissions until another primary path is chosen||
net.sctp.rcvbuf_policy|number|int|0..1||0||||netns|now|I22|Receive buffer: of the socket (0) or of each association (1)||
net.sctp.reconf_enable|number|int|0..1||0|4.11|||netns|now|I19|Stream reconfiguration||
net.sctp.rto_alpha_exp_divisor|number|int|0..||3||||netns|now|E4|Weight of a new round-trip time||
net.sctp.rto_beta_exp_divisor|number|int|0..||2||||netns|now|E4|Weight of a new variation||
net.sctp.rto_initial|number|1..86400000||milliseconds|3000||||netns|now|E4|First retransmission timeout||
net.sctp.rto_max|number|1..86400000||milliseconds|60000||||netns|now|E4|Ceiling of the retransmission timeout||
net.sctp.rto_min|number|1..86400000||milliseconds|1000||||netns|now|E4|Floor of the retransmission timeout||
net.sctp.rwnd_update_shift|number|1..16|||4||||netns|now|I22|Share of the receive buffer that must be free before the window is told||
net.sctp.sack_timeout|number|1..500||milliseconds|200||||netns|refresh|I21|Longest wait before a SACK||
net.sctp.sctp_mem|triple|ulong||pages|~by memory||||netns|now|I22|Low mark, pressure start and hard limit of all SCTP memory||
net.sctp.sctp_rmem|triple|int||bytes|~by memory||||netns|now|I22|Min, initial and maximum of SCTP receive buffers||
net.sctp.sctp_wmem|triple|int||bytes|~by memory||||netns|now|E3|Min, initial and maximum of SCTP send buffers||
net.sctp.sndbuf_policy|number|int|0..1||0||||netns|now|E2|Send buffer: of the socket (0) or of each association (1)||
net.sctp.udp_port|number|0..65535||port|0|5.11|||netns|now|I19|UDP port on which encapsulated packets are taken; 0: none||
net.sctp.valid_cookie_life|number|1..86400000||milliseconds|60000||||netns|now|I19|Life of a cookie||`;
