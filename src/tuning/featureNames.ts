/** Names that `ethtool -K` takes of features that `ethtool -k` prints by longer ones (ethtool.c, `off_flag_def`). */
export const featureNames: ReadonlyMap<string, string> = new Map([
  ['rx', 'rx-checksumming'],
  ['tx', 'tx-checksumming'],
  ['sg', 'scatter-gather'],
  ['tso', 'tcp-segmentation-offload'],
  ['ufo', 'udp-fragmentation-offload'],
  ['gso', 'generic-segmentation-offload'],
  ['gro', 'generic-receive-offload'],
  ['lro', 'large-receive-offload'],
  ['rxvlan', 'rx-vlan-offload'],
  ['txvlan', 'tx-vlan-offload'],
  ['ntuple', 'ntuple-filters'],
  ['rxhash', 'receive-hashing'],
]);
