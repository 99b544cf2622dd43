import { meaningsOf } from './counterMeaning.ts';

/** `Tcp` of /proc/net/snmp: IPv4 and IPv6 together. */
export const tcpMeanings = meaningsOf(
  'Tcp',
  `
RtoAlgorithm | info | E4 | setting | snmp_seq_show | 1, "other": how the retransmission timeout is computed.
RtoMin | info | E4 | setting ms | snmp_seq_show | Least retransmission timeout that the kernel was built with; routes and sockets may have another.
RtoMax | info | E4 | setting ms | snmp_seq_show | Greatest retransmission timeout.
MaxConn | info | - | setting connections | snmp_seq_show | -1: there is no fixed limit of connections.
ActiveOpens | info | E4 | connections | tcp_connect | Connections this host began, answered or not.
PassiveOpens | info | I20 | connections | tcp_create_openreq_child | Connections that clients made to listeners here.
AttemptFails | loss | I20 | connections | tcp_done | Connections that ended before they were established: refused, reset or without an answer.
EstabResets | loss | I21 | connections | tcp_set_state | Established connections that ended at once, not by closing: reset by one of the sides, or given up.
CurrEstab | info | I21 | gauge connections | tcp_set_state | Connections now in ESTABLISHED or CLOSE_WAIT.
InSegs | info | I19 | segments | tcp_v4_rcv | Segments received, after GRO put them together, those with errors included.
OutSegs | info | E4 | segments | __tcp_transmit_skb | Segments sent, retransmitted ones not counted: what RetransSegs is measured against.
RetransSegs | delay | E4 | segments | __tcp_retransmit_skb | Segments sent again, SYNs included.
InErrs | loss | I19 | segments | tcp_v4_rcv | Segments thrown away as broken: wrong checksum, wrong length, a SYN in the middle of a connection.
OutRsts | info | E4 | segments | tcp_v4_send_reset | Resets sent: for closed ports, aborted connections, data after close.
InCsumErrors | loss | I19 | segments | tcp_v4_rcv | Segments with a wrong checksum; also in InErrs. | 3.10
`,
);

