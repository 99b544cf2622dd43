import { counter, counterReset, sockstat } from './counts.ts';
import { added, sysctl, withoutFile } from './edits.ts';
import { anotherBoot, fourDrivers, lacking, type RuleCases } from './ruleCases.ts';

/** TCP's and UDP's counters and memory: what was lost, thrown away or could not be held. */
export const tcpCases: readonly RuleCases[] = [
  {
    rule: 'R24',
    capture: fourDrivers,
    fires: [
      {
        what: 'some that got none',
        edits: [counter('TcpExt TCPTimeWaitOverflow', 230), sysctl('net.ipv4.tcp_max_tw_buckets', '4096')],
        severity: 'warn',
        title: /^TIME_WAIT is skipped for 10 connections\/s: tcp_max_tw_buckets is reached$/,
        changes: ['net.ipv4.tcp_max_tw_buckets 4096 -> 8192'],
      },
      {
        what: 'nearly all',
        edits: [sockstat('TCP tw', 3700), sysctl('net.ipv4.tcp_max_tw_buckets', '4096')],
        severity: 'info',
        title: 'TIME_WAIT holds 3,700 of at most 4,096 sockets (90 %)',
      },
    ],
    silent: [
      {
        what: 'many below the limit',
        edits: [sockstat('TCP tw', 3600), sysctl('net.ipv4.tcp_max_tw_buckets', '4096')],
      },
    ],
    notChecked: [
      {
        what: 'neither file',
        edits: [withoutFile('/proc/net/netstat'), withoutFile('/proc/net/sockstat')],
        reason: /TCPTimeWaitOverflow/,
      },
    ],
  },
  {
    rule: 'R26',
    capture: fourDrivers,
    fires: [
      {
        what: 'three in ten',
        edits: [sockstat('TCP orphan', 3000), sysctl('net.ipv4.tcp_max_orphans', '10000')],
        severity: 'warn',
        title: '3,000 TCP sockets without a process: 30 % of the limit',
        changes: ['net.ipv4.tcp_orphan_retries 0 -> 3', 'net.ipv4.tcp_max_orphans 10000 -> 20000'],
      },
      {
        what: 'six in ten',
        edits: [sockstat('TCP orphan', 6000), sysctl('net.ipv4.tcp_max_orphans', '10000')],
        severity: 'crit',
        title: /60 %/,
      },
      {
        what: 'connections killed for memory',
        edits: [counter('TcpExt TCPAbortOnMemory', 7)],
        severity: 'crit',
        title: 'TCP killed 7 connections for want of memory or orphans',
      },
    ],
    silent: [{ what: 'a quarter', edits: [sockstat('TCP orphan', 2500), sysctl('net.ipv4.tcp_max_orphans', '10000')] }],
    notChecked: [lacking('/proc/net/sockstat')],
  },
  {
    rule: 'R27',
    capture: fourDrivers,
    fires: [
      {
        what: 'above the pressure mark',
        edits: [sysctl('net.ipv4.tcp_mem', '1000\t2000\t3000'), sockstat('TCP mem', 2200)],
        severity: 'warn',
        title: 'TCP holds 2,200 of at most 3,000 pages (73 %, 9 MiB)',
        changes: ['net.ipv4.tcp_mem 1000 2000 3000 -> 1650 3300 4950'],
      },
      {
        what: 'nearly all',
        edits: [sysctl('net.ipv4.tcp_mem', '1000\t2000\t3000'), sockstat('TCP mem', 2800)],
        severity: 'crit',
        title: /93 %/,
      },
      {
        what: 'under pressure for a moment',
        edits: [counter('TcpExt TCPMemoryPressures', 2)],
        severity: 'warn',
        title: 'TCP came under memory pressure 2 times between the samples',
      },
    ],
    silent: [
      {
        what: 'at the pressure mark',
        edits: [sysctl('net.ipv4.tcp_mem', '1000\t2000\t3000'), sockstat('TCP mem', 2000)],
      },
    ],
    notChecked: [
      lacking('/proc/net/sockstat'),
      { what: 'a key that is no limit', edits: [sysctl('net.ipv4.tcp_mem', '7')], reason: /three numbers/ },
    ],
  },
  {
    rule: 'R28',
    capture: fourDrivers,
    fires: [
      {
        what: '2/s',
        edits: [counter('TcpExt TCPBacklogDrop', 46)],
        severity: 'warn',
        title: 'TCP drops 2 segments/s at sockets that are busy',
        changes: [],
      },
      {
        what: 'one',
        edits: [counter('TcpExt TCPBacklogDrop', 1)],
        severity: 'info',
        title: /^TCP drops 0\.04 segments\/s/,
      },
    ],
    silent: [{ what: 'none', edits: [] }],
    notChecked: [anotherBoot, lacking('/proc/net/netstat')],
  },
  {
    rule: 'R30',
    capture: fourDrivers,
    fires: [
      {
        what: 'data thrown away',
        edits: [counter('TcpExt PruneCalled', 60), counter('TcpExt RcvPruned', 50)],
        severity: 'crit',
        title: 'TCP threw away 50 segments that had arrived: receive buffers are full',
        changes: ['net.ipv4.tcp_rmem 4096 131072 6291456 -> 4096 131072 12582912'],
      },
      {
        what: 'repacked often',
        edits: [counter('TcpExt PruneCalled', 240), counter('TcpExt TCPRcvCollapsed', 9000)],
        severity: 'warn',
        title: /^TCP repacks full receive buffers 10\.\d\/s$/,
      },
      {
        what: 'data thrown away, with buffers as large as the newest default',
        edits: [counter('TcpExt OfoPruned', 50), sysctl('net.ipv4.tcp_rmem', '4096\t131072\t33554432')],
        severity: 'crit',
        title: /^TCP threw away 50 segments/,
        changes: [],
      },
    ],
    silent: [
      { what: 'repacked, 9.6/s', edits: [counter('TcpExt PruneCalled', 220), counter('TcpExt TCPRcvCollapsed', 9000)] },
    ],
    notChecked: [anotherBoot, lacking('/proc/net/netstat')],
  },
  {
    rule: 'R44',
    capture: fourDrivers,
    fires: [
      {
        what: 'at a socket that is known',
        edits: [
          counter('Udp RcvbufErrors', 2000),
          added('udp@A', 'sockets 4 1', 'udp 4 00000000:0202 00000000:0000 00000000:00000000 0 9001 10'),
          added('udp@B', 'sockets 4 1', 'udp 4 00000000:0202 00000000:0000 00000000:00001000 0 9001 2010'),
        ],
        severity: 'crit',
        title: /^UDP sockets drop 87\.\d datagrams\/s at 0\.0\.0\.0:514: receive buffer full \(100 % of all\)$/,
      },
      {
        what: 'half',
        edits: [counter('Udp InDatagrams', 2000), counter('Udp RcvbufErrors', 2000)],
        severity: 'crit',
        title: /^UDP sockets drop 87\.\d datagrams\/s: receive buffer full \(50 % of all\)$/,
        changes: ['net.core.rmem_max 212992 -> 4194304'],
      },
      {
        what: 'many of many more',
        edits: [counter('Udp InDatagrams', 999_500), counter('Udp RcvbufErrors', 500)],
        severity: 'warn',
        title: /\(0\.05 % of all\)$/,
      },
      {
        what: 'some of too few for a share',
        edits: [counter('Udp InDatagrams', 100), counter('Udp RcvbufErrors', 90)],
        severity: 'info',
        title: /receive buffer full$/,
      },
    ],
    silent: [
      {
        what: 'datagrams for which nobody listens',
        edits: [counter('Udp InDatagrams', 2000), counter('Udp NoPorts', 2000)],
      },
    ],
    notChecked: [
      anotherBoot,
      lacking('/proc/net/snmp'),
      { what: 'counters that were reset', edits: [counterReset('Udp RcvbufErrors')], reason: /not in both samples/ },
    ],
  },
  {
    rule: 'R65',
    capture: fourDrivers,
    fires: [
      {
        what: 'nearly all',
        edits: [sysctl('net.ipv4.udp_mem', '1000\t2000\t3000'), sockstat('UDP mem', 2750)],
        severity: 'warn',
        title: 'UDP holds 2,750 of at most 3,000 pages (92 %)',
        changes: ['net.ipv4.udp_mem 1000 2000 3000 -> 1500 3000 4500'],
      },
      {
        what: 'all, and datagrams dropped for it',
        edits: [
          sysctl('net.ipv4.udp_mem', '1000\t2000\t3000'),
          sockstat('UDP mem', 3000),
          counter('Udp MemErrors', 460),
        ],
        severity: 'crit',
        title: /^UDP holds 3,000 of at most 3,000 pages \(100 %\) and drops 20(?:\.\d)? datagrams\/s for it$/,
      },
    ],
    silent: [
      {
        what: 'nine in ten',
        edits: [sysctl('net.ipv4.udp_mem', '1000\t2000\t3000'), sockstat('UDP mem', 2700)],
      },
    ],
    notChecked: [lacking('/proc/net/sockstat')],
  },
  {
    rule: 'R45',
    capture: fourDrivers,
    fires: [
      {
        what: '13/s',
        edits: [counter('Udp SndbufErrors', 300), counter('Udp OutDatagrams', 9000)],
        severity: 'warn',
        title: /^UDP cannot send 13\.\d datagrams\/s: no buffer$/,
        changes: [],
      },
    ],
    silent: [{ what: '9.6/s', edits: [counter('Udp SndbufErrors', 220), counter('Udp OutDatagrams', 9000)] }],
    notChecked: [anotherBoot, lacking('/proc/net/snmp')],
  },
  {
    rule: 'R62',
    capture: fourDrivers,
    fires: [
      {
        what: 'SACK and window scaling',
        edits: [sysctl('net.ipv4.tcp_sack', '0'), sysctl('net.ipv4.tcp_window_scaling', '0')],
        severity: 'warn',
        title: 'tcp_window_scaling, tcp_sack are off',
        changes: ['net.ipv4.tcp_window_scaling 0 -> 1', 'net.ipv4.tcp_sack 0 -> 1'],
      },
    ],
    silent: [
      { what: 'all on', edits: [] },
      { what: 'timestamps without random offsets', edits: [sysctl('net.ipv4.tcp_timestamps', '2')] },
    ],
    notChecked: [
      {
        what: 'a capture without settings',
        capture: 'captures/four-drivers.netsnap.gz',
        edits: [(text) => text.replaceAll('/proc/sys/net/ipv4/tcp_sack:', '/proc/sys/net/ipv4/tcp_sick:')],
        reason: /tcp_sack/,
      },
    ],
  },
];
