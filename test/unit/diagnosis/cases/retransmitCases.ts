import { counter, counterReset, uncounted } from './counts.ts';
import { oneLook, sysctl } from './edits.ts';
import { anotherBoot, fourDrivers, lacking, type RuleCases } from './ruleCases.ts';

/** What TCP had to send again. */
export const retransmitCases: readonly RuleCases[] = [
  {
    rule: 'R33',
    capture: fourDrivers,
    fires: [
      {
        what: 'two in a hundred',
        edits: [counter('Tcp OutSegs', 20_000), counter('Tcp RetransSegs', 400), counter('TcpExt TCPFastRetrans', 390)],
        severity: 'warn',
        title: /^TCP sends 2 % of its segments again \(17\.\d\/s\)$/,
        changes: [],
      },
      {
        what: 'four in a hundred',
        edits: [counter('Tcp OutSegs', 20_000), counter('Tcp RetransSegs', 800)],
        severity: 'crit',
        title: /^TCP sends 4 %/,
      },
    ],
    silent: [
      { what: 'one in a hundred', edits: [counter('Tcp OutSegs', 20_000), counter('Tcp RetransSegs', 200)] },
      { what: 'half of too few for a share', edits: [counter('Tcp OutSegs', 900), counter('Tcp RetransSegs', 450)] },
    ],
    notChecked: [
      anotherBoot,
      lacking('/proc/net/snmp'),
      {
        what: 'counters that were reset',
        edits: [counterReset('Tcp RetransSegs')],
        reason: /RetransSegs is not in both samples/,
      },
      { what: 'one look', edits: [oneLook], reason: /one sample only/ },
    ],
  },
  {
    rule: 'R34',
    capture: fourDrivers,
    fires: [
      {
        what: 'half of the retransmits, without SACK',
        edits: [
          counter('Tcp OutSegs', 20_000),
          counter('Tcp RetransSegs', 400),
          counter('TcpExt TCPTimeouts', 200),
          sysctl('net.ipv4.tcp_sack', '0'),
        ],
        severity: 'warn',
        title: /^50 % of TCP’s retransmits wait for the timeout \(8\.7\d?\/s\)$/,
        changes: ['net.ipv4.tcp_sack 0 -> 1'],
      },
      {
        what: 'half of few losses',
        edits: [counter('Tcp OutSegs', 200_000), counter('Tcp RetransSegs', 400), counter('TcpExt TCPTimeouts', 200)],
        severity: 'info',
        title: /^50 %/,
        changes: [],
      },
      {
        what: 'half, with early retransmits and RACK off',
        edits: [
          counter('Tcp RetransSegs', 400),
          counter('TcpExt TCPTimeouts', 200),
          sysctl('net.ipv4.tcp_early_retrans', '0'),
          sysctl('net.ipv4.tcp_recovery', '2'),
        ],
        severity: 'warn',
        title: /^50 %/,
        changes: ['net.ipv4.tcp_early_retrans 0 -> 3', 'net.ipv4.tcp_recovery 2 -> 3'],
      },
    ],
    silent: [
      {
        what: 'three in ten',
        edits: [counter('Tcp OutSegs', 20_000), counter('Tcp RetransSegs', 400), counter('TcpExt TCPTimeouts', 120)],
      },
      { what: 'all of too few', edits: [counter('Tcp RetransSegs', 49), counter('TcpExt TCPTimeouts', 49)] },
      {
        what: 'SYNs, which have nothing but the timeout',
        edits: [
          counter('Tcp RetransSegs', 400),
          counter('TcpExt TCPTimeouts', 380),
          counter('TcpExt TCPSynRetrans', 380),
        ],
      },
    ],
    notChecked: [
      anotherBoot,
      {
        what: 'a kernel that does not count them',
        edits: [uncounted('TcpExt TCPTimeouts')],
        reason: 'this kernel does not count TcpExt TCPTimeouts',
      },
    ],
  },
  {
    rule: 'R35',
    capture: fourDrivers,
    fires: [
      {
        what: 'half were not needed',
        edits: [counter('Tcp RetransSegs', 400), counter('TcpExt TCPDSACKRecv', 200)],
        severity: 'info',
        title: '50 % of TCP’s retransmits were not needed: the peers had the data',
        changes: [],
      },
      {
        what: 'two in a hundred out of order',
        edits: [counter('Tcp InSegs', 20_000), counter('TcpExt TCPOFOQueue', 400)],
        severity: 'info',
        title: '2 % of the TCP segments received came out of order',
      },
    ],
    silent: [
      { what: 'three in ten', edits: [counter('Tcp RetransSegs', 400), counter('TcpExt TCPDSACKRecv', 120)] },
      { what: 'all of too few', edits: [counter('Tcp RetransSegs', 49), counter('TcpExt TCPDSACKRecv', 49)] },
      {
        what: 'one in a hundred out of order',
        edits: [counter('Tcp InSegs', 20_000), counter('TcpExt TCPOFOQueue', 200)],
      },
    ],
    notChecked: [anotherBoot, lacking('/proc/net/snmp')],
  },
  {
    rule: 'R22',
    capture: fourDrivers,
    fires: [
      {
        what: 'a client’s',
        edits: [counter('Tcp ActiveOpens', 1000), counter('TcpExt TCPSynRetrans', 100)],
        severity: 'warn',
        title: /^4\.3\d? SYNs\/s are sent again \(10 % of the connections\)$/,
        changes: [],
      },
      {
        what: 'a server’s',
        edits: [counter('Tcp PassiveOpens', 1000), counter('TcpExt TCPSynRetrans', 100)],
        severity: 'warn',
        title: /SYN-ACKs or SYNs\/s are sent again/,
      },
    ],
    silent: [
      { what: 'one in a hundred', edits: [counter('Tcp ActiveOpens', 1000), counter('TcpExt TCPSynRetrans', 10)] },
      { what: 'half of too few', edits: [counter('Tcp ActiveOpens', 90), counter('TcpExt TCPSynRetrans', 45)] },
    ],
    notChecked: [anotherBoot, lacking('/proc/net/netstat')],
  },
];
