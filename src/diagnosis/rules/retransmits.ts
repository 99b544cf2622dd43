import type { Delta } from '../../model/rates.ts';
import type { Severity } from '../../model/severity.ts';
import type { SysctlChange } from '../../tuning/change.ts';
import { shareOf } from '../evidence.ts';
import { formatCount, formatRate, formatShare } from '../figures.ts';
import { heuristic, limit } from '../limit.ts';
import { counterEvidence, counterIfThere, countersOf, movedBy, movedCounters } from '../protocols.ts';
import { have, type Needed, type RuleContext, ruleOf } from '../rule.ts';
import { settingOf } from '../settings.ts';

const retransmitCounters = { retransmitted: 'Tcp RetransSegs', sent: 'Tcp OutSegs' } as const;

const rateLimits = {
  warnShare: limit(0.01, heuristic, (value) => `above ${formatShare(value)} of the segments sent a warning`),
  critShare: limit(0.03, heuristic, (value) => `above ${formatShare(value)} critical`),
  minimumSegments: limit(1000, heuristic, (value) => `judged from ${formatCount(value)} segments on`),
};

/** R33: a share of the segments sent had to be sent again. */
export const retransmitRate = ruleOf({
  id: 'R33',
  title: 'TCP retransmits',
  step: 'E4',
  evidence:
    '/proc/net/snmp Tcp RetransSegs less TcpExt TCPSynRetrans / OutSegs between the samples (OutSegs does not count retransmits)',
  fix: 'depends on where the loss is: our own qdisc and NIC first (R39, R41, R14), then the path and the peer; no sysctl cures loss',
  lookalikes:
    'A peer that drops (its R06, R01) looks the same from here. BBR on a policed path retransmits more by design.',
  limits: rateLimits,
  needs: (context) => countersOf(context, retransmitCounters),
  check: ({ retransmitted, sent }, context, { warnShare, critShare, minimumSegments }) => {
    // SYNs and SYN-ACKs that nobody answers are R22's: scans and floods make them.
    const segments = retransmitted.delta - movedBy(counterIfThere(context, 'TcpExt TCPSynRetrans'));
    const share = shareOf(segments, sent.delta, minimumSegments);
    if (share === null || share <= warnShare) return [];
    return [
      {
        severity: share > critShare ? 'crit' : 'warn',
        subject: { kind: 'host' },
        title: `TCP sends ${formatShare(share)} of its segments again (${formatRate(segments / retransmitted.seconds)})`,
        why: 'Segments or their acknowledgements were lost between this host’s TCP and the peer’s. Each loss costs at least a round trip and shrinks the congestion window.',
        evidence: [
          counterEvidence('Tcp RetransSegs', retransmitted, 'segments'),
          counterEvidence('Tcp OutSegs', sent, 'segments'),
          ...movedCounters(context, [
            'TcpExt TCPTimeouts',
            'TcpExt TCPFastRetrans',
            'TcpExt TCPLostRetransmit',
            'TcpExt TCPSlowStartRetrans',
            'TcpExt TCPSynRetrans',
          ]),
        ],
        advice: [
          'Find where it is lost: drops of this host’s qdiscs and NICs, CRC errors of its links, then the path (`mtr`, switch counters), then the peer.',
          'Find whom it concerns: `ss -tin` shows retrans and bytes_retrans of each connection; losses towards one network are that path’s.',
        ],
        verify: 'Snapshot again under the same load: the share falls.',
        tab: 'tcp',
      },
    ];
  },
});

const timeoutLimits = {
  timeoutShare: limit(0.3, heuristic, (value) => `timeouts above ${formatShare(value)} of the retransmits`),
  minimumRetransmits: limit(50, heuristic, (value) => `judged from ${formatCount(value)} retransmits on`),
  lossShare: limit(0.01, heuristic, (value) => `a warning where more than ${formatShare(value)} is retransmitted`),
};

/** The settings without which losses end in timeouts, with their defaults. */
const repairDefaults = { 'net.ipv4.tcp_sack': '1', 'net.ipv4.tcp_early_retrans': '3' };

