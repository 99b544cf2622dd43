import { type CounterMeaning, meaningsOf } from './counterMeaning.ts';

const udp = `
InDatagrams | info | I25 | datagrams | udp_recvmsg | Datagrams that applications have read.
NoPorts | loss | I19 | datagrams | __udp4_lib_rcv | Dropped: nobody has this port open; the sender is told by ICMP.
InErrors | loss | I22 | datagrams | __udp_queue_rcv_skb | All that was dropped before it was read: RcvbufErrors, MemErrors, InCsumErrors and filters together.
OutDatagrams | info | E1 | datagrams | udp_send_skb | Datagrams sent.
RcvbufErrors | loss | I22 | datagrams | __udp_queue_rcv_skb | Dropped because the socket's receive buffer was full: the reader is too slow or the buffer too small. Also in InErrors.
SndbufErrors | loss | E1 | datagrams | udp_sendmsg | Not sent: the send buffer was full, or a qdisc of this host dropped it.
InCsumErrors | loss | I19 | datagrams | udp_queue_rcv_one_skb | Dropped: wrong checksum. Also in InErrors. | 3.10
IgnoredMulti | info | I19 | datagrams | __udp4_lib_mcast_deliver | Multicast or broadcast that no socket here wants; harmless. | 4.0
MemErrors | loss | I22 | datagrams | __udp_queue_rcv_skb | Dropped because UDP as a whole was over udp_mem. Also in InErrors. | 5.11
`;

const lite = (section: string): readonly CounterMeaning[] =>
  meaningsOf(section, udp).map((row) => ({
    ...row,
    meaning: `UDP-Lite, which almost nobody uses. ${row.meaning}`,
    until: row.until ?? '7.2',
  }));

/** `Udp`, `UdpLite` of /proc/net/snmp and `Udp6`, `UdpLite6` of /proc/net/snmp6: each family counts apart. */
export const udpMeanings: readonly CounterMeaning[] = [
  ...meaningsOf('Udp', udp),
  ...meaningsOf('Udp6', udp).map((row) => ({ ...row, where: row.where.replace('udp4', 'udp6') })),
  ...lite('UdpLite'),
  ...lite('UdpLite6'),
];
