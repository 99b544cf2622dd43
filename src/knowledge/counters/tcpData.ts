import { meaningsOf } from './counterMeaning.ts';

/** `TcpExt`: how data is sent, lost, sent again and received. */
export const tcpDataMeanings = meaningsOf(
  'TcpExt',
  `
TCPTimeouts | delay | E4 | times | tcp_retransmit_timer | A retransmission timer fired: nothing came back, not even duplicate ACKs. SYNs without an answer count too.
TCPSynRetrans | delay | E4 | segments | __tcp_retransmit_skb | SYN or SYN-ACK sent again: the other side drops or does not answer. | 3.14
TCPLostRetransmit | delay | E4 | segments | tcp_mark_skb_lost | A retransmitted segment was lost again.
TCPFastRetrans | delay | E4 | segments | tcp_xmit_retransmit_queue | Loss repaired by duplicate ACKs or RACK, without waiting for the timer.
TCPSlowStartRetrans | delay | E4 | segments | tcp_xmit_retransmit_queue | Segments sent again in slow start, after a timeout.
TCPForwardRetrans | delay | E4 | segments | tcp_xmit_retransmit_queue | Segments sent again before it was known that they are lost. | -4.14
TCPRetransFail | delay | E4 | segments | __tcp_retransmit_skb | A retransmission could not be handed to the device. | 2.6.38
TCPSpuriousRtxHostQueues | delay | E11 | segments | skb_still_in_host_queue | Wanted to resend while the original still waits in this host's own queues. | 3.10
TCPLossProbes | delay | E4 | segments | tcp_send_loss_probe | Tail loss probes sent: the last segment of a burst was not acknowledged in time. | 3.10
TCPLossProbeRecovery | delay | E4 | times | tcp_process_tlp_ack | Tail losses that the probe repaired. | 3.10
TCPLoss | delay | E4 | times | tcp_enter_recovery | Losses found by the time a segment was sent. | -3.6
TCPRenoRecovery | delay | E4 | times | tcp_enter_recovery | Fast recovery begun with a peer that has no SACK.
TCPSackRecovery | delay | E4 | times | tcp_enter_recovery | Fast recovery begun with a peer that has SACK.
TCPRenoRecoveryFail | delay | E4 | times | tcp_retransmit_timer | Recovery without SACK that ended in a timeout.
TCPSackRecoveryFail | delay | E4 | times | tcp_retransmit_timer | Recovery with SACK that ended in a timeout.
TCPRenoFailures | delay | E4 | times | tcp_retransmit_timer | A timeout while duplicate ACKs came in, without SACK.
TCPSackFailures | delay | E4 | times | tcp_retransmit_timer | A timeout while SACKs came in.
TCPLossFailures | delay | E4 | times | tcp_retransmit_timer | Another timeout while still recovering from one.
TCPSACKReneging | delay | I21 | times | tcp_timeout_mark_lost | The peer took back what it had said it has: everything is sent again.
TCPSACKDiscard | info | I21 | blocks | tcp_sacktag_write_queue | SACK blocks that make no sense: ignored.
TCPSackShifted | info | I21 | segments | tcp_shifted_skb | Acknowledged pieces moved into the segment before: bookkeeping.
TCPSackMerged | info | I21 | segments | tcp_shifted_skb | Acknowledged segments joined into one: bookkeeping.
TCPSackShiftFallback | info | I21 | times | tcp_shift_skb_data | Segments that could not be joined that way.
TCPDSACKOldSent | info | I22 | segments | tcp_dsack_set | The peer sent what had been read already; it was told so.
TCPDSACKOfoSent | info | I22 | segments | tcp_dsack_set | The peer sent what waits out of order already; it was told so.
TCPDSACKRecv | delay | I21 | blocks | tcp_check_dsack | The peer got a segment twice: we retransmitted without need.
TCPDSACKOfoRecv | delay | I21 | blocks | tcp_check_dsack | The peer got a segment twice that was out of order there.
TCPDSACKRecvSegs | delay | I21 | segments | tcp_dsack_seen | Segments that the peers got twice. | 5.10
TCPDSACKIgnoredOld | info | I21 | blocks | tcp_sacktag_write_queue | Such notices about data of long ago: ignored.
TCPDSACKIgnoredNoUndo | info | I21 | blocks | tcp_sacktag_write_queue | Such notices where there is nothing to take back: ignored.
TCPDSACKIgnoredDubious | info | I21 | blocks | tcp_dsack_seen | Such notices of more than was ever sent again: ignored. | 5.10
TCPSpuriousRTOs | delay | I21 | times | tcp_try_undo_loss | Timeouts that proved needless: delay, not loss.
TCPFullUndo | delay | I21 | times | tcp_try_undo_recovery | A slow-down taken back in full: what was taken for lost was not.
TCPPartialUndo | delay | I21 | times | tcp_try_undo_partial | A slow-down taken back in the middle of recovery: segments were reordered.
TCPDSACKUndo | delay | I21 | times | tcp_try_undo_dsack | A slow-down taken back because the retransmission was needless.
TCPLossUndo | delay | I21 | times | tcp_try_undo_loss | A slow-down after a timeout taken back: the original had arrived.
TCPSACKReorder | delay | I21 | times | tcp_check_sack_reordering | Reordering seen through SACK.
TCPRenoReorder | delay | I21 | times | tcp_check_reno_reordering | Reordering seen without SACK.
TCPTSReorder | delay | I21 | times | tcp_check_sack_reordering | Reordering seen through timestamps.
TCPFACKReorder | delay | I21 | times | tcp_update_reordering | Reordering seen through forward acknowledgement. | -4.14
TcpTimeoutRehash | delay | E4 | times | tcp_write_timeout | After a timeout the flow label was changed, to get onto another path. | 5.6
TcpDuplicateDataRehash | delay | I21 | times | tcp_rcv_spurious_retrans | After data came twice the flow label was changed: our ACKs may be lost on this path. | 5.6
TCPPLBRehash | delay | E4 | times | tcp_plb_check_rehash | The flow label was changed because of congestion marks (tcp_plb_enabled). | 6.2
TCPOrigDataSent | info | E4 | segments | tcp_event_new_data_sent | Segments with new data sent: no ACKs, no retransmissions. | 3.10
TCPDelivered | info | I21 | segments | tcp_newly_delivered | Segments with data, and SYNs, that peers acknowledged. | 4.18
TCPDeliveredCE | delay | I21 | segments | tcp_newly_delivered | Of these, those that peers saw with a congestion mark. | 4.18
TCPAutoCorking | info | E3 | times | tcp_push | Small writes held back for a moment, to leave in one segment. | 3.14
TCPWqueueTooBig | loss | E3 | times | tcp_fragment | Send queue refused to split further: too many small segments. | 5.2
TCPHystartTrainDetect | info | I21 | times | hystart_update | Slow start of cubic ended because ACKs came in a long train. | 3.18
TCPHystartTrainCwnd | info | I21 | segments | hystart_update | Congestion windows at those ends, added up. | 3.18
TCPHystartDelayDetect | info | I21 | times | hystart_update | Slow start of cubic ended because the round trip grew. | 3.18
TCPHystartDelayCwnd | info | I21 | segments | hystart_update | Congestion windows at those ends, added up. | 3.18
TCPWinProbe | delay | E4 | segments | tcp_send_probe0 | Probes of a peer's closed window: the peer does not read. | 3.18
TCPMTUPFail | info | E4 | times | tcp_mtup_probe_failed | Probes for a larger MTU that were lost (tcp_mtu_probing). | 4.1
TCPMTUPSuccess | info | I21 | times | tcp_mtup_probe_success | Probes for a larger MTU that arrived. | 4.1
DelayedACKs | info | E4 | segments | tcp_delack_timer_handler | ACKs sent by the timer of delayed ACKs.
DelayedACKLocked | delay | I21 | times | tcp_delack_timer | Delayed ACKs delayed further, because the application held the socket.
DelayedACKLost | delay | I21 | segments | tcp_send_dupack | Old data came again: an ACK may have been lost, or was too late.
TCPAckCompressed | info | I21 | segments | tcp_event_ack_sent | Duplicate ACKs saved by waiting for a moment (tcp_comp_sack_*). | 4.18
TCPHPHits | info | I21 | segments | tcp_rcv_established | Segments with data that took the fast path: in order, nothing special.
TCPHPAcks | info | I21 | segments | tcp_ack | ACKs that took the fast path.
TCPPureAcks | info | I21 | segments | tcp_ack | ACKs without data that took the slow path.
TCPHPHitsToUser | info | I21 | segments | tcp_rcv_established | Fast-path data copied straight to a reader that waited. | -4.14
TCPPrequeued | info | I22 | segments | tcp_prequeue | Segments left to the reader to process. | -4.14
TCPPrequeueDropped | loss | I22 | segments | tcp_prequeue | Segments that filled that queue, processed at once. | -4.14
TCPDirectCopyFromBacklog | info | I22 | bytes | tcp_recvmsg | Bytes copied straight to a reader out of the backlog. | -4.14
TCPDirectCopyFromPrequeue | info | I22 | bytes | tcp_recvmsg | Bytes copied straight to a reader out of the prequeue. | -4.14
TCPSchedulerFailed | delay | I24 | times | tcp_delack_timer_handler | The reader was woken too late for that queue. | -4.14
TCPOFOQueue | delay | I22 | segments | tcp_data_queue_ofo | Segments that arrived out of order and wait for the gap to fill.
TCPOFOMerge | info | I22 | segments | tcp_data_queue_ofo | Out-of-order segments that were there already, in part or whole.
TCPOFODrop | loss | I22 | segments | tcp_data_queue_ofo | Out-of-order segment dropped for lack of memory.
OfoPruned | loss | I22 | times | tcp_prune_ofo_queue | Out-of-order queue thrown away to make room.
PruneCalled | delay | I22 | times | tcp_prune_queue | A receive buffer was over its limit and had to be tidied.
RcvPruned | loss | I22 | times | tcp_prune_queue | In-order data dropped because the receive buffer was full.
TCPRcvCollapsed | info | I22 | segments | tcp_collapse_one | Segments copied together to save buffer memory; costs CPU, loses nothing.
TCPRcvCoalesce | info | I22 | segments | tcp_try_coalesce | Segments joined to the one before in the receive queue: saves memory.
TCPBacklogCoalesce | info | I21 | segments | tcp_add_backlog | Segments joined in the backlog of a socket in use. | 5.0
TCPBacklogDrop | loss | I21 | segments | tcp_add_backlog | Dropped while the application held the socket and its backlog was full. | 2.6.34
TCPRcvQDrop | loss | I22 | segments | tcp_data_queue | Dropped because no memory was allowed for the receive queue. | 4.18
TCPZeroWindowDrop | loss | I22 | segments | tcp_data_queue | Data that arrived although we had announced a closed window. | 4.18
PFMemallocDrop | loss | I22 | packets | sk_filter_trim_cap | Dropped: the machine was nearly out of memory, and the packet held of the last reserve. | 4.11
TCPFromZeroWindowAdv | info | I22 | times | tcp_select_window | This host opened a closed window of its own again. | 3.15
TCPToZeroWindowAdv | delay | I22 | times | tcp_select_window | We told the peer to stop: the application does not read. | 3.15
TCPWantZeroWindowAdv | delay | I22 | times | tcp_select_window | We wanted to close the window and could not take back what was promised. | 3.15
TCPMemoryPressures | delay | I22 | times | tcp_enter_memory_pressure | TCP as a whole went over the pressure mark of tcp_mem.
TCPMemoryPressuresChrono | delay | I22 | ms | tcp_leave_memory_pressure | Milliseconds spent under memory pressure. | 4.13
BusyPollRxPackets | info | I25 | packets | __napi_busy_loop | Packets that readers fetched themselves from the NIC's queue (busy polling). | 3.11
`,
);
