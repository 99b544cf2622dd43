import { counter, driver, otherDriver } from './counts.ts';
import { added, fileIs, oneLook, without } from './edits.ts';
import { link, qdisc, qdiscKind, statistic } from './linkEdits.ts';
import { anotherBoot, debian13, fourDrivers, type RuleCases } from './ruleCases.ts';

const noStatistics = [without('ip-link@B'), without('nic-statistics@B')];

/** NICs: the link, the rings, what the driver counts. */
export const nicCases: readonly RuleCases[] = [
  {
    rule: 'R14',
    capture: fourDrivers,
    fires: [
      {
        what: 'two in a hundred',
        edits: [
          statistic('eth1', 'rx packets', 98_000),
          statistic('eth1', 'rx crc_errors', 1500),
          statistic('eth1', 'rx frame_errors', 500),
        ],
        severity: 'warn',
        title: /^eth1 receives 87\.\d damaged frames\/s \(2 % of all\)$/,
        changes: [],
      },
      {
        what: 'a few',
        edits: [statistic('eth1', 'rx packets', 98_000), statistic('eth1', 'rx length_errors', 5)],
        severity: 'info',
        title: /^eth1 receives 0\.22 damaged frames\/s/,
      },
      {
        what: 'half of too few for a share',
        edits: [statistic('eth1', 'rx packets', 50), statistic('eth1', 'rx crc_errors', 50)],
        severity: 'info',
        title: /^eth1 receives 2\.\d+ damaged frames\/s$/,
      },
    ],
    silent: [
      {
        what: 'errors that the sum holds and none of these',
        edits: [statistic('eth1', 'rx packets', 98_000), statistic('eth1', 'rx errors', 5000)],
      },
    ],
    notChecked: [
      { what: 'no statistics in the second sample', edits: noStatistics, reason: 'this capture has no such section' },
      anotherBoot,
    ],
  },
  {
    rule: 'R15',
    capture: fourDrivers,
    fires: [
      {
        what: 'down and up',
        edits: [statistic('eth1', 'tx carrier_changes', 2)],
        severity: 'warn',
        title: 'The link of eth1 changed 2 times in 23 s',
      },
      {
        what: 'down',
        edits: [statistic('eth1', 'tx carrier_changes', 1)],
        severity: 'info',
        title: 'The link of eth1 changed once in 23 s',
      },
    ],
    silent: [{ what: 'changes before the samples', edits: [] }],
    notChecked: [
      { what: 'no statistics in the second sample', edits: noStatistics, reason: 'this capture has no such section' },
    ],
  },
  {
    rule: 'R16',
    capture: fourDrivers,
    fires: [
      {
        what: 'the other side stops us',
        edits: [driver('eth1', 'rx_flow_control_xoff', 2400)],
        severity: 'warn',
        title: /^eth1 is told to pause: 10\d frames\/s$/,
        changes: [],
      },
      {
        what: 'we stop the other side',
        edits: [driver('eth1', 'tx_flow_control_xoff', 2400)],
        severity: 'warn',
        title: /^eth1 tells the other side to pause: 10\d frames\/s$/,
      },
    ],
    silent: [
      { what: 'the time it took, which is no frame', edits: [otherDriver('eth1', 'rx_prio0_pause_duration', 90_000)] },
      { what: '98/s', edits: [driver('eth1', 'rx_flow_control_xoff', 2250)] },
      { what: 'go on, which is sent with each', edits: [driver('eth1', 'rx_flow_control_xon', 9000)] },
    ],
    notChecked: [
      {
        what: 'no driver counters',
        edits: ['eth0', 'eth1', 'eth2', 'eth3'].map((nic) => without(`ethtool-S@B ${nic}`)),
        reason: 'ethtool -S eth0: this capture has no such section',
      },
    ],
  },
  {
    rule: 'R17',
    capture: fourDrivers,
    fires: [
      {
        what: 'packets',
        edits: [otherDriver('eth3', 'pps_allowance_exceeded', 700)],
        severity: 'warn',
        title: /^eth3 is over its instance’s allowance: pps_allowance_exceeded 30\.\d\/s$/,
        changes: [],
      },
      {
        what: 'connections',
        edits: [otherDriver('eth3', 'conntrack_allowance_exceeded', 1)],
        severity: 'crit',
        title: /conntrack_allowance_exceeded/,
      },
    ],
    silent: [{ what: 'over it before the samples', edits: [otherDriver('eth3', 'bw_in_allowance_exceeded', 0)] }],
    notChecked: [{ what: 'one look', edits: [oneLook], reason: /one sample only/ }],
  },
  {
    rule: 'R52',
    capture: fourDrivers,
    fires: [
      {
        what: '10 Gbit/s behind one lane of eight',
        edits: [
          fileIs('netdev', '/sys/class/net/eth1/speed', '10000'),
          fileIs('netdev', '/sys/class/net/eth1/device/max_link_width', '8'),
        ],
        severity: 'warn',
        title: 'eth1 of 10 Gbit/s has a PCI Express link of 2.5 GT/s x 1: 2 Gbit/s',
        changes: [],
      },
      {
        what: 'four lanes of sixteen at 8 GT/s, of which 128 bits in 130 carry data',
        edits: [
          fileIs('netdev', '/sys/class/net/eth1/speed', '40000'),
          fileIs('netdev', '/sys/class/net/eth1/device/current_link_speed', '8.0 GT/s PCIe'),
          fileIs('netdev', '/sys/class/net/eth1/device/current_link_width', '4'),
          fileIs('netdev', '/sys/class/net/eth1/device/max_link_width', '16'),
        ],
        severity: 'warn',
        title: 'eth1 of 40 Gbit/s has a PCI Express link of 8 GT/s x 4: 32 Gbit/s',
      },
    ],
    silent: [
      {
        what: 'one lane of eight, and enough for 1 Gbit/s',
        edits: [fileIs('netdev', '/sys/class/net/eth1/device/max_link_width', '8')],
      },
      { what: 'the card itself can no more', edits: [fileIs('netdev', '/sys/class/net/eth1/speed', '10000')] },
    ],
    notChecked: [{ what: 'no NIC on PCI Express', capture: debian13, edits: [], reason: /PCI Express/ }],
  },
  {
    rule: 'R06',
    capture: fourDrivers,
    fires: [
      {
        what: 'four in a thousand',
        edits: [statistic('eth1', 'rx packets', 99_600), statistic('eth1', 'rx missed_errors', 400)],
        severity: 'crit',
        title: /^eth1 lost 17\.\d frames\/s for want of a free RX descriptor \(0\.4 % of all\)$/,
        changes: ['rx 256 -> 512'],
      },
      {
        what: 'few of many',
        edits: [statistic('eth1', 'rx packets', 999_200), statistic('eth1', 'rx missed_errors', 800)],
        severity: 'warn',
        title: /\(0\.08 % of all\)$/,
      },
      {
        what: 'a ring at its maximum',
        edits: [statistic('eth3', 'rx packets', 9000), statistic('eth3', 'rx missed_errors', 3)],
        severity: 'warn',
        title: /^eth3 lost 0\.13 frames\/s/,
        changes: [],
      },
      {
        what: 'too few for a share',
        edits: [statistic('eth1', 'rx packets', 300), statistic('eth1', 'rx missed_errors', 300)],
        severity: 'warn',
        title: /descriptor$/,
      },
    ],
    silent: [
      {
        what: 'drops of the stack, which are no ring’s',
        edits: [statistic('eth1', 'rx packets', 99_600), statistic('eth1', 'rx dropped', 400)],
      },
    ],
    notChecked: [
      {
        what: 'a namespace without NICs',
        capture: 'captures/namespace-nobody.netsnap.gz',
        edits: [],
        reason: /no NIC with hardware/,
      },
      anotherBoot,
    ],
  },
  {
    rule: 'R39',
    capture: fourDrivers,
    fires: [
      {
        what: 'two in a hundred',
        edits: [qdisc('eth1', 'root', { packets: 98_000, drops: 2000 })],
        severity: 'warn',
        title: /^eth1 fq_codel drops 87\.\d packets\/s \(2 % of all\)$/,
        changes: [],
      },
      {
        what: 'a few of one queue of mq',
        edits: [qdisc('eth2', ':3', { packets: 98_000, drops: 20 })],
        severity: 'info',
        title: /^eth2 fq_codel :3 drops/,
      },
      {
        what: 'pfifo_fast of a NIC with one queue',
        capture: debian13,
        edits: [qdisc('eth0', 'root', { packets: 98_000, drops: 2000 })],
        severity: 'warn',
        title: /^eth0 pfifo_fast drops/,
        changes: ['qdisc pfifo_fast -> fq_codel'],
      },
      {
        what: 'a shaper that is full',
        edits: [
          qdiscKind('eth1', 'root', 'tbf'),
          qdisc('eth1', 'root', { packets: 98_000, drops: 2000, backlog: 9000 }),
        ],
        severity: 'warn',
        title: /^eth1 tbf drops/,
        changes: [],
      },
    ],
    silent: [
      {
        what: 'packets held back by a shaper',
        edits: [qdiscKind('eth1', 'root', 'tbf'), qdisc('eth1', 'root', { packets: 98_000, overlimits: 90_000 })],
      },
      { what: 'mq, which repeats its leaves', edits: [qdisc('eth2', 'root', { packets: 98_000, drops: 2000 })] },
    ],
    notChecked: [{ what: 'no tc', edits: [without('qdisc@B')], reason: /^tc -s.*: / }],
  },
  {
    rule: 'R40',
    capture: fourDrivers,
    fires: [
      {
        what: 'two in a hundred',
        edits: [qdisc('eth1', 'root', { packets: 100_000, requeues: 2000 })],
        severity: 'warn',
        title: /^eth1 fq_codel takes back 2 % of its packets \(87\.\d\/s\)$/,
        changes: [],
      },
    ],
    silent: [
      { what: 'one in a hundred', edits: [qdisc('eth1', 'root', { packets: 100_000, requeues: 1000 })] },
      { what: 'half of few', edits: [qdisc('eth1', 'root', { packets: 900, requeues: 450 })] },
    ],
    notChecked: [{ what: 'no tc', edits: [without('qdisc@B')], reason: /^tc -s.*: / }],
  },
  {
    rule: 'R43',
    capture: debian13,
    fires: [
      {
        what: 'none',
        edits: [fileIs('netdev', '/sys/class/net/eth0/tx_queue_len', '0')],
        severity: 'info',
        title: 'eth0 has a txqueuelen of 0',
        changes: ['tx_queue_len 0 -> 1000'],
      },
      {
        what: 'seconds of it',
        edits: [fileIs('netdev', '/sys/class/net/eth0/tx_queue_len', '100000')],
        severity: 'info',
        title: 'eth0 has a txqueuelen of 100,000',
      },
    ],
    silent: [
      { what: 'long', edits: [fileIs('netdev', '/sys/class/net/eth0/tx_queue_len', '20000')] },
      {
        what: 'none, under fq_codel, which has a limit of its own',
        edits: [fileIs('netdev', '/sys/class/net/eth0/tx_queue_len', '0'), qdiscKind('eth0', 'root', 'fq_codel')],
      },
    ],
    notChecked: [{ what: 'no tc', edits: [without('qdisc@B')], reason: /^tc -s.*: / }],
  },
  {
    rule: 'R41',
    capture: fourDrivers,
    fires: [
      {
        what: 'a driver that found its ring full',
        edits: [otherDriver('eth1', 'tx_busy', 2400)],
        severity: 'warn',
        title: /^The transmit ring of eth1 is full: tx_busy 10\d\/s$/,
        changes: ['tx 256 -> 512'],
      },
      {
        what: 'frames the NIC gave up',
        edits: [statistic('eth1', 'tx fifo_errors', 2400)],
        severity: 'warn',
        title: /^The transmit ring of eth1 is full: tx_fifo_errors 10\d\/s$/,
      },
      {
        what: 'queues that stop, without byte queue limits',
        edits: [
          (text) => text.replaceAll(/^.*eth1\/queues\/tx-0\/byte_queue_limits.*\n/gm, ''),
          otherDriver('eth1', 'tx_queue_stopped', 2400),
        ],
        severity: 'warn',
        title: /tx_queue_stopped/,
      },
    ],
    silent: [
      { what: '98/s', edits: [otherDriver('eth1', 'tx_busy', 2250)] },
      { what: 'queues that byte queue limits stop', edits: [otherDriver('eth1', 'tx_queue_stopped', 90_000)] },
    ],
    notChecked: [{ what: 'one look', edits: [oneLook], reason: /one sample only/ }],
  },
  {
    rule: 'R42',
    capture: fourDrivers,
    fires: [
      {
        what: 'one queue',
        edits: [fileIs('nic-statistics@B', '/sys/class/net/eth2/queues/tx-3/tx_timeout', '1')],
        severity: 'crit',
        title: 'eth2 stopped sending: 1 queue timed out',
        changes: [],
      },
      {
        what: 'completions that stalled (6.9 on, where stall_thrs is set)',
        edits: [
          added('nic-statistics@A', '/sys/class/net/eth2/queues/tx-3/byte_queue_limits/stall_cnt:4'),
          added('nic-statistics@B', '/sys/class/net/eth2/queues/tx-3/byte_queue_limits/stall_cnt:6'),
        ],
        severity: 'warn',
        title: 'eth2 is late with what it sent: 2 stalls on 1 queue',
      },
    ],
    silent: [{ what: 'none', edits: [] }],
    notChecked: [{ what: 'no statistics in the second sample', edits: noStatistics, reason: /no such section/ }],
  },
  {
    rule: 'R50',
    capture: fourDrivers,
    fires: [
      {
        what: 'a port smaller than its bond',
        edits: [link('eth1', { master: 'eth2' }), fileIs('netdev', '/sys/class/net/eth2/mtu', '9000')],
        severity: 'warn',
        title: 'eth1 carries packets of 1,500 bytes, eth2 above it 9,000',
        changes: ['mtu 1500 -> 9000'],
      },
      {
        what: 'packets that must not be cut',
        edits: [counter('Ip FragFails', 300)],
        severity: 'info',
        title: /^Packets do not fit their path: 13\.\d\/s$/,
        changes: [],
      },
    ],
    silent: [{ what: 'a port as large as its bond', edits: [link('eth1', { master: 'eth2' })] }],
    notChecked: [anotherBoot],
  },
];
