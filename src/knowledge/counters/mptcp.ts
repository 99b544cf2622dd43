import { meaningsOf } from './counterMeaning.ts';

/** `MPTcpExt` of /proc/net/netstat (net/mptcp/mib.c): Multipath TCP. */
export const mptcpMeanings = meaningsOf(
  'MPTcpExt',
  `
MPCapableSYNRX | info | I20 | packets | subflow_check_req | Clients that asked for MPTCP.
MPCapableSYNTX | info | E4 | packets | subflow_syn_options | Connections of this host that asked for MPTCP. | 5.16
MPCapableSYNACKRX | info | I21 | packets | subflow_finish_connect | Servers that agreed to MPTCP. | 5.13
MPCapableACKRX | info | I20 | packets | subflow_syn_recv_sock | Handshakes of MPTCP completed by clients.
MPCapableFallbackACK | info | I20 | connections | subflow_syn_recv_sock | Became plain TCP: the client's last ACK had no MPTCP option.
MPCapableFallbackSYNACK | info | I21 | connections | subflow_finish_connect | Became plain TCP: the server does not speak MPTCP, or something on the path removed the option.
MPCapableSYNTXDrop | delay | E4 | connections | mptcp_active_detect_blackhole | SYNs with MPTCP got no answer until they were sent without: something on the path drops them. | 6.12
MPCapableSYNTXDisabled | info | E4 | connections | mptcp_connect | Sent without MPTCP, because of such a path before. | 6.12
MPCapableEndpAttempt | info | E4 | connections | mptcp_subflow_create_socket | Connections begun from an endpoint that was set for it. | 6.15
MPFallbackTokenInit | info | I20 | connections | subflow_check_req | Became plain TCP: no free token could be found. | 5.16
MPTCPRetrans | delay | E4 | segments | __mptcp_retrans | Data sent again on another subflow.
MPJoinNoTokenFound | loss | I20 | packets | subflow_check_req | Requests to join a connection that is not known here.
MPJoinSynRx | info | I20 | packets | subflow_check_req | Requests to join a connection.
MPJoinSynBackupRx | info | I20 | packets | subflow_check_req | Of these, those for a backup path. | 6.11
MPJoinSynAckRx | info | I21 | packets | subflow_finish_connect | Answers to our requests to join.
MPJoinSynAckBackupRx | info | I21 | packets | subflow_finish_connect | Of these, those that make it a backup path. | 6.11
MPJoinSynAckHMacFailure | loss | I21 | packets | subflow_finish_connect | Answers whose signature was wrong.
MPJoinAckRx | info | I20 | packets | subflow_syn_recv_sock | Joins completed.
MPJoinAckHMacFailure | loss | I20 | packets | subflow_syn_recv_sock | Joins refused: the signature was wrong.
MPJoinRejected | loss | I20 | packets | subflow_syn_recv_sock | Joins refused: as many subflows as are allowed. | 6.14
MPJoinSynTx | info | E4 | packets | __mptcp_subflow_connect | Requests to join sent. | 6.13
MPJoinSynTxCreatSkErr | loss | E4 | times | __mptcp_subflow_connect | Requests to join not sent: no socket. | 6.13
MPJoinSynTxBindErr | loss | E4 | times | __mptcp_subflow_connect | Requests to join not sent: the local address could not be taken. | 6.13
MPJoinSynTxConnectErr | loss | E4 | times | __mptcp_subflow_connect | Requests to join not sent: connecting failed. | 6.13
DSSNotMatching | loss | I22 | segments | get_mapping_status | A mapping of data that contradicts the one before.
DSSCorruptionFallback | info | I22 | connections | subflow_check_data_avail | Became plain TCP because mappings were corrupt. | 5.19
DSSCorruptionReset | loss | I22 | connections | subflow_check_data_avail | Subflows reset because mappings were corrupt. | 5.19
InfiniteMapTx | info | E4 | segments | mptcp_update_infinite_map | Told the peer that the rest is plain TCP. | 5.19
InfiniteMapRx | info | I22 | segments | get_mapping_status | The peer told that the rest is plain TCP.
DSSNoMatchTCP | loss | I22 | segments | validate_mapping | A mapping that does not fit the subflow's own numbers. | 5.16
DataCsumErr | loss | I22 | segments | validate_data_csum | Wrong checksum of the data: something on the path changes it. | 5.14
OFOQueueTail | info | I22 | segments | mptcp_data_queue_ofo | Out of order across subflows, put at the end of the queue.
OFOQueue | info | I22 | segments | mptcp_data_queue_ofo | Out of order across subflows, put into the queue: paths differ in delay.
OFOMerge | info | I22 | segments | mptcp_data_queue_ofo | Out of order across subflows, joined to what was there.
NoDSSInWindow | loss | I22 | segments | mptcp_data_queue_ofo | Data beyond the window: dropped.
DuplicateData | info | I22 | segments | __mptcp_move_skb | Data that another subflow had brought already.
AddAddr | info | I21 | options | mptcp_incoming_options | The peer told of another address of it.
AddAddrTx | info | E4 | options | mptcp_established_options_add_addr | Told the peer of another address. | 6.4
AddAddrTxDrop | delay | E4 | options | mptcp_pm_add_addr_signal | Such a notice found no room, or was given up. | 6.4
EchoAdd | info | I21 | options | mptcp_incoming_options | The peer confirmed our notice.
EchoAddTx | info | E4 | options | mptcp_established_options_add_addr | Confirmed a peer's notice. | 6.4
EchoAddTxDrop | info | E4 | options | mptcp_pm_add_addr_signal | Such a confirmation found no room. | 6.4
PortAdd | info | I21 | options | mptcp_incoming_options | Notices of an address that name a port. | 5.12
AddAddrDrop | info | I21 | options | mptcp_pm_add_addr_received | Notices of an address not taken up. | 5.19
MPJoinPortSynRx | info | I20 | packets | subflow_check_req | Requests to join at another port. | 5.12
MPJoinPortSynAckRx | info | I21 | packets | subflow_finish_connect | Answers from another port. | 5.12
MPJoinPortAckRx | info | I20 | packets | subflow_syn_recv_sock | Joins completed at another port. | 5.12
MismatchPortSynRx | loss | I20 | packets | subflow_check_req | Requests to join at a port that was not told. | 5.12
MismatchPortAckRx | loss | I20 | packets | subflow_syn_recv_sock | Last ACKs of a join at a port that was not told. | 5.12
RmAddr | info | I21 | options | mptcp_pm_rm_addr_received | The peer took an address back. | 5.11
RmAddrDrop | info | I21 | options | mptcp_pm_rm_addr_received | Such a notice was not taken up. | 5.19
RmAddrTx | info | E4 | options | mptcp_pm_remove_addr | Took an address back. | 6.4
RmAddrTxDrop | delay | E4 | options | mptcp_pm_remove_addr | Such a notice found no room. | 6.4
RmSubflow | info | I21 | subflows | mptcp_pm_rm_addr_or_subflow | Subflows closed because of that. | 5.11
MPPrioTx | info | E4 | options | mptcp_pm_mp_prio_send_ack | Made a path backup, or no longer so. | 5.12
MPPrioRx | info | I21 | options | mptcp_incoming_options | The peer made a path backup, or no longer so. | 5.12
MPFailTx | loss | E4 | options | mptcp_established_options_mp_fail | Told the peer that data was corrupt. | 5.16
MPFailRx | loss | I21 | options | mptcp_incoming_options | The peer got corrupt data from us. | 5.16
MPFastcloseTx | info | E4 | options | mptcp_established_options_fastclose | Ended a whole connection at once. | 5.16
MPFastcloseRx | info | I21 | options | mptcp_incoming_options | The peer ended a whole connection at once. | 5.16
MPRstTx | info | E4 | options | mptcp_established_options_rst | Resets of subflows sent, with the reason. | 5.16
MPRstRx | loss | I21 | options | mptcp_incoming_options | Resets of subflows received, with the reason. | 5.16
SubflowStale | delay | E4 | subflows | mptcp_subflow_set_active | Subflows set aside because nothing comes back on them. | 5.15
SubflowRecover | info | I21 | subflows | mptcp_subflow_active | Such subflows taken into use again. | 5.15
SndWndShared | info | E4 | times | mptcp_check_allowed_size | The window of the connection, not of the subflow, bounded what was sent. | 5.19
RcvWndShared | info | I22 | times | mptcp_set_rwin | Windows were made as large as another subflow had said. | 5.19
RcvWndConflictUpdate | info | I22 | times | mptcp_set_rwin | Subflows disagreed on the window; the larger was taken. | 5.19
RcvWndConflict | info | I22 | times | mptcp_set_rwin | Subflows disagreed on the window. | 5.19
MPCurrEstab | info | I21 | gauge connections | mptcp_set_state | MPTCP connections established now. | 6.8
Blackhole | delay | E4 | times | mptcp_active_disable | MPTCP switched off for a while: something on the path swallows it. | 6.12
MPCapableDataFallback | info | I22 | connections |  | Became plain TCP: data came without a mapping. | 6.16
MD5SigFallback | info | I20 | connections | subflow_check_req | Became plain TCP: signed with MD5. | 6.16
DssFallback | info | I22 | connections | check_fully_established | Became plain TCP: the first data had no mapping. | 6.16
SimultConnectFallback | info | I21 | connections | subflow_state_change | Became plain TCP: both sides connected at once. | 6.16
FallbackFailed | loss | I22 | connections | __mptcp_try_fallback | Could not become plain TCP any more: reset. | 6.16
MD5SigReset | loss | I20 | subflows |  | Subflows reset: signed with MD5.
DssReset | loss | I22 | subflows |  | Subflows reset: data without a mapping, and too late to become plain TCP.
BacklogDrop | loss | I22 | segments |  | Data thrown away while the application held the socket and its backlog was full.
OFOPruned | loss | I22 | segments |  | Out-of-order data thrown away to make room.
MPJoinNoIdFound | loss | I20 | packets | subflow_check_req | Requests to join from an address that has no number here.
MPJoinSynAckNoMPJoin | loss | I21 | packets | subflow_finish_connect | Answers to our requests to join that lack the option: something on the path removed it.
MPJoinAckNoMPJoin | loss | I20 | packets | subflow_syn_recv_sock | Last ACKs of a join that lack the option: something on the path removed it.
MPJoinAckNoCtx | loss | I20 | packets | subflow_syn_recv_sock | Last ACKs of a join whose connection is gone.
MPJoinNotEstablished | loss | I20 | packets | subflow_syn_recv_sock | Joins refused: the connection is not fully established.
WinProbe | delay | E4 | segments | __mptcp_push_pending | Probes of a peer's closed window. | 6.18
RcvPruned | loss | I22 | segments | mptcp_data_ready | Data thrown away because the receive buffer of the whole connection was full.
`,
);
