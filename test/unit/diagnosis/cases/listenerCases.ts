import { counter, counterReset, uncounted } from './counts.ts';
import { added, type Edit, oneLook, replacedAfter, sysctl, without } from './edits.ts';
import { anotherBoot, fourDrivers, lacking, type RuleCases } from './ruleCases.ts';

/** How many connections wait at 0.0.0.0:22, in a sample. */
const waiting = (sample: 'A' | 'B', count: number): Edit =>
  replacedAfter(
    `listeners@${sample}`,
    'State',
    'LISTEN 0      128          0.0.0.0:22',
    `LISTEN ${count}      128          0.0.0.0:22`,
  );
const dropped = (count: number): Edit => replacedAfter('listeners@B', '0.0.0.0:22', 'd0)', `d${count})`);

/** 128 connections, which is what its backlog and somaxconn allow. */
const capped = sysctl('net.core.somaxconn', '128');

/** A state of /proc/net/tcp, so many in each sample. */
const inState = (code: string, before: number, after: number): Edit[] => [
  added('tcp@A', `state 4 ${code} ${before}`),
  added('tcp@B', `state 4 ${code} ${after}`),
];
const noTcp = { what: 'sockets that were not counted', edits: [without('tcp@B')], reason: /^\/proc\/net\/tcp.*: / };

