import type { StepId } from './steps.ts';

/** How packets of an interface without hardware join the way and leave it. */
export interface VirtualWay {
  /** The first step of the way in that they take. */
  readonly from: StepId;
  readonly entry: string;
  /** Steps before that one which they take all the same: the softirq that empties the queue they are put into. */
  readonly still: readonly StepId[];
  /** What becomes of a packet that this interface is given to send. */
  readonly exit: string;
}

const backlog: VirtualWay = {
  from: 'I12',
  still: ['I7', 'I8', 'I9'],
  entry: 'its packets come from software (netif_rx), not from a NIC: they enter at the steering and the backlog',
  exit: 'a function of the kernel takes the packet; there is no ring and no completion',
};
const stacked: VirtualWay = {
  from: 'I13',
  still: [],
  entry: 'its packets came in by the NIC below it, and are counted there until core receive hands them over',
  exit: 'the packet is handed to the interface below and goes the way out again there',
};
const tunnel: VirtualWay = {
  from: 'I11',
  still: ['I7', 'I8', 'I9'],
  entry: 'its packets come out of others: the outer ones came in by a NIC and are counted there',
  exit: 'the packet is wrapped into another, which goes the way out again from IP on',
};

/** By the kind that `ip -d link` names (rtnl_link_ops.kind); interfaces of another kind are `backlog`. */
const kinds: ReadonlyMap<string, VirtualWay> = new Map([
  ['veth', { ...backlog, exit: 'the packet comes in at the other end of the pair, in its backlog' }],
  ['tun', { ...backlog, exit: 'the packet waits for the program that holds the tun device' }],
  ...['bridge', 'bond', 'team', 'vlan', 'macvlan', 'ipvlan', 'vrf'].map((kind) => [kind, stacked] as const),
  ...['vxlan', 'geneve', 'gre', 'gretap', 'ip6gre', 'ipip', 'sit', 'ip6tnl', 'wireguard', 'vti', 'xfrm', 'erspan'].map(
    (kind) => [kind, tunnel] as const,
  ),
]);

/** The way of an interface without hardware. `kind` null: `ip` names none, as for lo, or was not read. */
export function virtualWay(name: string, kind: string | null): VirtualWay {
  if (name === 'lo') {
    return { ...backlog, exit: 'loopback_xmit puts the packet into the backlog: it comes in again at I12' };
  }
  return kinds.get(kind ?? '') ?? backlog;
}
