import { parseIpLinkJson } from './ipLinkJson.ts';
import { parseIpLinkText } from './ipLinkText.ts';
import type { Parsed } from './parsed.ts';

/** One interface of `ip -s -s -d link show`; null where this `ip` or kernel does not say. */
export interface IpLink {
  readonly name: string;
  readonly ifindex: number | null;
  /** The interface below (a VLAN's, a macvlan's) or at the other end (`if17`: by number, in another namespace). */
  readonly lower: string | null;
  readonly flags: readonly string[];
  readonly mtu: number | null;
  readonly minMtu: number | null;
  readonly maxMtu: number | null;
  readonly qdisc: string | null;
  readonly operstate: string | null;
  /** The bridge, bond or VRF it belongs to. */
  readonly master: string | null;
  readonly txQueueLen: number | null;
  readonly address: string | null;
  /** How many ask for every frame (tcpdump, a bridge); the flag PROMISC is set by hand only. */
  readonly promiscuity: number | null;
  readonly allmulti: number | null;
  /** `veth`, `bond`, `vlan` ...; null for hardware. */
  readonly kind: string | null;
  readonly numTxQueues: number | null;
  readonly numRxQueues: number | null;
  readonly gsoMaxSize: number | null;
  readonly gsoMaxSegs: number | null;
  readonly groMaxSize: number | null;
  readonly tsoMaxSize: number | null;
  /** `pci 0000:01:00.0`, `virtio virtio2` */
  readonly parent: string | null;
  /** How an XDP program is attached and its number: `drv 12`; null: none. */
  readonly xdp: string | null;
  /** `struct rtnl_link_stats64` by the names of `/sys/class/net/X/statistics`, and `carrier_changes`, `rx_otherhost_dropped`. */
  readonly statistics: ReadonlyMap<string, number>;
}

/** `ip -s -s -d link show`, as JSON (`-j`, iproute2 4.15 and later) or as text (any). */
export function parseIpLink(text: string): Parsed<readonly IpLink[]> {
  return /^\s*\[/.test(text) ? parseIpLinkJson(text) : parseIpLinkText(text);
}
