import type { Change, EthtoolChange } from '../change.ts';
import { faultOf } from '../names.ts';
import { type Rendered, refused, rendered } from '../rendered.ts';
import { type Form, nicsOf } from './form.ts';

/** Properties of NetworkManager connections (nm-settings-nmcli(5)), set by nmcli: they count when the connection comes up. */
export const networkManagerForm: Form = {
  id: 'networkmanager',
  title: 'NetworkManager connection (nmcli)',
  language: 'shellscript',
  render: renderNmcli,
  fileFor: () => 'packet-path-nmcli.sh',
  open: () => ['#!/bin/sh'],
  close: (changes) => [
    '',
    '# Takes the connection down for a moment:',
    ...nicsOf(changes).map((nic) => `nmcli connection up ${connectionOf(nic)}`),
  ],
  activate: (path) => [`sh ${path}`],
};

function renderNmcli(change: Change): Rendered {
  if (change.kind === 'sysctl') return refused('NetworkManager sets no sysctls of the whole host');
  if (change.kind === 'irqbalance' || change.kind === 'irq') return refused('NetworkManager places no interrupts');
  const fault = faultOf(change);
  if (fault !== null) return refused(fault);
  const property = propertyOf(change);
  if (property === null) return refused(whyNot(change));
  return rendered(`nmcli connection modify ${connectionOf(change.nic)} ${property}`);
}

/** The connection is known on the host only. */
const connectionOf = (nic: string): string => `"$(nmcli -g GENERAL.CONNECTION device show ${nic})"`;

function propertyOf(change: Exclude<Change, { kind: 'sysctl' | 'irq' | 'irqbalance' }>): string | null {
  switch (change.kind) {
    case 'ethtool': {
      const name = ethtoolProperty(change);
      return name === null ? null : `ethtool.${name} ${valueFor(change)}`;
    }
    case 'device':
      if (change.attribute === 'mtu') return `802-3-ethernet.mtu ${change.value}`;
      // Since 1.44.
      return change.attribute === 'tx_queue_len' ? `link.tx-queue-length ${change.value}` : null;
    case 'qdisc':
      return `tc.qdiscs "root ${change.value}"`;
    case 'queue':
    case 'filter':
      return null;
  }
}

/** rings and coalescing since 1.26, pause since 1.32, channels since 1.46, features since 1.14 (`NM_ETHTOOL_OPTNAME_*`). */
function ethtoolProperty({ set, name }: EthtoolChange): string | null {
  switch (set) {
    case 'ring':
    case 'channels':
    case 'pause':
      return `${set}-${name}`;
    case 'coalesce':
      return coalescing.has(name) ? `coalesce-${name}` : null;
    case 'features':
      return features.has(name) ? `feature-${name}` : null;
    case 'rxfh':
    case 'rx-flow-hash':
      return null;
  }
}

/** coalesce-adaptive-rx takes 1 and 0, the others numbers or on and off. */
function valueFor({ set, value }: EthtoolChange): string {
  return set === 'coalesce' && (value === 'on' || value === 'off') ? String(Number(value === 'on')) : value;
}

const ways = ['rx', 'tx'];
const coalescing: ReadonlySet<string> = new Set([
  ...ways.flatMap((way) => [
    `adaptive-${way}`,
    ...['', '-high', '-irq', '-low'].flatMap((kind) => [`${way}-frames${kind}`, `${way}-usecs${kind}`]),
  ]),
  'pkt-rate-high',
  'pkt-rate-low',
  'sample-interval',
  'stats-block-usecs',
]);

const features: ReadonlySet<string> = new Set(
  `gro gso lro ntuple rx rxhash rxvlan sg tso tx txvlan highdma rx-all rx-fcs rx-gro-hw rx-gro-list rx-udp-gro-forwarding
  rx-udp_tunnel-port-offload rx-vlan-filter rx-vlan-stag-filter rx-vlan-stag-hw-parse tx-checksum-ip-generic
  tx-checksum-ipv4 tx-checksum-ipv6 tx-gre-segmentation tx-gso-list tx-gso-partial tx-nocache-copy tx-scatter-gather
  tx-sctp-segmentation tx-tcp-ecn-segmentation tx-tcp-mangleid-segmentation tx-tcp-segmentation tx-tcp6-segmentation
  tx-tunnel-remcsum-segmentation tx-udp-segmentation tx-udp_tnl-csum-segmentation tx-udp_tnl-segmentation
  tx-vlan-stag-hw-insert`.split(/\s+/),
);

function whyNot(change: Change): string {
  if (change.kind === 'queue') return `NetworkManager has no property for ${change.attribute}`;
  if (change.kind === 'filter') return 'NetworkManager has no property for receive rules';
  if (change.kind === 'ethtool' && (change.set === 'rxfh' || change.set === 'rx-flow-hash'))
    return 'NetworkManager has no property for receive side scaling';
  return 'NetworkManager has no property for it';
}
