import { cpuTime, interrupts, softnet } from './counts.ts';
import { added, type Edit, fileIs, replacedAfter, sysctl } from './edits.ts';
import { statistic } from './linkEdits.ts';
import { anotherBoot, fourDrivers, lacking, type RuleCases } from './ruleCases.ts';

/** The four vectors of eth2 (35 to 38): so often each interrupts which CPU. */
const eth2 = (counts: readonly (readonly number[])[]): Edit[] => counts.map((row, at) => interrupts(35 + at, row));

const rps = (nic: string, queue: number, mask: string): Edit =>
  fileIs('queues', `/sys/class/net/${nic}/queues/rx-${queue}/rps_cpus`, mask);
/** The vector of eth3 (43) on CPU 1, which softirq takes whole. */
const busyVirtio = [
  interrupts(43, [0, 200_000, 0, 0]),
  statistic('eth3', 'rx packets', 400_000),
  softnet(1, { processed: 300_000 }),
  cpuTime(1, { softirq: 800 }),
];

/** eth2 with one of its four queues in use, on CPU 2. */
const oneQueue = [
  replacedAfter('ethtool-l', 'Current hardware settings:', 'Combined:\t4', 'Combined:\t1'),
  ...eth2([[0, 0, 200_000]]),
  statistic('eth2', 'rx packets', 400_000),
  softnet(2, { processed: 300_000 }),
];

