import { counter, cpuTime, interrupts } from './counts.ts';
import { replacedAfter, sysctl } from './edits.ts';
import { link, statistic } from './linkEdits.ts';
import { anotherBoot, fourDrivers, lacking, type RuleCases } from './ruleCases.ts';

/** Coalescing and offloads: how often a NIC interrupts, and in what shape packets go up. */
export const offloadCases: readonly RuleCases[] = [
  {
    rule: 'R10',
    capture: fourDrivers,
    fires: [
      {
        what: 'an interrupt for each packet',
        edits: [
          interrupts(43, [0, 500_000, 0, 0]),
          statistic('eth3', 'rx packets', 600_000),
          cpuTime(1, { irq: 100, softirq: 250 }),
        ],
        severity: 'warn',
        title: /^eth3 interrupts 21,\d{3}\/s for 1\.2 packets each$/,
        changes: ['rx-usecs 0 -> 32'],
      },
      {
        what: 'a driver that could adapt',
        edits: [
          replacedAfter('ethtool-c', 'parameters for eth3', 'Adaptive RX: n/a', 'Adaptive RX: off'),
          interrupts(43, [0, 500_000, 0, 0]),
          statistic('eth3', 'rx packets', 600_000),
          cpuTime(1, { softirq: 350 }),
        ],
        severity: 'warn',
        title: /^eth3 interrupts/,
        changes: ['adaptive-rx off -> on'],
      },
    ],
    silent: [
      {
        what: 'a driver that adapts',
        edits: [
          replacedAfter('ethtool-c', 'parameters for eth3', 'Adaptive RX: n/a', 'Adaptive RX: on'),
          interrupts(43, [0, 500_000, 0, 0]),
          statistic('eth3', 'rx packets', 600_000),
          cpuTime(1, { softirq: 350 }),
        ],
      },
      {
        what: 'three packets each',
        edits: [
          interrupts(43, [0, 500_000, 0, 0]),
          statistic('eth3', 'rx packets', 1_500_000),
          cpuTime(1, { softirq: 350 }),
        ],
      },
      {
        what: 'a CPU with time',
        edits: [
          interrupts(43, [0, 500_000, 0, 0]),
          statistic('eth3', 'rx packets', 600_000),
          cpuTime(1, { softirq: 300 }),
        ],
      },
      {
        what: 'at 17,000/s',
        edits: [
          interrupts(43, [0, 400_000, 0, 0]),
          statistic('eth3', 'rx packets', 400_000),
          cpuTime(1, { softirq: 350 }),
        ],
      },
    ],
    notChecked: [lacking('/proc/interrupts')],
  },
  {
    rule: 'R11',
    capture: fourDrivers,
    fires: [
      {
        what: 'half a millisecond for a few packets',
        edits: [
          replacedAfter('ethtool-c', 'parameters for eth1', 'rx-usecs: 3', 'rx-usecs: 500'),
          statistic('eth1', 'rx packets', 2000),
        ],
        severity: 'info',
        title: /^eth1 holds interrupts back for 500 µs at 87\.\d packets\/s$/,
        changes: ['rx-usecs 500 -> 50'],
      },
    ],
    silent: [
      {
        what: '250 µs',
        edits: [
          replacedAfter('ethtool-c', 'parameters for eth1', 'rx-usecs: 3', 'rx-usecs: 250'),
          statistic('eth1', 'rx packets', 2000),
        ],
      },
      {
        what: 'half a millisecond for many',
        edits: [
          replacedAfter('ethtool-c', 'parameters for eth1', 'rx-usecs: 3', 'rx-usecs: 500'),
          statistic('eth1', 'rx packets', 120_000),
        ],
      },
      {
        what: 'half a millisecond for none',
        edits: [
          replacedAfter('ethtool-c', 'parameters for eth1', 'rx-usecs: 3', 'rx-usecs: 500'),
          statistic('eth1', 'rx packets', 0),
        ],
      },
    ],
    notChecked: [anotherBoot],
  },
  {
    rule: 'R12',
    capture: fourDrivers,
    fires: [
      {
        what: 'off at 65,000 segments/s',
        edits: [
          replacedAfter(
            'ethtool-k',
            'Features for eth1',
            'generic-receive-offload: on',
            'generic-receive-offload: off',
          ),
          statistic('eth1', 'rx packets', 1_500_000),
          counter('Tcp InSegs', 1_500_000),
        ],
        severity: 'warn',
        title: /^GRO is off on eth1 at 65,\d{3} packets\/s$/,
        changes: ['gro off -> on'],
      },
    ],
    silent: [
      { what: 'on', edits: [statistic('eth1', 'rx packets', 1_500_000), counter('Tcp InSegs', 1_500_000)] },
      {
        what: 'off, for datagrams',
        edits: [
          replacedAfter(
            'ethtool-k',
            'Features for eth1',
            'generic-receive-offload: on',
            'generic-receive-offload: off',
          ),
          statistic('eth1', 'rx packets', 1_500_000),
          counter('Udp InDatagrams', 1_500_000),
        ],
      },
      {
        what: 'off, and cannot be switched',
        edits: [
          replacedAfter(
            'ethtool-k',
            'Features for eth1',
            'generic-receive-offload: on',
            'generic-receive-offload: off [fixed]',
          ),
          statistic('eth1', 'rx packets', 1_500_000),
          counter('Tcp InSegs', 1_500_000),
        ],
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
    rule: 'R13',
    capture: fourDrivers,
    fires: [
      {
        what: 'vmxnet3 on a router',
        edits: [sysctl('net.ipv4.ip_forward', '1')],
        severity: 'warn',
        title: 'LRO is on for eth2, and this host forwards packets',
        changes: ['lro on -> off'],
      },
      {
        what: 'a port of a bridge',
        edits: [link('eth2', { master: 'eth0' }), link('eth0', { linkinfo: { info_kind: 'bridge' } })],
        severity: 'warn',
        title: 'LRO is on for eth2, a port of the bridge eth0',
      },
    ],
    silent: [{ what: 'a host that keeps its packets', edits: [] }],
    notChecked: [
      {
        what: 'a namespace without NICs',
        capture: 'captures/namespace-nobody.netsnap.gz',
        edits: [],
        reason: /no NIC with hardware/,
      },
    ],
  },
];
