import { type CounterMeaning, meaningsOf } from './counterMeaning.ts';

/** /proc/net/softnet_stat, one line a CPU. */
export const softnetMeanings = meaningsOf(
  'softnet',
  `
processed | info | I13 | packets | __netif_receive_skb_core | Packets this CPU took into the stack, after GRO, loopback included; one that goes round again counts again.
dropped | loss | I14 | packets | enqueue_to_backlog | Dropped because this CPU's backlog was full or the flow limit was hit. Never drops of the NIC.
time_squeeze | delay | I9 | times | net_rx_action | The packet budget or the time budget ended with work left: it waited for the next round.
cpu_collision | delay | E12 | times | sch_direct_xmit | Two CPUs wanted to send on one device at once; always 0 since. | -4.14
received_rps | info | I12 | times | rps_trigger_softirq | Wake-ups by other CPUs that steered packets here. | 2.6.35
flow_limit_count | loss | I14 | packets | skb_flow_limit | Dropped: one flow filled the backlog (net.core.flow_limit_cpu_bitmap). | 3.11
backlog_len | info | I14 | gauge packets | softnet_seq_show | Packets that wait in this CPU's backlog now. | 5.10
input_qlen | info | I14 | gauge packets | softnet_seq_show | Of these, those not yet taken up. | 6.8
process_qlen | info | I14 | gauge packets | softnet_seq_show | Of these, those being worked on. | 6.8
`,
);

/** /proc/net/sockstat and sockstat6, `PROTOCOL key`. */
export const sockstatMeanings = meaningsOf(
  'sockstat',
  `
sockets used | info | - | gauge sockets | socket_seq_show | Sockets of every family in this namespace.
TCP inuse | info | I21 | gauge sockets | sockstat_seq_show | TCP sockets over IPv4 in this namespace, TIME_WAIT not counted.
TCP orphan | info | E4 | gauge sockets | tcp_orphan_count_sum | Closed by the application and not yet by the network; above tcp_max_orphans they are killed.
TCP tw | info | I21 | gauge sockets | sockstat_seq_show | TIME_WAIT sockets of both families in this namespace.
TCP alloc | info | E2 | gauge sockets | sockstat_seq_show | TCP sockets that hold memory, both families, those not bound yet as well.
TCP mem | info | E2 | gauge pages | sockstat_seq_show | Memory of all TCP buffers in both directions, overhead included, against tcp_mem.
UDP inuse | info | I22 | gauge sockets | sockstat_seq_show | UDP sockets over IPv4 in this namespace.
UDP mem | info | I22 | gauge pages | sockstat_seq_show | Memory of all UDP buffers, against udp_mem.
UDPLITE inuse | info | I22 | gauge sockets | sockstat_seq_show | UDP-Lite sockets. | -7.2
RAW inuse | info | I19 | gauge sockets | sockstat_seq_show | Raw sockets: ping, DHCP, routing daemons.
FRAG inuse | info | I18 | gauge packets | sockstat_seq_show | Packets that wait for the rest of their fragments.
FRAG memory | info | I18 | gauge bytes | sockstat_seq_show | Memory of such fragments; above ipfrag_high_thresh they are thrown away.
TCP6 inuse | info | I21 | gauge sockets | sockstat6_seq_show | TCP sockets over IPv6 in this namespace; those that serve both families are here.
UDP6 inuse | info | I22 | gauge sockets | sockstat6_seq_show | UDP sockets over IPv6 in this namespace.
UDPLITE6 inuse | info | I22 | gauge sockets | sockstat6_seq_show | UDP-Lite sockets over IPv6. | -7.2
RAW6 inuse | info | I19 | gauge sockets | sockstat6_seq_show | Raw sockets over IPv6.
FRAG6 inuse | info | I18 | gauge packets | sockstat6_seq_show | IPv6 packets that wait for the rest of their fragments.
FRAG6 memory | info | I18 | gauge bytes | sockstat6_seq_show | Memory of such fragments; above ip6frag_high_thresh they are thrown away.
`,
);

/** /proc/pressure, `RESOURCE kind`. */
export const pressureMeanings = meaningsOf(
  'pressure',
  `
cpu some | delay | I24 | us | psi_show | Time in which a task that could run had to wait for a CPU: readers of sockets wake late. | 4.20
cpu full | delay | I24 | us | psi_show | Always 0 for the whole machine. | 5.13
memory some | delay | I24 | us | psi_show | Time in which a task waited for memory. | 4.20
memory full | delay | I24 | us | psi_show | Time in which every task that had work waited for memory. | 4.20
io some | delay | I24 | us | psi_show | Time in which a task waited for a disk. | 4.20
io full | delay | I24 | us | psi_show | Time in which every task that had work waited for a disk. | 4.20
irq full | delay | I8 | us | psi_show | Time that interrupts and softirqs took from tasks. | 6.1
`,
);