/** R34: losses are repaired by waiting instead of by acknowledgements. */
export const timeoutHeavy = ruleOf({
  id: 'R34',
  title: 'TCP losses end in timeouts',
  step: 'E4',
  evidence:
    '/proc/net/netstat TcpExt TCPTimeouts / Tcp RetransSegs, both less TCPSynRetrans; tcp_sack, tcp_early_retrans, tcp_recovery',
  fix: 'tcp_sack, tcp_early_retrans and tcp_recovery at their defaults; else the path',
  lookalikes: 'Small exchanges have too few segments behind a loss for a fast retransmit.',
  limits: timeoutLimits,
  needs: (context) => countersOf(context, { ...retransmitCounters, timeouts: 'TcpExt TCPTimeouts' }),
  check: ({ retransmitted, sent, timeouts }, context, { timeoutShare, minimumRetransmits, lossShare }) => {
    // SYNs have nothing but the timeout: they are R22's.
    const syns = movedBy(counterIfThere(context, 'TcpExt TCPSynRetrans'));
    const share = shareOf(timeouts.delta - syns, retransmitted.delta - syns, minimumRetransmits);
    if (share === null || share <= timeoutShare) return [];
    const changes = repairChanges(context);
    return [
      {
        severity: retransmitted.delta > lossShare * sent.delta ? 'warn' : 'info',
        subject: { kind: 'host' },
        title: `${formatShare(share)} of TCP’s retransmits wait for the timeout (${formatRate(timeouts.perSecond)})`,
        why: 'A retransmission timeout takes 200 ms at least and starts the connection over at one segment. Losses that acknowledgements show are repaired within a round trip; these were not: whole flights were lost, or the last segments of an answer, or selective acknowledgements are off.',
        evidence: [
          counterEvidence('TcpExt TCPTimeouts', timeouts, 'timeouts'),
          counterEvidence('Tcp RetransSegs', retransmitted, 'segments'),
          ...movedCounters(context, ['TcpExt TCPLossProbes', 'TcpExt TCPLostRetransmit', 'TcpExt TCPSynRetrans']),
        ],
        changes,
        advice: [
          'Look for outages of the path: a link that flaps, a firewall that forgets connections, a dead peer.',
          'Where connections open and stall at the first large packet, the path swallows those: `ping -M do -s 1472` to the peer. Mend the MTU on the way; net.ipv4.tcp_mtu_probing = 1 lets TCP find it by itself.',
        ],
        sideEffects: 'None known: these are the kernel’s defaults.',
        verify: 'Snapshot again under the same load: TCPTimeouts falls against RetransSegs.',
        tab: 'tcp',
      },
    ];
  },
});

function repairChanges({ snapshot }: RuleContext): SysctlChange[] {
  const changes = Object.entries(repairDefaults).flatMap(([key, value]): SysctlChange[] => {
    const current = settingOf(snapshot, key);
    return current.ok && current.value !== value
      ? [{ kind: 'sysctl', key, value, current: current.value, atLeast: false }]
      : [];
  });
  const key = 'net.ipv4.tcp_recovery';
  const recovery = settingOf(snapshot, key);
  // Bit 0 is RACK; the others shape it.
  if (!recovery.ok || !/^\d+$/.test(recovery.value) || Number(recovery.value) % 2 === 1) return changes;
  const value = String(Number(recovery.value) + 1);
  return [...changes, { kind: 'sysctl', key, value, current: recovery.value, atLeast: false }];
}

const spuriousLimits = {
  spuriousShare: limit(0.3, heuristic, (value) => `above ${formatShare(value)} of the retransmits were not needed`),
  minimumRetransmits: limit(50, heuristic, (value) => `judged from ${formatCount(value)} retransmits on`),
  outOfOrderShare: limit(0.01, heuristic, (value) => `or above ${formatShare(value)} of the segments out of order`),
  minimumSegments: limit(1000, heuristic, (value) => `of at least ${formatCount(value)}`),
};

