import { counterWords } from './nicCounters.ts';

type Row = readonly [name: RegExp, meaning: string];

/** By name, lower case, words joined by `_`; the first that matches is taken. */
const rows: readonly Row[] = [
  [/bw_in_allowance/, 'Packets queued or dropped: inbound bandwidth above what this cloud instance may use.'],
  [/bw_out_allowance/, 'Packets queued or dropped: outbound bandwidth above what this cloud instance may use.'],
  [/pps_allowance/, 'Packets queued or dropped: more packets a second than this cloud instance may send and receive.'],
  [/conntrack_allowance_exceeded/, 'Packets dropped: more tracked connections than this cloud instance may have.'],
  [/conntrack_allowance_available/, 'Connections this cloud instance may still track.'],
  [/linklocal_allowance/, 'Packets dropped: too many to the local DNS, time or metadata service of the cloud.'],
  [
    /out_of_buffer|no_buffers_posted|no_dma_resources|nobuffer_discards/,
    'Frames dropped: no receive buffer was posted.',
  ],
  [/no_buffer_count/, 'No receive descriptor was free; the NIC still held the frame. Before loss, not yet loss.'],
  [/missed_errors|rx_missed/, 'Frames dropped by the NIC: the host took them from the ring too slowly.'],
  [
    /no_?desc(?:_|$)|no_erx|no_tpre|no_pbuf|no_frags|(?:^|_)oob(?:_|$)/,
    'Frames dropped: no receive descriptor or buffer was free.',
  ],
  [/empty_rx_ring|bds_empty/, 'Moments in which the receive ring had no buffer left.'],
  [
    /buf_discard|cong_discard|rx_discards_phy|brb_/,
    'Dropped in the NIC’s own buffer: the bus or the host was too slow.',
  ],
  [
    /rx_over_errors|(?<!tx_)fifo_(?:err|over)|overrun/,
    'Receive FIFO or ring overran: frames lost. What exactly is the driver’s own.',
  ],
  [/mbuf_lwm/, 'The NIC’s buffer memory ran low.'],
  [/steer_missed/, 'Frames that matched no steering rule, such as those for another host’s address.'],
  [/unknown_protocol/, 'Frames of a protocol the NIC does not know.'],
  [/queue_?wake|(?:^|_)wake|tx_restart|restart(?:_queue)?$/, 'A transmit queue that had been stopped went on.'],
  [
    /queue_?stop|(?:^|_)stop(?:s|ped)?(?:_|$)/,
    'A transmit queue was full and was stopped: the NIC sends slower than the host queues.',
  ],
  [
    /tx_busy|send_full|ring_full|no_space/,
    'The driver found no room in the transmit ring; the packet went back to the queueing discipline.',
  ],
  [/pci_stalled/, 'The NIC waited for the PCIe bus.'],
  [/pause|xoff|xon|flow_control|pfc_/, 'Flow control: one side asked the other to stop or to go on sending.'],
  [
    /alloc_?(?:rx_)?\w*fail|buff?_alloc_(?:err|fail)|no_?memory|alloc_discard|noskb|no_skbs|oom_discards/,
    'The driver could not get memory for a buffer or packet.',
  ],
  [/dma_?(?:map\w*)?_?(?:err|fail)/, 'A buffer could not be mapped for the device.'],
  [/crc|fcs/, 'Frames with a wrong checksum (FCS): cable, optics, port or duplex.'],
  [/align|symbol|pcs_|illegal|frame_errors/, 'Damaged on the wire: cable, optics, port or duplex.'],
  [/uncorrect/, 'Blocks that forward error correction could not repair.'],
  [
    /undersize|runt|too_short|short_length|fragments|undrsz/,
    'Frames shorter than Ethernet allows; fragments also have a wrong FCS.',
  ],
  [
    /oversize|too_long|long_length|giant|jabber|jbr|ovrsz|mtu_err|over_mru/,
    'Frames longer than this side takes: MTU differs, or jabber.',
  ],
  [/length_err|range_len|in_range|out_range/, 'The length field and the length of the frame differ.'],
  [/csum|chksum|checksum/, 'Packets with a wrong IP, TCP or UDP checksum, as the NIC saw it.'],
  [/collision|late_coll/, 'Collisions: only on half duplex; late ones mean a duplex mismatch.'],
  [/carrier/, 'Carrier lost while sending.'],
  [/link_down/, 'The link went down.'],
  [/hwtstamp_timeout/, 'A hardware time stamp of a sent packet did not come.'],
  [/timeout/, 'The transmit watchdog fired: the queue had not moved for seconds, and the driver reset it.'],
  [/resets?(?:_|$)/, 'The driver reset the queue or device.'],
  [/too_many_frags|linear/, 'A packet had more fragments than the NIC takes.'],
  [/link_fault|faults?$/, 'The port reported a fault of the link, on this side (local) or the other (remote).'],
  [/missed_irqs/, 'Work was waiting and no interrupt came.'],
  [/ring_discards/, 'Frames dropped because the receive ring had no free descriptor.'],
  [/drop|discard|overflow/, 'Frames or packets thrown away; why is the driver’s own.'],
];

/** What a line of `ethtool -S` means, in a sentence; null where nothing is known beyond its name. */
export function nicCounterMeaning(name: string): string | null {
  const words = counterWords(name);
  return rows.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