/** /proc/loadavg. */
export const loadMeanings = meaningsOf(
  'loadavg',
  `
1 minute | info | I24 | gauge tasks | loadavg_proc_show | Tasks that ran, could have run or waited for a disk, averaged over about a minute.
5 minutes | info | I24 | gauge tasks | loadavg_proc_show | The same over five minutes.
15 minutes | info | I24 | gauge tasks | loadavg_proc_show | The same over a quarter of an hour.
running | info | I24 | gauge tasks | loadavg_proc_show | Tasks that run or can run at this moment.
tasks | info | - | gauge tasks | loadavg_proc_show | Tasks there are.
`,
);

/** A protocol of /proc/net/protocols: `TCPv6 sockets`, `TCP press`; null for names of another form. */
export function protocolMeaning(name: string): CounterMeaning | null {
  const [meaning] = protocolMeanings.filter((row) => name.endsWith(` ${row.name}`));
  return meaning === undefined ? null : { ...meaning, name };
}

const protocolMeanings = meaningsOf(
  'protocols',
  `
sockets | info | - | gauge sockets | proto_seq_show | Sockets of this protocol.
press | delay | E2 | gauge | proto_seq_show | 1: the protocol is over the pressure mark of its memory now, on the whole machine.
`,
);

/** /proc/net/xfrm_stat: IPsec. */
export const xfrmMeanings = meaningsOf(
  'Xfrm',
  `
XfrmInError | loss | I18 | packets | xfrm_input | Dropped: an error that has no counter of its own.
XfrmInBufferError | loss | I18 | packets | xfrm_input | Dropped: no memory for the security path.
XfrmInHdrError | loss | I18 | packets | xfrm_input | Dropped: the ESP or AH header is broken.
XfrmInNoStates | loss | I18 | packets | xfrm_input | Dropped: no security association for its address and SPI; the other side uses keys this host no longer has.
XfrmInStateProtoError | loss | I18 | packets | xfrm_input | Dropped: decrypting failed; the keys or the algorithm differ.
XfrmInStateModeError | loss | I18 | packets | xfrm_input | Dropped: tunnel and transport mode do not fit.
XfrmInStateSeqError | loss | I18 | packets | xfrm_input | Dropped: sequence number outside the replay window; packets were reordered too far, or replayed.
XfrmInStateExpired | loss | I18 | packets | xfrm_input | Dropped: the security association has expired.
XfrmInStateMismatch | loss | I18 | packets | xfrm_input | Dropped: the encapsulation (UDP) is not the one agreed.
XfrmInStateInvalid | loss | I18 | packets | xfrm_input | Dropped: the security association is not in use.
XfrmInStateDirError | loss | I18 | packets | xfrm_input | Dropped: the security association is for sending only. | 6.10
XfrmInTmplMismatch | loss | I18 | packets | __xfrm_policy_check | Dropped: not protected as the policy demands.
XfrmInNoPols | loss | I18 | packets | __xfrm_policy_check | Dropped: protected, and no policy allows it.
XfrmInPolBlock | loss | I18 | packets | __xfrm_policy_check | Dropped: a policy says so.
XfrmInPolError | loss | I18 | packets | __xfrm_policy_check | Dropped: an error in a policy.
XfrmInIptfsError | loss | I18 | packets | iptfs_input | Dropped: an error in an aggregated tunnel (IP-TFS). | 6.14
XfrmAcquireError | loss | E7 | times | xfrm_state_find | A security association was to be negotiated, and not accepted in time.
XfrmFwdHdrError | loss | I17 | packets | __xfrm_route_forward | Not forwarded: the header could not be read.
XfrmOutError | loss | E7 | packets | xfrm_output | Not sent: an error that has no counter of its own.
XfrmOutBundleGenError | loss | E7 | packets | xfrm_bundle_create | Not sent: the chain of routes could not be made.
XfrmOutBundleCheckError | loss | E7 | packets | xfrm_bundle_lookup | Not sent: the chain of routes proved wrong.
XfrmOutNoStates | loss | E7 | packets | xfrm_lookup | Not sent: no security association yet.
XfrmOutStateProtoError | loss | E8 | packets | xfrm_output_one | Not sent: encrypting failed.
XfrmOutStateModeError | loss | E8 | packets | xfrm_output_one | Not sent: too large once encrypted, or the mode does not fit.
XfrmOutStateSeqError | loss | E8 | packets | xfrm_output_one | Not sent: sequence numbers ran out; new keys are needed.
XfrmOutStateExpired | loss | E8 | packets | xfrm_output_one | Not sent: the security association has expired.
XfrmOutStateInvalid | loss | E8 | packets | xfrm_output_one | Not sent: the security association is not in use.
XfrmOutStateDirError | loss | E8 | packets | xfrm_output_one | Not sent: the security association is for receiving only. | 6.10
XfrmOutPolBlock | loss | E7 | packets | xfrm_lookup | Not sent: a policy says so.
XfrmOutPolDead | loss | E7 | packets | xfrm_policy_lookup | Not sent: the policy was being removed.
XfrmOutPolError | loss | E7 | packets | xfrm_lookup | Not sent: an error in a policy.
XfrmOutNoQueueSpace | loss | E7 | packets | xfrm_lookup | Not sent: too many packets wait for a security association. | 6.15
`,
);
