import { meaningsOf } from './counterMeaning.ts';

/** `Ip` of /proc/net/snmp: RFC 4293, IPv4. */
export const ipMeanings = meaningsOf(
  'Ip',
  `
Forwarding | info | I17 | setting | snmp_seq_show | 1: this host forwards packets between interfaces (net.ipv4.ip_forward). 2: it does not.
DefaultTTL | info | E6 | setting hops | snmp_seq_show | Time to live of packets sent, net.ipv4.ip_default_ttl.
InReceives | info | I15 | packets | ip_rcv_core | IPv4 packets that came in, after GRO put segments together, broken ones included.
InHdrErrors | loss | I15 | packets | ip_rcv_core | Dropped: the IP header is broken, or the time to live ended where this host would have forwarded.
InAddrErrors | loss | I17 | packets | ip_error | Dropped: addressed to another host, and this one does not forward.
ForwDatagrams | info | I17 | packets | ip_forward | Packets forwarded to another host.
InUnknownProtos | loss | I19 | packets | ip_protocol_deliver_rcu | Dropped: no handler here for the protocol after IP.
InDiscards | loss | I15 | packets | ip_rcv_core | Sound packets dropped for lack of memory.
InDelivers | info | I18 | packets | ip_protocol_deliver_rcu | Handed to TCP, UDP, ICMP or another protocol.
OutRequests | info | E6 | packets | __ip_local_out | Packets this host itself sent, before segmentation; forwarded ones are not in it.
OutDiscards | loss | E8 | packets | ip_send_skb | Own packets dropped on the way out: no memory, or the qdisc or device refused them.
OutNoRoutes | loss | E7 | packets | ip_queue_xmit | Could not be sent: no route to the destination.
ReasmTimeout | loss | I18 | times | ip_expire | A packet's fragments did not all arrive in time (net.ipv4.ipfrag_time): one was lost on the way.
ReasmReqds | info | I18 | fragments | ip_defrag | Fragments that came in and had to be put together.
ReasmOKs | info | I18 | packets | ip_frag_reasm | Packets put together from fragments.
ReasmFails | loss | I18 | packets | ip_frag_reasm | Could not be put together: a fragment missing (ReasmTimeout is in it), broken, or no memory left for fragments.
FragOKs | info | E8 | packets | ip_do_fragment | Packets cut into fragments; TCP should cause none.
FragFails | loss | E8 | packets | ip_fragment | Too large for the next link and not to be fragmented: dropped, the sender told. With ICMP filtered that is a black hole.
FragCreates | info | E8 | fragments | ip_do_fragment | Fragments made.
OutTransmits | info | E8 | packets | ip_output | Packets handed down to a device, own and forwarded. | 6.8
`,
);

/** `IpExt` of /proc/net/netstat: IPv4. */
export const ipExtMeanings = meaningsOf(
  'IpExt',
  `
InNoRoutes | loss | I17 | packets | ip_error | Dropped: came in to be forwarded, and there is no route.
InTruncatedPkts | loss | I15 | packets | ip_rcv_core | Dropped: shorter than the header says.
InMcastPkts | info | I17 | packets | ip_rcv_finish_core | Multicast packets received.
OutMcastPkts | info | E8 | packets | ip_finish_output2 | Multicast packets sent.
InBcastPkts | info | I17 | packets | ip_rcv_finish_core | Broadcast packets received.
OutBcastPkts | info | E8 | packets | ip_finish_output2 | Broadcast packets sent.
InOctets | info | I15 | bytes | ip_rcv_core | Bytes of IPv4 received, headers included.
OutOctets | info | E8 | bytes | ip_output | Bytes of IPv4 sent, headers included.
InMcastOctets | info | I17 | bytes | ip_rcv_finish_core | Bytes of multicast received.
OutMcastOctets | info | E8 | bytes | ip_finish_output2 | Bytes of multicast sent.
InBcastOctets | info | I17 | bytes | ip_rcv_finish_core | Bytes of broadcast received.
OutBcastOctets | info | E8 | bytes | ip_finish_output2 | Bytes of broadcast sent.
InCsumErrors | loss | I15 | packets | ip_rcv_core | Dropped: wrong checksum of the IP header; also in InHdrErrors. | 3.10
InNoECTPkts | info | I15 | packets | ip_rcv_core | Packets of senders that use no ECN; GRO'd segments are counted one by one. | 3.10
InECT1Pkts | info | I15 | packets | ip_rcv_core | Packets marked ECT(1): senders of L4S. | 3.10
InECT0Pkts | info | I15 | packets | ip_rcv_core | Packets marked ECT(0): senders that would heed congestion marks. | 3.10
InCEPkts | delay | I15 | packets | ip_rcv_core | Packets marked on their way: a router there is congested. Nothing was lost yet. | 3.10
ReasmOverlaps | loss | I18 | fragments | inet_frag_queue_insert | Fragments that overlap others: the packet is thrown away, for it may be an attack. | 4.20
`,
);

