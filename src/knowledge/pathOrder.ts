import type { StepId } from './steps.ts';

/** Parts of a host that a packet passes, from the wire upwards. */
export type PathZone = 'nic' | 'driver' | 'ip' | 'transport' | 'socket';

/** A step where it is drawn. */
export interface PathStop {
  readonly id: StepId;
  readonly zone: PathZone;
  /** Why not every packet comes by here; null for one on the way of all. */
  readonly aside: string | null;
}

/** Names of the zones, in the order they are drawn: what is nearest to the application on top. */
export const pathZones: readonly { readonly id: PathZone; readonly name: string }[] = [
  { id: 'socket', name: 'Socket and application' },
  { id: 'transport', name: 'TCP, UDP' },
  { id: 'ip', name: 'IP and netfilter' },
  { id: 'driver', name: 'Driver, softirq, queues' },
  { id: 'nic', name: 'NIC' },
];

const on = (zone: PathZone, ...ids: readonly StepId[]): PathStop[] => ids.map((id) => ({ id, zone, aside: null }));
const beside = (zone: PathZone, id: StepId, aside: string): PathStop => ({ id, zone, aside });

/**
 * The way in as the kernel runs it, which is not quite the order of the numbers: the backlog lies between steering and
 * core receive (enqueue_to_backlog, process_backlog, __netif_receive_skb), and the receive buffer is tuned when the
 * application has read (tcp_recvmsg calls tcp_rcv_space_adjust).
 */
export const wayIn: readonly PathStop[] = [
  ...on('nic', 'I1', 'I2', 'I3', 'I4'),
  ...on('driver', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10', 'I11', 'I12'),
  beside('driver', 'I14', 'only what RPS steers, and what lo, veth, tun and tunnels bring'),
  ...on('driver', 'I13'),
  ...on('ip', 'I15', 'I16', 'I17', 'I18'),
  ...on('transport', 'I19'),
  beside('transport', 'I20', 'only connections that begin'),
  beside('transport', 'I21', 'TCP only'),
  ...on('socket', 'I22', 'I24', 'I25'),
  beside('socket', 'I23', 'TCP only, after each read'),
];

/**
 * The way out: the route is taken before the IP header is written (__ip_queue_xmit), buffers are mapped inside the
 * driver's transmit function, and NET_TX is not on the way at all (net_tx_action restarts qdiscs that were deferred).
 */
export const wayOut: readonly PathStop[] = [
  ...on('socket', 'E1', 'E2', 'E3'),
  beside('transport', 'E4', 'TCP only'),
  ...on('transport', 'E5'),
  ...on('ip', 'E7', 'E6', 'E8', 'E9'),
  ...on('driver', 'E10', 'E11'),
  beside('driver', 'E13', 'only when a qdisc had to be put off'),
  ...on('driver', 'E12', 'E15'),
  ...on('nic', 'E16'),
];

/** What comes back up after the NIC has sent: buffers are freed, the queue may go on. */
export const wayBack: readonly PathStop[] = on('driver', 'E17', 'E14', 'E18', 'E19', 'E20');