/** Queues, vectors, steering, which CPU gets a packet. */
export const queueCases: readonly RuleCases[] = [
  {
    rule: 'R04',
    capture: fourDrivers,
    fires: [
      {
        what: 'one of four takes 79 %',
        edits: eth2([
          [300_000, 0, 0, 0],
          [0, 30_000, 0, 0],
          [0, 0, 30_000, 0],
          [0, 0, 0, 20_000],
        ]),
        severity: 'warn',
        title: 'eth2 brings 79 % of its interrupts by one of 4 queues (eth2-rxtx-0)',
        changes: [],
      },
      {
        what: 'a table that uses two of four',
        edits: [
          ...eth2([[300_000], [0, 30_000]]),
          (capture) =>
            capture.replaceAll(
              '      0     1     2     3     0     1     2     3\n',
              '      0     1     0     1     0     1     0     1\n',
            ),
        ],
        severity: 'warn',
        title: /by one of 4 queues/,
        changes: ['equal 2 -> 4'],
      },
    ],
    silent: [
      { what: 'even', edits: eth2([[90_000], [0, 90_000], [0, 0, 90_000], [0, 0, 0, 90_000]]) },
      { what: 'as uneven, at 4,800 interrupts/s', edits: eth2([[110_000]]) },
    ],
    notChecked: [lacking('/proc/interrupts'), anotherBoot],
  },
  {
    rule: 'R05',
    capture: fourDrivers,
    fires: [
      {
        what: 'one of four, and its CPU is busy',
        edits: [...oneQueue, cpuTime(2, { softirq: 600 })],
        severity: 'warn',
        title: 'eth2 uses 1 of 4 queues for 4 CPUs online',
        changes: ['combined 1 -> 4'],
      },
      {
        what: 'hyperthreads: as many as cores',
        edits: [fileIs('cpu', '/sys/devices/system/cpu/smt/active', '1'), ...oneQueue, cpuTime(2, { softirq: 600 })],
        severity: 'warn',
        title: 'eth2 uses 1 of 4 queues for 2 cores online',
        changes: ['combined 1 -> 2'],
      },
    ],
    silent: [
      { what: 'one of four, and its CPU has time', edits: [...oneQueue, cpuTime(2, { softirq: 500 })] },
      {
        what: 'one of four, and its CPU is busy with packets of another',
        edits: [...oneQueue, softnet(2, { processed: 2_000_000 }), cpuTime(2, { softirq: 600 })],
      },
      { what: 'all of four', edits: [...eth2([[0, 0, 200_000]]), cpuTime(2, { softirq: 600 })] },
    ],
    notChecked: [anotherBoot],
  },
  {
    rule: 'R08',
    capture: fourDrivers,
    fires: [
      {
        what: 'three busy vectors on CPU 0',
        edits: eth2([[90_000], [90_000], [90_000], [0, 90_000]]),
        severity: 'warn',
        title: '3 busy queues of eth2 interrupt CPU 0; CPUs 2 and 3 have none',
        changes: ['eth2-rxtx-1 0-3 -> 2', 'eth2-rxtx-2 0-3 -> 3'],
      },
    ],
    silent: [
      { what: 'two on each of two', edits: eth2([[90_000], [90_000], [0, 90_000], [0, 90_000]]) },
      { what: 'three on one, with little to do', edits: eth2([[20_000], [20_000], [20_000], [0, 90_000]]) },
    ],
    notChecked: [lacking('/proc/interrupts')],
  },
  {
    rule: 'R53',
    capture: fourDrivers,
    fires: [
      {
        what: 'all on CPU 0, irqbalance not running',
        edits: eth2([[200_000], [200_000], [100_000], [100_000]]),
        severity: 'warn',
        title: /^All 4 queues of eth2 interrupt CPU 0 \(26,\d{3}\/s\)$/,
        changes: ['eth2-rxtx-1 0-3 -> 1', 'eth2-rxtx-2 0-3 -> 2', 'eth2-rxtx-3 0-3 -> 3'],
      },
      {
        what: 'irqbalance runs against a script',
        edits: [
          added('daemons', '/proc/222/comm:irqbalance'),
          added('boot-settings', '/etc/network/if-up.d/ethtool:9:echo 2 > /proc/irq/35/smp_affinity_list'),
        ],
        severity: 'info',
        title: 'irqbalance runs, and /etc/network/if-up.d/ethtool:9 pins interrupts',
      },
    ],
    silent: [
      { what: 'on two CPUs', edits: eth2([[200_000], [0, 200_000], [100_000], [100_000]]) },
      { what: 'all on CPU 0, at 17,000/s', edits: eth2([[100_000], [100_000], [100_000], [100_000]]) },
      {
        what: 'irqbalance, told to leave what the script pins',
        edits: [
          added('daemons', '/proc/222/comm:irqbalance'),
          added(
            'boot-settings',
            '/etc/network/if-up.d/ethtool:9:echo 2 > /proc/irq/35/smp_affinity_list',
            '/etc/default/irqbalance:6:IRQBALANCE_ARGS="--banirq=35"',
          ),
        ],
      },
    ],
    notChecked: [lacking('/proc/interrupts')],
  },
  {
    rule: 'R51',
    capture: fourDrivers,
    fires: [
      {
        what: 'CPUs 0 and 1 serve a NIC of node 1',
        edits: [
          fileIs('cpu', '/sys/devices/system/node/node0/cpulist', '0-1'),
          added('cpu', '/sys/devices/system/node/node1/cpulist:2-3'),
          fileIs('netdev', '/sys/class/net/eth2/device/numa_node', '1'),
          statistic('eth2', 'rx bytes', 30_000_000_000),
          ...eth2([[90_000], [0, 90_000]]),
        ],
        severity: 'warn',
        title: '2 of 2 CPUs that serve eth2 at 10 Gbit/s are not on its NUMA node 1',
        changes: [],
      },
    ],
    silent: [
      {
        what: 'the same at 8 Gbit/s',
        edits: [
          fileIs('cpu', '/sys/devices/system/node/node0/cpulist', '0-1'),
          added('cpu', '/sys/devices/system/node/node1/cpulist:2-3'),
          fileIs('netdev', '/sys/class/net/eth2/device/numa_node', '1'),
          statistic('eth2', 'rx bytes', 23_000_000_000),
          ...eth2([[90_000], [0, 90_000]]),
        ],
      },
    ],
    notChecked: [{ what: 'one node', edits: [], reason: /one NUMA node/ }],
  },
  {
    rule: 'R09',
    capture: fourDrivers,
    fires: [
      {
        what: 'one queue, its CPU full',
        edits: busyVirtio,
        severity: 'warn',
        title: 'eth3 has one receive queue, and its CPU 1 spends 80 % in softirq',
        changes: ['rps_cpus 0 -> d'],
      },
      {
        what: 'a mask of the CPU that it interrupts alone',
        edits: [...busyVirtio, rps('eth3', 0, '2')],
        severity: 'warn',
        title: /^eth3 has one receive queue/,
        changes: ['rps_cpus 2 -> d'],
      },
      {
        what: 'a queue for every CPU, and RPS on top',
        edits: [rps('eth2', 0, 'f'), softnet(1, { processed: 2_000_000, received_rps: 1_500_000 })],
        severity: 'info',
        title: /^eth2 has 4 queues for 4 CPUs, and RPS moves 65,\d{3} packets\/s between them$/,
        changes: ['rps_cpus ? -> 0'],
      },
    ],
    silent: [
      { what: 'one queue, its CPU with time left', edits: [...busyVirtio, cpuTime(1, { softirq: 700 })] },
      {
        what: 'a CPU that is busy with packets of another',
        edits: [...busyVirtio, statistic('eth3', 'rx packets', 70_000)],
      },
      {
        what: 'a CPU that is busy with something else than the few packets',
        edits: [...busyVirtio, statistic('eth3', 'rx packets', 20_000), softnet(1, { processed: 20_000 })],
      },
      { what: 'one queue and RPS', edits: [...busyVirtio, rps('eth3', 0, 'd')] },
      {
        what: 'a queue for every CPU, and little steered',
        edits: [rps('eth2', 0, 'f'), softnet(1, { received_rps: 900_000 })],
      },
    ],
    notChecked: [anotherBoot],
  },
  {
    rule: 'R54',
    capture: fourDrivers,
    fires: [
      {
        what: 'the host’s table alone',
        edits: [sysctl('net.core.rps_sock_flow_entries', '32768')],
        severity: 'info',
        title: 'rps_sock_flow_entries is 32,768, but no queue has rps_flow_cnt: RFS does nothing',
        changes: [
          'rps_flow_cnt 0 -> 32768',
          'rps_flow_cnt 0 -> 32768',
          'rps_flow_cnt 0 -> 8192',
          'rps_flow_cnt 0 -> 32768',
        ],
      },
      {
        what: 'a queue’s table alone',
        edits: [fileIs('queues', '/sys/class/net/eth3/queues/rx-0/rps_flow_cnt', '4096')],
        severity: 'info',
        title: 'Queues have rps_flow_cnt, but rps_sock_flow_entries is 0: RFS does nothing',
        changes: ['net.core.rps_sock_flow_entries 0 -> 32768'],
      },
    ],
    silent: [
      { what: 'neither', edits: [] },
      {
        what: 'both',
        edits: [
          sysctl('net.core.rps_sock_flow_entries', '32768'),
          fileIs('queues', '/sys/class/net/eth3/queues/rx-0/rps_flow_cnt', '4096'),
        ],
      },
    ],
    notChecked: [
      {
        what: 'a namespace',
        capture: 'captures/namespace-nobody.netsnap.gz',
        edits: [],
        reason: /rps_sock_flow_entries|no NIC/,
      },
    ],
  },
];