/** R35: what was taken for loss was reordering or delay. */
export const spuriousRetransmits = ruleOf({
  id: 'R35',
  title: 'Needless TCP retransmits, reordering',
  step: 'I21',
  evidence:
    '/proc/net/netstat TcpExt TCPDSACKRecv / Tcp RetransSegs; TCPOFOQueue / Tcp InSegs; TCPSpuriousRTOs, TCPDSACKUndo, TCPFullUndo, TCPSACKReorder',
  fix: 'the path: packets of one flow must take one way; RPS masks and bonding modes left alone under load',
  lookalikes:
    'Segments behind a lost one arrive out of order too: with a high retransmit rate at the peer that is loss.',
  limits: spuriousLimits,
  needs: (context) => countersOf(context, { retransmitted: 'Tcp RetransSegs', received: 'Tcp InSegs' }),
  check: ({ retransmitted, received }, context, numbers) => {
    const dsack = movedBy(counterIfThere(context, 'TcpExt TCPDSACKRecv'));
    const outOfOrder = movedBy(counterIfThere(context, 'TcpExt TCPOFOQueue'));
    const needless = shareOf(dsack, retransmitted.delta, numbers.minimumRetransmits) ?? 0;
    const late = shareOf(outOfOrder, received.delta, numbers.minimumSegments) ?? 0;
    const isNeedless = needless > numbers.spuriousShare;
    if (!isNeedless && late <= numbers.outOfOrderShare) return [];
    return [
      {
        severity: 'info' satisfies Severity,
        subject: { kind: 'host' },
        title: isNeedless
          ? `${formatShare(Math.min(1, needless))} of TCP’s retransmits were not needed: the peers had the data`
          : `${formatShare(late)} of the TCP segments received came out of order`,
        why: isNeedless
          ? 'Peers report (DSACK) that they got the data twice: the first copy was late, not lost. Something reorders packets or holds them up for longer than TCP waits.'
          : 'Segments overtook one another: several ways through the network (LACP by packet, multipath), or a steering change on a host on the way.',
        evidence: movedCounters(
          context,
          [
            'TcpExt TCPDSACKRecv',
            'Tcp RetransSegs',
            'TcpExt TCPSpuriousRTOs',
            'TcpExt TCPDSACKUndo',
            'TcpExt TCPFullUndo',
            'TcpExt TCPSACKReorder',
            'TcpExt TCPOFOQueue',
            'Tcp InSegs',
          ],
          'segments',
        ),
        advice: [
          'Look for ways that spread one flow’s packets: bonding mode balance-rr, per-packet load balancing, RPS masks or queue counts that change under load.',
        ],
        verify: 'Snapshot again under the same load: TCPDSACKRecv and TCPOFOQueue stay flat.',
        tab: 'tcp',
      },
    ];
  },
});

const synLimits = {
  share: limit(0.01, heuristic, (value) => `SYN retransmits above ${formatShare(value)} of the connections opened`),
  minimumOpens: limit(100, heuristic, (value) => `judged from ${formatCount(value)} connections on`),
};

/** R22: SYNs had to be sent again. */
export const synRetransmits = ruleOf({
  id: 'R22',
  title: 'SYNs sent again',
  step: 'E4',
  evidence: '/proc/net/netstat TcpExt TCPSynRetrans / /proc/net/snmp Tcp ActiveOpens + PassiveOpens',
  fix: 'the path or the peer: what it drops, filters or cannot accept (its R18)',
  lookalikes:
    'Of a server the retransmitted SYN-ACKs count here too: clients that vanish, scanners and floods cause them.',
  limits: synLimits,
  needs: (context): Needed<{ again: Delta; active: Delta; passive: Delta | null }> => {
    const counters = countersOf(context, { again: 'TcpExt TCPSynRetrans', active: 'Tcp ActiveOpens' });
    return counters.ok ? have({ ...counters.value, passive: counterIfThere(context, 'Tcp PassiveOpens') }) : counters;
  },
  check: ({ again, active, passive }, _, { share: least, minimumOpens }) => {
    const opens = active.delta + movedBy(passive);
    const share = shareOf(again.delta, opens, minimumOpens);
    if (share === null || share <= least) return [];
    const asServer = movedBy(passive) > active.delta;
    return [
      {
        severity: 'warn',
        subject: { kind: 'host' },
        title: `${formatRate(again.perSecond, asServer ? 'SYN-ACKs or SYNs' : 'SYNs')} are sent again (${formatShare(share)} of the connections)`,
        why: asServer
          ? 'Most connections here come in: clients did not answer the SYN-ACK, or their answer was lost. Each waits a second before it is sent again.'
          : 'The first packet of a connection, or its answer, was lost or ignored. Each attempt waits a second before the next.',
        evidence: [
          counterEvidence('TcpExt TCPSynRetrans', again, 'segments'),
          counterEvidence('Tcp ActiveOpens', active, 'connections'),
          ...(passive === null ? [] : [counterEvidence('Tcp PassiveOpens', passive, 'connections')]),
        ],
        advice: [
          asServer
            ? 'See who they are: `ss -tn state syn-recv`. Many unknown addresses are a scan or a flood.'
            : 'See whom it concerns: `ss -tn state syn-sent`. A peer whose accept queue overflows, a firewall, or a wrong route.',
        ],
        verify: 'Snapshot again: TCPSynRetrans stays flat.',
        tab: 'tcp',
      },
    ];
  },
});