/** The IPv6 section of /proc/net/snmp6. */
export const ip6Meanings = meaningsOf(
  'Ip6',
  `
InReceives | info | I15 | packets | ip6_rcv_core | IPv6 packets that came in, broken ones included.
InHdrErrors | loss | I15 | packets | ip6_rcv_core | Dropped: the header or an extension header is broken, or the hop limit ended.
InTooBigErrors | loss | E8 | packets | ip6_forward | Too large for the next link: dropped, and the sender told to send smaller ones.
InNoRoutes | loss | I17 | packets | ip6_pkt_drop | Dropped: came in, and there is no route.
InAddrErrors | loss | I17 | packets | ip6_pkt_drop | Dropped: the destination is not valid here, or this host does not forward.
InUnknownProtos | loss | I19 | packets | ip6_protocol_deliver_rcu | Dropped: no handler here for the protocol after IPv6.
InTruncatedPkts | loss | I15 | packets | ip6_rcv_core | Dropped: shorter than the header says.
InDiscards | loss | I15 | packets | ip6_rcv_core | Dropped without an error of the packet: no memory, IPv6 switched off on the interface.
InDelivers | info | I18 | packets | ip6_protocol_deliver_rcu | Handed to TCP, UDP, ICMPv6 or another protocol.
OutForwDatagrams | info | I17 | packets | ip6_forward_finish | Packets forwarded to another host.
OutRequests | info | E6 | packets | ip6_xmit | Packets this host itself sent.
OutDiscards | loss | E8 | packets | ip6_send_skb | Dropped on the way out: no memory, or the qdisc or device refused them.
OutNoRoutes | loss | E7 | packets | ip6_pkt_drop | Could not be sent: no route to the destination.
ReasmTimeout | loss | I18 | times | ip6frag_expire_frag_queue | A packet's fragments did not all arrive in time: one was lost on the way.
ReasmReqds | info | I18 | fragments | ipv6_frag_rcv | Fragments that came in and had to be put together.
ReasmOKs | info | I18 | packets | ip6_frag_reasm | Packets put together from fragments.
ReasmFails | loss | I18 | packets | ip6_frag_reasm | Could not be put together: a fragment missing (ReasmTimeout is in it), overlapping, or no memory left for fragments.
FragOKs | info | E8 | packets | ip6_fragment | Packets this host cut into fragments.
FragFails | loss | E8 | packets | ip6_fragment | Could not be fragmented, and dropped.
FragCreates | info | E8 | fragments | ip6_fragment | Fragments made.
InMcastPkts | info | I15 | packets | ip6_rcv_core | Multicast packets received; neighbour discovery is multicast.
OutMcastPkts | info | E8 | packets | ip6_finish_output2 | Multicast packets sent.
InOctets | info | I15 | bytes | ip6_rcv_core | Bytes of IPv6 received, headers included.
OutOctets | info | E8 | bytes | ip6_output | Bytes of IPv6 sent, headers included.
InMcastOctets | info | I15 | bytes | ip6_rcv_core | Bytes of multicast received.
OutMcastOctets | info | E8 | bytes | ip6_finish_output2 | Bytes of multicast sent.
InBcastOctets | info | I15 | bytes |  | Always 0: IPv6 has no broadcast.
OutBcastOctets | info | E8 | bytes |  | Always 0: IPv6 has no broadcast.
InNoECTPkts | info | I15 | packets | ip6_rcv_core | Packets of senders that use no ECN. | 3.10
InECT1Pkts | info | I15 | packets | ip6_rcv_core | Packets marked ECT(1): senders of L4S. | 3.10
InECT0Pkts | info | I15 | packets | ip6_rcv_core | Packets marked ECT(0): senders that would heed congestion marks. | 3.10
InCEPkts | delay | I15 | packets | ip6_rcv_core | Packets marked on their way: a router there is congested. Nothing was lost yet. | 3.10
OutTransmits | info | E8 | packets | ip6_finish_output2 | Packets handed down to a device, own and forwarded. | 6.8
`,
);
