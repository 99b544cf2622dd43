/** A command of ethtool(8) that sets something, with what it takes. */
export interface EthtoolCommand {
  /** As the tuning room names it, where it does. */
  readonly set:
    | 'ring'
    | 'channels'
    | 'coalesce'
    | 'features'
    | 'pause'
    | 'rxfh'
    | 'rx-flow-hash'
    | 'link'
    | 'eee'
    | 'flags';
  readonly options: readonly string[];
  /** Names that a value follows; empty where names are the driver's or there are none. */
  readonly names: readonly string[];
  readonly value: 'number' | 'on-off' | 'any';
  readonly meaning: string;
}

const coalesce = [
  ...['adaptive-rx', 'adaptive-tx', 'rx-usecs', 'rx-frames', 'rx-usecs-irq', 'rx-frames-irq'],
  ...['tx-usecs', 'tx-frames', 'tx-usecs-irq', 'tx-frames-irq', 'stats-block-usecs', 'pkt-rate-low'],
  ...['rx-usecs-low', 'rx-frames-low', 'tx-usecs-low', 'tx-frames-low', 'pkt-rate-high'],
  ...['rx-usecs-high', 'rx-frames-high', 'tx-usecs-high', 'tx-frames-high', 'sample-interval'],
  ...['cqe-mode-rx', 'cqe-mode-tx', 'tx-aggr-max-bytes', 'tx-aggr-max-frames', 'tx-aggr-time-usecs'],
];

/** ethtool(8) of 6.11. */
export const ethtoolCommands: readonly EthtoolCommand[] = [
  {
    set: 'channels',
    options: ['-L', '--set-channels'],
    names: ['rx', 'tx', 'other', 'combined'],
    value: 'number',
    meaning: 'Number of queues. Queues are made anew: their masks and the indirection table are lost',
  },
  {
    set: 'ring',
    options: ['-G', '--set-ring'],
    names: [
      'rx',
      'rx-mini',
      'rx-jumbo',
      'tx',
      'rx-buf-len',
      'cqe-size',
      'tx-push',
      'rx-push',
      'tx-push-buf-len',
      'tcp-data-split',
    ],
    value: 'any',
    meaning: 'Sizes of the rings, in descriptors. Many NICs lose the link for a moment',
  },
  {
    set: 'coalesce',
    options: ['-C', '--coalesce'],
    names: coalesce,
    value: 'any',
    meaning: 'How long interrupts wait for more packets',
  },
  {
    set: 'pause',
    options: ['-A', '--pause'],
    names: ['autoneg', 'rx', 'tx'],
    value: 'on-off',
    meaning: 'Ethernet pause frames',
  },
  {
    set: 'features',
    options: ['-K', '--features', '--offload'],
    names: [],
    value: 'on-off',
    meaning: 'Offloads: what the NIC does for the stack',
  },
  {
    set: 'rxfh',
    options: ['-X', '--set-rxfh-indir', '--rxfh'],
    names: ['equal', 'start', 'weight', 'hkey', 'hfunc', 'xfrm', 'context', 'default', 'delete'],
    value: 'any',
    meaning: 'Over which queues flows are spread (RSS)',
  },
  {
    set: 'rx-flow-hash',
    options: ['-N', '-U', '--config-nfc', '--config-ntuple'],
    names: [],
    value: 'any',
    meaning: 'Fields that flows are told apart by, and rules that send flows to queues',
  },
  {
    set: 'link',
    options: ['-s', '--change'],
    names: [
      'speed',
      'lanes',
      'duplex',
      'port',
      'mdix',
      'autoneg',
      'advertise',
      'phyad',
      'xcvr',
      'wol',
      'sopass',
      'msglvl',
      'master-slave',
    ],
    value: 'any',
    meaning: 'Speed, duplex, negotiation, wake-on-LAN',
  },
  {
    set: 'eee',
    options: ['--set-eee'],
    names: ['eee', 'advertise', 'tx-lpi', 'tx-timer'],
    value: 'any',
    meaning: 'Energy Efficient Ethernet',
  },
  { set: 'flags', options: ['--set-priv-flags'], names: [], value: 'on-off', meaning: 'Switches of the driver’s own' },
];
