import { explainedNames } from './explanation.ts';

/**
 * Where the kernel's statistics of an interface are counted (`linkStatistics.ts` says what they mean). Most are the
 * driver's own figures, asked for by `ndo_get_stats64`; the rest the core counts. The last column is how rules name them.
 */
export const linkPlaces = explainedNames(`
rx_packets | I3 | ndo_get_stats64 (driver) | | rx_packets
tx_packets | E12 | ndo_get_stats64 (driver) |
rx_bytes | I3 | ndo_get_stats64 (driver) |
tx_bytes | E12 | ndo_get_stats64 (driver) |
multicast | I2 | ndo_get_stats64 (driver) |
rx_compressed | I11 | ppp_receive_frame |
tx_compressed | E12 | ppp_send_frame |
rx_errors | I2 | ndo_get_stats64 (driver) |
tx_errors | E12 | ndo_get_stats64 (driver) |
rx_dropped | I13 | __netif_receive_skb_core, enqueue_to_backlog, and the driver |
tx_dropped | E10 | __dev_queue_xmit, and the driver |
rx_missed_errors | I3 | ndo_get_stats64 (driver) |
rx_fifo_errors | I3 | ndo_get_stats64 (driver) |
rx_over_errors | I3 | ndo_get_stats64 (driver) |
rx_crc_errors | I2 | ndo_get_stats64 (driver) |
rx_frame_errors | I1 | ndo_get_stats64 (driver) |
rx_length_errors | I1 | ndo_get_stats64 (driver) |
rx_nohandler | I13 | __netif_receive_skb_core |
rx_otherhost_dropped | I15 | ip_rcv_core, ip6_rcv_core |
tx_aborted_errors | E16 | ndo_get_stats64 (driver) |
tx_carrier_errors | E16 | ndo_get_stats64 (driver) |
tx_fifo_errors | E12 | ndo_get_stats64 (driver) |
tx_heartbeat_errors | E16 | ndo_get_stats64 (driver) |
tx_window_errors | E16 | ndo_get_stats64 (driver) |
collisions | E16 | ndo_get_stats64 (driver) |
carrier_changes | I1 | netif_carrier_on, netif_carrier_off |
carrier_up_count | I1 | netif_carrier_on |
carrier_down_count | I1 | netif_carrier_off |
tx_timeout | E20 | dev_watchdog | | tx_timeout
stall_cnt | E20 | dql_check_stall | | stall_cnt
rx_errs | I2 | dev_seq_printf_stats | All bad packets the device reported.
rx_drop | I13 | dev_seq_printf_stats | Dropped by software and missed by the device together: /proc/net/dev cannot tell the two apart. | rx_missed_errors
rx_fifo | I3 | dev_seq_printf_stats | Receive FIFO overran; some drivers count an empty ring here. | rx_fifo_errors
rx_frame | I2 | dev_seq_printf_stats | Length, overrun, checksum and alignment errors together. | rx_frame_errors
rx_multicast | I2 | dev_seq_printf_stats | Multicast packets received.
tx_errs | E12 | dev_seq_printf_stats | All failed transmissions the driver reported.
tx_drop | E10 | dev_seq_printf_stats | Dropped on the way to the device.
tx_fifo | E12 | dev_seq_printf_stats | Transmit FIFO ran empty in the middle of a frame. | tx_fifo_errors
tx_colls | E16 | dev_seq_printf_stats | Collisions: only on half duplex.
tx_carrier | E16 | dev_seq_printf_stats | Carrier, aborted, window and heartbeat errors together.
`);

/** What a driver counts, by its kind (`nicCounters.ts`), where nothing is known beyond its name; and how rules name the kind. */
export const driverKinds = explainedNames(`
error | I2 | ethtool -S | Frames damaged, or work that failed. What exactly is the driver’s own. | rx_crc_errors
drop | I3 | ethtool -S | Good frames thrown away. Why is the driver’s own.
ring | I3 | ethtool -S | The receive ring, or the NIC’s own buffer, had no room. | rx_missed_errors + ethtool -S
stopped | E12 | ethtool -S | A transmit queue was full and stopped, or went on again. | ethtool -S + transmit + stopped
allowance | I3 | ethtool -S | Over what the cloud allows this instance. | *_allowance_exceeded
pause | I1 | ethtool -S | Pause frames: one side asked the other to stop. | ethtool -S + pause
info | I3 | ethtool -S | A figure of the driver’s own: traffic, or what it did. By its name alone nothing is known to be wrong when it grows.
`);

/** Figures of the Path tab that are no single counter of a file, as `pathMeasures.ts` names them. */
export const measures = explainedNames(`
ring lost | I3 | ethtool -S, /sys/class/net/NIC/statistics | Frames lost because no receive descriptor was free, by the counter that this driver has for it. | rx_missed_errors
ring waiting | I3 | ethtool -S | Moments in which no receive descriptor was free while the NIC still held the frame: before loss, not yet loss.
driver pause-sent | I1 | ethtool -S | Pause frames this side sent: it asked the other to stop because its own buffers filled. | ethtool -S + pause
driver pause-received | E16 | ethtool -S | Pause frames the other side sent: what this host had to send waited. | ethtool -S + pause
driver allowance | I3 | ethtool -S | Packets queued or dropped because the cloud allows this instance no more. | *_allowance_exceeded
driver stopped | E12 | ethtool -S | How often a transmit queue was full and had to stop. | ethtool -S + transmit + stopped
irq rx-packets-each | I4 | /proc/interrupts, /sys/class/net/NIC/statistics | Packets received for each interrupt of the receive queues. Near 1 nothing is gathered; the more, the later the first of them. | interrupts of the receive vectors
irq rx | I5 | /proc/interrupts | Interrupts of the receive queues, all CPUs. | /proc/interrupts
irq tx | E17 | /proc/interrupts | Interrupts of queues that only send, all CPUs.
listener fullest | I20 | ss -ltn | The accept queue that is nearest to its limit now. | ss -ltn
udp drops | I22 | /proc/net/udp, udp6 | Datagrams that single sockets had no room for; those of sockets that are closed since are not in it.
queue tx_timeout | E20 | /sys/class/net/NIC/queues/tx-N/tx_timeout | The transmit watchdog found a queue stuck for seconds. | tx_timeout
queue stall_cnt | E20 | byte_queue_limits/stall_cnt | Completions that took longer than stall_thrs. | stall_cnt
queue inflight | E20 | byte_queue_limits/inflight | Bytes handed to the NIC and not yet reported as sent.
qdisc packets | E11 | tc -s qdisc | Packets that the root qdisc passed on to the driver. | tc -s qdisc + packets
qdisc drops | E11 | tc -s qdisc | Packets that the qdisc threw away: its limit was reached, or its own policy said so. | tc -s qdisc + drops
qdisc overlimits | E11 | tc -s qdisc | How often a packet had to wait because of a rate. Nothing is lost by it.
qdisc requeues | E12 | tc -s qdisc | Packets that came back from the driver because its ring was full. They wait. | tc -s qdisc + requeues
qdisc backlog | E11 | tc -s qdisc | Bytes that wait in the qdisc now. | tc -s qdisc + backlog
`);