/** What waits at listeners and is dropped there, and sockets that stay. */
export const listenerCases: readonly RuleCases[] = [
  {
    rule: 'R18',
    capture: fourDrivers,
    fires: [
      {
        what: 'a listener that somaxconn bounds',
        edits: [
          counter('TcpExt ListenOverflows', 240),
          counter('TcpExt ListenDrops', 240),
          waiting('B', 129),
          dropped(240),
          capped,
        ],
        severity: 'crit',
        title: /^Accept queues overflow 10\.\d\/s at 0\.0\.0\.0:22 \(129 waiting, limit 128\)$/,
        changes: ['net.core.somaxconn 128 -> 4096'],
      },
      {
        what: 'a listener with a backlog of its own',
        edits: [counter('TcpExt ListenOverflows', 46), counter('TcpExt ListenDrops', 46), waiting('B', 129)],
        severity: 'warn',
        title: /^Accept queues overflow 2\/s at 0\.0\.0\.0:22/,
        changes: [],
      },
      {
        what: 'a few, and no queue seen full',
        edits: [counter('TcpExt ListenOverflows', 5), counter('TcpExt ListenDrops', 5)],
        severity: 'info',
        title: 'Accept queues overflow 0.22/s',
        changes: [],
      },
    ],
    silent: [{ what: 'drops of another reason', edits: [counter('TcpExt ListenDrops', 240)] }],
    notChecked: [
      anotherBoot,
      lacking('/proc/net/netstat'),
      {
        what: 'counters that were reset',
        edits: [counterReset('TcpExt ListenOverflows')],
        reason: /not in both samples/,
      },
      { what: 'one look', edits: [oneLook], reason: /one sample only/ },
    ],
  },
  {
    rule: 'R19',
    capture: fourDrivers,
    fires: [
      {
        what: 'long in both looks',
        edits: [waiting('A', 110), waiting('B', 100)],
        severity: 'warn',
        title: '0.0.0.0:22 has 100 of 128 connections waiting to be accepted',
        changes: [],
      },
      {
        what: 'full in both looks',
        edits: [waiting('A', 129), waiting('B', 129)],
        severity: 'crit',
        title: /129 of 128/,
      },
    ],
    silent: [
      { what: 'a burst', edits: [waiting('B', 129)] },
      { what: 'seven of ten', edits: [waiting('A', 95), waiting('B', 95)] },
      {
        what: 'full and overflowing, which is R18’s',
        edits: [waiting('A', 129), waiting('B', 129), counter('TcpExt ListenOverflows', 9)],
      },
    ],
    notChecked: [
      { what: 'one look', edits: [oneLook], reason: /one look/ },
      { what: 'no ss', edits: [without('listeners@A'), without('listeners@B')], reason: /told by ss only/ },
    ],
  },
  {
    rule: 'R20',
    capture: fourDrivers,
    fires: [
      {
        what: '2/s',
        edits: [counter('TcpExt ListenDrops', 92), counter('TcpExt ListenOverflows', 46)],
        severity: 'warn',
        title: 'Listeners drop 2 SYNs/s that no full accept queue explains',
        changes: [],
      },
      { what: '10/s', edits: [counter('TcpExt ListenDrops', 230)], severity: 'crit', title: /10 SYNs\/s/ },
    ],
    silent: [
      { what: 'as many overflows', edits: [counter('TcpExt ListenDrops', 92), counter('TcpExt ListenOverflows', 92)] },
      { what: '0.96/s more', edits: [counter('TcpExt ListenDrops', 114), counter('TcpExt ListenOverflows', 92)] },
    ],
    notChecked: [anotherBoot, lacking('/proc/net/netstat')],
  },
  {
    rule: 'R21',
    capture: fourDrivers,
    fires: [
      {
        what: 'clients that come back, at a listener that somaxconn bounds',
        edits: [
          counter('TcpExt TCPReqQFullDoCookies', 60),
          counter('TcpExt SyncookiesSent', 60),
          counter('TcpExt SyncookiesRecv', 55),
          capped,
        ],
        severity: 'warn',
        title: /^SYN queues are full: 2\.6\d? SYNs\/s answered with a cookie$/,
        changes: ['net.core.somaxconn 128 -> 4096'],
      },
      {
        what: 'clients that come back, at a listener with a backlog of its own',
        edits: [
          counter('TcpExt TCPReqQFullDoCookies', 60),
          counter('TcpExt SyncookiesSent', 60),
          counter('TcpExt SyncookiesRecv', 55),
        ],
        severity: 'warn',
        title: /answered with a cookie$/,
        changes: [],
      },
      {
        what: 'a flood',
        edits: [
          counter('TcpExt TCPReqQFullDoCookies', 9000),
          counter('TcpExt SyncookiesSent', 9000),
          counter('TcpExt SyncookiesRecv', 20),
          capped,
        ],
        severity: 'crit',
        title: /^SYN queues are full: 392 SYNs\/s answered with a cookie$/,
        changes: [],
      },
      {
        what: 'cookies off',
        edits: [counter('TcpExt TCPReqQFullDrop', 60), sysctl('net.ipv4.tcp_syncookies', '0')],
        severity: 'crit',
        title: /^SYN queues are full: 2\.6\d? SYNs\/s dropped$/,
        changes: ['net.ipv4.tcp_syncookies 0 -> 1', 'net.ipv4.tcp_max_syn_backlog 128 -> 4096'],
      },
    ],
    silent: [
      { what: '0.96/s', edits: [counter('TcpExt TCPReqQFullDoCookies', 22), counter('TcpExt SyncookiesSent', 22)] },
      {
        what: 'cookies always sent',
        edits: [
          counter('TcpExt TCPReqQFullDoCookies', 9000),
          counter('TcpExt SyncookiesSent', 9000),
          sysctl('net.ipv4.tcp_syncookies', '2'),
        ],
      },
    ],
    notChecked: [
      anotherBoot,
      {
        what: 'a kernel that does not count them',
        edits: [uncounted('TcpExt TCPReqQFullDoCookies')],
        reason: /does not count/,
      },
    ],
  },
  {
    rule: 'R23',
    capture: fourDrivers,
    fires: [
      {
        what: 'off where sshd listens',
        edits: [sysctl('net.ipv4.tcp_syncookies', '0')],
        severity: 'info',
        title: 'SYN cookies are off: a full SYN queue drops connections',
        changes: ['net.ipv4.tcp_syncookies 0 -> 1'],
      },
    ],
    silent: [
      { what: 'on', edits: [] },
      {
        what: 'off where nothing listens',
        edits: [
          sysctl('net.ipv4.tcp_syncookies', '0'),
          (text) => text.replaceAll(/^LISTEN .*\n.*skmem.*\n/gm, '').replaceAll(/^listen .*\n/gm, ''),
        ],
      },
    ],
    notChecked: [{ what: 'no ss', edits: [without('listeners@B'), without('tcp@B')], reason: /: / }],
  },
  {
    rule: 'R25',
    capture: fourDrivers,
    fires: [
      {
        what: 'nine in ten of the ports, towards a database',
        edits: [added('tcp@B', 'pair 4 0202000A 0302000A:1538 25500')],
        severity: 'warn',
        title: '25,500 sockets from 10.0.2.2 to 10.0.2.3:5432 use 90 % of the 28,232 local ports',
        changes: ['net.ipv4.ip_local_port_range 32768 60999 -> 1024 65535', 'net.ipv4.tcp_tw_reuse 2 -> 1'],
      },
      {
        what: 'nearly all',
        edits: [added('tcp@B', 'pair 4 0202000A 0302000A:1538 27500')],
        severity: 'crit',
        title: /97 %/,
      },
    ],
    silent: [
      { what: 'eight in ten', edits: [added('tcp@B', 'pair 4 0202000A 0302000A:1538 22500')] },
      { what: 'many in TIME_WAIT of a server, on its own port', edits: inState('06', 30_000, 31_000) },
      {
        what: 'as many, towards two services',
        edits: [added('tcp@B', 'pair 4 0202000A 0302000A:1538 14000', 'pair 4 0202000A 0402000A:1538 14000')],
      },
    ],
    notChecked: [noTcp],
  },
  {
    rule: 'R56',
    capture: fourDrivers,
    fires: [
      {
        what: 'more and more',
        edits: inState('08', 300, 340),
        severity: 'warn',
        title: '340 connections wait to be closed by this host’s applications, 40 more than at first',
        changes: [],
      },
      {
        what: 'many that stay',
        edits: inState('08', 340, 340),
        severity: 'info',
        title: '340 connections wait to be closed by this host’s applications',
      },
    ],
    silent: [{ what: 'a hundred', edits: inState('08', 20, 100) }],
    notChecked: [noTcp, { what: 'one look', edits: [oneLook], reason: /one look only/ }],
  },
  {
    rule: 'R57',
    capture: fourDrivers,
    fires: [
      {
        what: 'more and more',
        edits: inState('05', 1200, 1300),
        severity: 'info',
        title: '1,300 connections wait for their peers to close, 100 more than at first',
        changes: [],
      },
    ],
    silent: [
      { what: 'a thousand', edits: inState('05', 900, 1000) },
      { what: 'many that do not grow', edits: inState('05', 1300, 1300) },
    ],
    notChecked: [noTcp, { what: 'one look', edits: [oneLook], reason: /one look only/ }],
  },
];