/** `TcpExt`: how connections begin, wait and end. */
export const tcpConnectionMeanings = meaningsOf(
  'TcpExt',
  `
SyncookiesSent | delay | I20 | packets | cookie_init_sequence | SYN cookies sent, because the SYN queue was full: such connections may lose window scaling and other options.
SyncookiesRecv | info | I20 | packets | cookie_v4_check | Connections opened from a SYN cookie: close to Sent means real clients, near 0 a flood.
SyncookiesFailed | loss | I20 | packets | cookie_v4_check | ACKs that no cookie matched, stray ones included.
EmbryonicRsts | loss | I20 | packets | tcp_check_req | Handshakes that the client broke off by a reset.
ListenOverflows | loss | I20 | packets | tcp_v4_syn_recv_sock | SYNs or handshakes dropped because the accept queue was full: the application does not accept fast enough.
ListenDrops | loss | I20 | packets | tcp_listendrop | All drops at a listener: ListenOverflows, plus a full SYN queue, memory and route failures.
TCPReqQFullDoCookies | delay | I20 | packets | tcp_syn_flood_action | SYN queue full, answered with a SYN cookie. | 2.6.36
TCPReqQFullDrop | loss | I20 | packets | tcp_syn_flood_action | SYN queue full and cookies off: SYN dropped. | 2.6.36
TCPDeferAcceptDrop | delay | I20 | packets | tcp_check_req | ACK of a handshake set aside: the listener wants data first (TCP_DEFER_ACCEPT).
TCPMigrateReqSuccess | info | I20 | connections | inet_csk_reqsk_queue_hash_add | Handshakes moved from a closed listener to another of its group (tcp_migrate_req). | 5.14
TCPMigrateReqFailure | loss | I20 | connections | reqsk_timer_handler | Handshakes that could not be moved when their listener closed. | 5.14
TCPFastOpenActive | info | E4 | connections | tcp_rcv_fastopen_synack | Data sent in a SYN (Fast Open) that the server took.
TCPFastOpenActiveFail | delay | E4 | connections | tcp_rcv_fastopen_synack | Data in a SYN that the server did not take: sent again after the handshake. | 3.18
TCPFastOpenPassive | info | I20 | connections | tcp_try_fastopen | Connections accepted with data in the SYN.
TCPFastOpenPassiveFail | delay | I20 | connections | tcp_try_fastopen | Data in a SYN refused: the cookie was wrong.
TCPFastOpenPassiveAltKey | info | I20 | connections | tcp_try_fastopen | Fast Open cookies that the older of two keys matched: keys are being changed. | 5.3
TCPFastOpenListenOverflow | delay | I20 | connections | tcp_fastopen_queue_check | More pending Fast Open connections than the listener allows: handled without it.
TCPFastOpenCookieReqd | info | I20 | packets | tcp_try_fastopen | Clients that asked for a Fast Open cookie.
TCPFastOpenBlackhole | delay | E4 | times | tcp_fastopen_active_disable | Fast Open switched off for a while: something on the path swallows such SYNs. | 4.13
TW | info | I21 | sockets | tw_timer_handler | Sockets that left TIME_WAIT after their time.
TWRecycled | info | E4 | sockets | __inet_check_established | TIME_WAIT ports reused for a new outgoing connection (tcp_tw_reuse).
TWKilled | info | I21 | sockets | tw_timer_handler | Sockets that had only 4 s or less to stay in TIME_WAIT or FIN_WAIT2, and left.
TCPTimeWaitOverflow | info | I21 | sockets | tcp_time_wait | TIME_WAIT skipped because tcp_max_tw_buckets was reached: a late segment may meet a new connection. | 3.1
TCPSYNChallenge | info | I21 | segments | tcp_validate_incoming | A SYN in an established connection, answered by a challenge ACK: a client that restarted, or an attack.
TCPChallengeACK | info | I21 | segments | tcp_send_challenge_ack | Challenge ACKs sent: something arrived that a blind attacker could have sent (RFC 5961).
TCPACKSkippedChallenge | info | I21 | segments | tcp_send_challenge_ack | Challenge ACKs held back by tcp_invalid_ratelimit. | 4.0
TCPACKSkippedSynRecv | info | I20 | segments | tcp_check_req | Answers to repeated SYNs held back: more than one in tcp_invalid_ratelimit. | 4.0
TCPACKSkippedPAWS | info | I21 | segments | tcp_validate_incoming | ACKs to segments with an old timestamp held back by tcp_invalid_ratelimit. | 4.0
TCPACKSkippedSeq | info | I21 | segments | tcp_validate_incoming | ACKs to segments outside the window held back by tcp_invalid_ratelimit. | 4.0
TCPACKSkippedFinWait2 | info | I21 | segments | tcp_timewait_state_process | ACKs for FIN_WAIT2 sockets held back by tcp_invalid_ratelimit. | 4.0
TCPACKSkippedTimeWait | info | I21 | segments | tcp_timewait_state_process | ACKs for TIME_WAIT sockets held back by tcp_invalid_ratelimit. | 4.0
PAWSPassive | loss | I20 | packets | tcp_v4_conn_request | SYNs refused because of their timestamp: tcp_tw_recycle with clients behind NAT. | -4.11
PAWSActive | loss | E4 | packets | tcp_rcv_synsent_state_process | SYN-ACKs refused because they echo a timestamp that was never sent.
PAWSEstab | loss | I21 | segments | tcp_validate_incoming | Segments refused because their timestamp was too old.
PAWSOldAck | info | I21 | segments | tcp_validate_incoming | Old ACKs whose timestamp was too old: overtaken on their way, harmless. | 6.14
PAWSTimewait | info | I21 | segments | tcp_timewait_state_process | Segments with an old timestamp that met a TIME_WAIT socket. | 6.15
BeyondWindow | loss | I21 | segments | tcp_validate_incoming | Segments that end beyond the window that was offered: dropped. | 6.17
TSEcrRejected | loss | I20 | packets | tcp_check_req | Last ACKs of a handshake refused because they echo a timestamp that was never sent. | 6.15
TCPAbortOnData | info | I21 | connections | tcp_rcv_state_process | Connections reset because data came after the application had closed, or closed with SO_LINGER of 0.
TCPAbortOnClose | info | E1 | connections | __tcp_close | Connections reset because the application closed with unread data.
TCPAbortOnMemory | loss | E2 | connections | tcp_out_of_resources | Connections killed: too many orphans (tcp_max_orphans) or tcp_mem exceeded.
TCPAbortOnTimeout | loss | E4 | connections | tcp_write_err | Connections given up after too many retransmissions, probes or keepalives.
TCPAbortOnLinger | info | I21 | connections | tcp_rcv_state_process | Orphans ended because tcp_fin_timeout or TCP_LINGER2 is negative.
TCPAbortFailed | loss | E4 | connections | tcp_send_active_reset | A reset could not be sent for lack of memory.
TCPAbortOnSyn | loss | I21 | connections | tcp_validate_incoming | Connections reset because of a SYN inside their window. | -3.6
TCPKeepAlive | info | E4 | segments | tcp_keepalive_timer | Keepalive probes sent on idle connections. | 3.18
OutOfWindowIcmps | info | I19 | messages | tcp_v4_err | ICMP errors about segments that are not in flight: ignored.
LockDroppedIcmps | info | I19 | messages | tcp_v4_err | ICMP errors set aside because the application held the socket.
TCPMinTTLDrop | loss | I19 | segments | tcp_v4_rcv | Dropped: the time to live is below what the socket demands (IP_MINTTL). | 2.6.34
TCPMD5NotFound | loss | I19 | segments | tcp_inbound_md5_hash | Dropped: no MD5 signature where one is demanded (BGP).
TCPMD5Unexpected | loss | I19 | segments | tcp_inbound_md5_hash | Dropped: signed with MD5 and no key here.
TCPMD5Failure | loss | I19 | segments | tcp_inbound_md5_hash | Dropped: the MD5 signature is wrong. | 4.11
TCPAORequired | loss | I19 | segments | tcp_inbound_hash | Dropped: no TCP-AO signature where one is demanded. | 6.7
TCPAOBad | loss | I19 | segments | tcp_ao_verify_hash | Dropped: the TCP-AO signature is wrong. | 6.7
TCPAOKeyNotFound | loss | I19 | segments | tcp_inbound_ao_hash | Dropped: signed with a TCP-AO key that is not known here. | 6.7
TCPAOGood | info | I19 | segments | tcp_ao_verify_hash | Segments whose TCP-AO signature is right. | 6.7
TCPAODroppedIcmps | info | I19 | messages | tcp_ao_ignore_icmp | ICMP errors ignored on connections with TCP-AO. | 6.7
ArpFilter | info | I17 | packets | arp_filter | ARP requests not answered because of arp_filter.
IPReversePathFilter | loss | I17 | packets | ip_rcv_finish_core | Dropped by rp_filter: the way back would take another interface. | 3.2
`,
);
