import type { NicCounterKind } from './nicCounters.ts';

type Row = readonly [kind: NicCounterKind, meaning: string];

/** `struct rtnl_link_stats64` (include/uapi/linux/if_link.h) by the names of `/sys/class/net/X/statistics`, and what stands beside it. */
const rows: ReadonlyMap<string, Row> = new Map<string, Row>([
  ['rx_packets', ['info', 'Packets received and passed on; virtual devices count what passes through them.']],
  ['tx_packets', ['info', 'Packets sent.']],
  ['rx_bytes', ['info', 'Bytes received.']],
  ['tx_bytes', ['info', 'Bytes sent.']],
  ['multicast', ['info', 'Multicast packets received.']],
  ['rx_compressed', ['info', 'Compressed packets received (CSLIP, PPP).']],
  ['tx_compressed', ['info', 'Compressed packets sent (CSLIP, PPP).']],
  ['rx_errors', ['error', 'All bad packets the device reported; the lines below say why, where the driver does.']],
  ['tx_errors', ['error', 'All failed transmissions the driver reported.']],
  [
    'rx_dropped',
    ['drop', 'Received and then dropped by software: no handler for the protocol, backlog full, out of memory.'],
  ],
  ['tx_dropped', ['drop', 'Dropped on the way to the device: no memory, or the queue refused.']],
  [
    'rx_missed_errors',
    ['ring', 'Dropped by the device for lack of receive buffers: the host took frames from the ring too slowly.'],
  ],
  ['rx_fifo_errors', ['ring', 'Receive FIFO overran; some drivers count an empty ring here.']],
  ['rx_over_errors', ['ring', 'Receiver overran: what exactly is the driver’s own.']],
  ['rx_crc_errors', ['error', 'Frames with a wrong checksum (FCS): cable, optics, port or duplex.']],
  ['rx_frame_errors', ['error', 'Frames with a broken alignment: cable, port or duplex.']],
  ['rx_length_errors', ['error', 'Frames with a wrong length: MTU of the two sides differs, or damage.']],
  ['rx_nohandler', ['drop', 'Received on an interface that takes no packets now, such as the passive side of a bond.']],
  [
    'rx_otherhost_dropped',
    ['drop', 'Frames for another host’s address, seen because the interface takes every frame.'],
  ],
  ['tx_aborted_errors', ['error', 'Given up, after too many collisions for instance.']],
  ['tx_carrier_errors', ['error', 'Carrier lost while sending.']],
  ['tx_fifo_errors', ['error', 'Transmit FIFO ran empty in the middle of a frame.']],
  ['tx_heartbeat_errors', ['error', 'No heartbeat from an old half-duplex transceiver.']],
  ['tx_window_errors', ['error', 'Late collisions.']],
  ['collisions', ['error', 'Collisions: only on half duplex.']],
  ['carrier_changes', ['info', 'How often the link went up or down.']],
  ['carrier_up_count', ['info', 'How often the link went up.']],
  ['carrier_down_count', ['info', 'How often the link went down.']],
]);

/** The files of a transmit queue: `tx-0/tx_timeout` */
const queueRows: ReadonlyMap<string, Row> = new Map<string, Row>([
  ['tx_timeout', ['error', 'The transmit watchdog found the queue stuck for seconds.']],
  ['stall_cnt', ['stopped', 'Completions that took longer than stall_thrs.']],
]);

/** What a statistic of an interface counts; null for a name this kernel header does not have. */
export function linkStatistic(name: string): { readonly kind: NicCounterKind; readonly meaning: string } | null {
  const row = rows.get(name) ?? queueRows.get(name.slice(name.lastIndexOf('/') + 1));
  return row === undefined ? null : { kind: row[0], meaning: row[1] };
}
