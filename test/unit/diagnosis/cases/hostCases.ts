import { cpuTime, netRx, receivedPackets, softnet } from './counts.ts';
import { added, oneLook, replaced, sysctl, withoutFile } from './edits.ts';
import { statistic } from './linkEdits.ts';
import { anotherBoot, fourDrivers, lacking, type RuleCases } from './ruleCases.ts';

/** The host was started by systemd, and `sysctl.d` leads to /etc/sysctl.conf. */
const systemd = replaced('boot-files', 'exists /etc/init.d/procps\n', 'exists /run/systemd/system\n');
const set = (value: string) =>
  added(
    'sysctl-files',
    ...['/etc/sysctl.d/99-sysctl.conf', '/etc/sysctl.conf'].map((path) => `${path}:9:net.core.somaxconn = ${value}`),
  );

/** CPUs: their time, what softirq does, what it drops. */
export const hostCases: readonly RuleCases[] = [
  {
    rule: 'R37',
    capture: fourDrivers,
    fires: [
      {
        what: 'a tenth of every CPU',
        edits: [0, 1, 2, 3].map((cpu) => cpuTime(cpu, { steal: 100 })),
        severity: 'warn',
        title: 'The hypervisor takes 10 % of the CPU time',
        changes: [],
      },
      {
        what: 'a quarter',
        edits: [0, 1, 2, 3].map((cpu) => cpuTime(cpu, { steal: 250 })),
        severity: 'crit',
        title: 'The hypervisor takes 25 % of the CPU time',
      },
    ],
    silent: [
      { what: 'a twentieth', edits: [0, 1, 2, 3].map((cpu) => cpuTime(cpu, { steal: 50 })) },
      {
        what: 'much of one CPU, little of the host',
        edits: [cpuTime(0, { steal: 190 }), ...[1, 2, 3].map((cpu) => cpuTime(cpu, { user: 100 }))],
      },
    ],
    notChecked: [{ what: 'one look', edits: [oneLook], reason: /one sample only/ }, anotherBoot, lacking('/proc/stat')],
  },
  {
    rule: 'R36',
    capture: fourDrivers,
    fires: [
      {
        what: 'one CPU whole, another half',
        edits: [cpuTime(2, { softirq: 960 }), cpuTime(0, { softirq: 510 }), cpuTime(1, {})],
        severity: 'crit',
        title: 'CPU 2 spends 96 % of its time in softirq, and 1 more CPU more than 50 %',
      },
      {
        what: 'every CPU: none of them is the line of all together',
        edits: [0, 1, 2, 3].map((cpu) => cpuTime(cpu, { softirq: 850 + 10 * cpu })),
        severity: 'crit',
        title: 'CPU 3 spends 88 % of its time in softirq, and 3 more CPUs more than 50 %',
      },
      {
        what: 'more than half',
        edits: [cpuTime(1, { softirq: 510 })],
        severity: 'warn',
        title: 'CPU 1 spends 51 % of its time in softirq',
      },
    ],
    silent: [{ what: 'half', edits: [cpuTime(1, { softirq: 500, system: 500 })] }],
    notChecked: [lacking('/proc/stat')],
  },
  {
    rule: 'R03',
    capture: fourDrivers,
    fires: [
      {
        what: 'one CPU with 80 % of 65,000 packets/s',
        edits: [
          softnet(0, { processed: 100_000 }),
          softnet(1, { processed: 100_000 }),
          softnet(2, { processed: 1_200_000 }),
          softnet(3, { processed: 100_000 }),
        ],
        severity: 'warn',
        title: /^CPU 2 takes 80 % of 65,\d{3} packets\/s; 3 others share the rest$/,
        changes: [],
      },
    ],
    silent: [
      { what: 'as uneven, at 40,000 packets/s', edits: [softnet(2, { processed: 900_000 })] },
      { what: 'half on one CPU', edits: [softnet(0, { processed: 700_000 }), softnet(1, { processed: 700_000 })] },
      {
        what: 'loopback, which no queue spreads',
        edits: [softnet(2, { processed: 1_300_000 }), receivedPackets('lo', 1_300_000)],
      },
      { what: 'two CPUs', capture: 'captures/debian-13.netsnap.gz', edits: [softnet(0, { processed: 900_000 })] },
    ],
    notChecked: [
      {
        what: 'no softnet_stat',
        edits: [withoutFile('/proc/net/softnet_stat')],
        reason: /^\/proc\/net\/softnet_stat: /,
      },
      anotherBoot,
    ],
  },
  {
    rule: 'R02',
    capture: fourDrivers,
    fires: [
      {
        what: 'runs that end at the packet budget',
        edits: [softnet(1, { processed: 400_000, time_squeeze: 1000 }), netRx(1, 2000), cpuTime(1, { softirq: 700 })],
        severity: 'warn',
        title: /^NET_RX is cut short 43\.\d\/s on CPU 1 \(70 % of its time in softirq\)$/,
        changes: ['net.core.netdev_budget 300 -> 600'],
      },
      {
        what: 'runs that end at the time budget',
        edits: [softnet(1, { processed: 40_000, time_squeeze: 1000 }), netRx(1, 2000), cpuTime(1, { softirq: 700 })],
        severity: 'warn',
        title: /^NET_RX is cut short/,
        changes: ['net.core.netdev_budget_usecs 8000 -> 16000'],
      },
      {
        what: 'a CPU with time left, while a NIC loses frames',
        edits: [
          softnet(1, { processed: 400_000, time_squeeze: 1000 }),
          netRx(1, 2000),
          cpuTime(1, { softirq: 100 }),
          statistic('eth1', 'rx missed_errors', 50),
        ],
        severity: 'warn',
        title: /^NET_RX is cut short/,
      },
    ],
    silent: [
      { what: '9.6/s', edits: [softnet(1, { processed: 400_000, time_squeeze: 220 }), cpuTime(1, { softirq: 700 })] },
      {
        what: 'a CPU with time left and no loss',
        edits: [softnet(1, { time_squeeze: 5000 }), cpuTime(1, { softirq: 500 })],
      },
    ],
    notChecked: [
      {
        what: 'no softnet_stat',
        edits: [withoutFile('/proc/net/softnet_stat')],
        reason: /^\/proc\/net\/softnet_stat: /,
      },
      lacking('/proc/stat'),
    ],
  },
  {
    rule: 'R01',
    capture: fourDrivers,
    fires: [
      {
        what: 'one in two hundred',
        edits: [softnet(3, { processed: 100_000, dropped: 500 })],
        severity: 'crit',
        title: /^Softnet drops 21\.\d\/s on CPU 3 \(0\.5 % of its packets\)$/,
        changes: ['net.core.netdev_max_backlog 1000 -> 2000'],
      },
      {
        what: 'few of many',
        edits: [softnet(3, { processed: 1_000_000, dropped: 900 })],
        severity: 'warn',
        title: /\(0\.09 % of its packets\)$/,
      },
      {
        what: 'all of too few packets for a share',
        edits: [softnet(3, { dropped: 50 })],
        severity: 'warn',
        title: /^Softnet drops 2\.\d+\/s on CPU 3$/,
      },
      {
        what: 'a backlog below the kernel’s default',
        edits: [softnet(3, { dropped: 50 }), sysctl('net.core.netdev_max_backlog', '100')],
        severity: 'crit',
        title: /^Softnet drops/,
        changes: ['net.core.netdev_max_backlog 100 -> 2000'],
      },
      {
        what: 'a backlog that is long already',
        edits: [softnet(3, { dropped: 50 }), sysctl('net.core.netdev_max_backlog', '65536')],
        severity: 'warn',
        title: /^Softnet drops/,
        changes: [],
      },
    ],
    silent: [
      { what: 'packets, and none dropped', edits: [softnet(3, { processed: 1_000_000 })] },
      {
        what: 'drops of the flow limit alone',
        edits: [softnet(3, { processed: 1_000_000, dropped: 90, flow_limit_count: 90 })],
      },
    ],
    notChecked: [
      {
        what: 'no softnet_stat',
        edits: [withoutFile('/proc/net/softnet_stat')],
        reason: /^\/proc\/net\/softnet_stat: /,
      },
      anotherBoot,
      { what: 'one look', edits: [oneLook], reason: /one sample only/ },
    ],
  },
  {
    rule: 'R29',
    capture: fourDrivers,
    fires: [
      {
        what: 'one flow',
        edits: [softnet(3, { processed: 1_000_000, dropped: 90, flow_limit_count: 90 })],
        severity: 'info',
        title: /^The flow limit drops 3\.9\d? packets\/s on CPU 3$/,
        changes: [],
      },
    ],
    silent: [{ what: 'drops of a full queue', edits: [softnet(3, { processed: 1_000_000, dropped: 90 })] }],
    notChecked: [
      {
        what: 'no softnet_stat',
        edits: [withoutFile('/proc/net/softnet_stat')],
        reason: /^\/proc\/net\/softnet_stat: /,
      },
    ],
  },
  {
    rule: 'R38',
    capture: fourDrivers,
    fires: [
      {
        what: 'powersave of acpi-cpufreq',
        edits: [
          added(
            'cpu',
            '/sys/devices/system/cpu/cpufreq/policy0/scaling_governor:powersave',
            '/sys/devices/system/cpu/cpufreq/policy0/scaling_driver:acpi-cpufreq',
          ),
        ],
        severity: 'info',
        title: 'CPUs stay at their lowest frequency (governor powersave)',
        changes: [],
      },
    ],
    silent: [
      {
        what: 'powersave of intel_pstate, which follows the load',
        edits: [
          added(
            'cpu',
            '/sys/devices/system/cpu/cpufreq/policy0/scaling_governor:powersave',
            '/sys/devices/system/cpu/cpufreq/policy0/scaling_driver:intel_pstate',
          ),
        ],
      },
    ],
    notChecked: [{ what: 'a virtual machine', edits: [], reason: /no cpufreq/ }],
  },
  {
    rule: 'R61',
    capture: fourDrivers,
    fires: [
      {
        what: 'tasks that read spin for 50 µs',
        edits: [sysctl('net.core.busy_read', '50')],
        severity: 'info',
        title: 'Sockets poll the NIC for 50 µs (net.core.busy_read)',
        changes: ['net.core.busy_read 50 -> 0'],
      },
    ],
    silent: [{ what: 'off', edits: [] }],
    notChecked: [
      { what: 'a key that is no number', edits: [sysctl('net.core.busy_poll', 'x')], reason: /not a number/ },
    ],
  },
  {
    rule: 'R58',
    capture: fourDrivers,
    fires: [
      {
        what: 'eight of ten',
        edits: [sysctl('fs.file-nr', '800\t0\t1000')],
        severity: 'warn',
        title: '800 of at most 1,000 files are open (80 %)',
        changes: ['fs.file-max 1000 -> 2000'],
      },
      { what: 'nearly all', edits: [sysctl('fs.file-nr', '901\t0\t1000')], severity: 'crit', title: /90 %/ },
    ],
    silent: [{ what: 'seven of ten', edits: [sysctl('fs.file-nr', '700\t0\t1000')] }],
    notChecked: [{ what: 'not three numbers', edits: [sysctl('fs.file-nr', '7')], reason: /three numbers/ }],
  },
  {
    rule: 'R59',
    capture: fourDrivers,
    fires: [
      {
        what: 'a file that sets another value',
        edits: [systemd, set('9000')],
        severity: 'info',
        title: '1 key runs with another value than the files set at boot: net.core.somaxconn',
      },
    ],
    silent: [{ what: 'a file that sets the same value', edits: [systemd, set('4096')] }],
    notChecked: [
      {
        what: 'a capture of before files were read',
        capture: 'captures/vm-8cpu.netsnap',
        edits: [],
        reason: /no such section/,
      },
    ],
  },
  {
    rule: 'R60',
    capture: fourDrivers,
    fires: [
      {
        what: 'the link of sysctl.d that brought sysctl.conf in is gone',
        edits: [
          systemd,
          replaced('boot-files', 'file /etc/sysctl.d/99-sysctl.conf\n', ''),
          added('sysctl-files', '/etc/sysctl.conf:9:net.core.somaxconn = 4096'),
        ],
        severity: 'warn',
        title: '/etc/sysctl.conf sets 1 network key and is not read at boot',
        changes: ['net.core.somaxconn ? -> 4096'],
      },
    ],
    silent: [{ what: 'the link is there', edits: [systemd, set('4096')] }],
    notChecked: [
      {
        what: 'a capture of before files were read',
        capture: 'captures/vm-8cpu.netsnap',
        edits: [],
        reason: /no such section/,
      },
    ],
  },
];
