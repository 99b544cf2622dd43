import type { Delta } from '../../model/rates.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { connectionsOf } from '../connections.ts';
import { formatCount, formatRate, formatShare, formatThings } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { counterEvidence, counterIfThere, counterOf, movedBy, movedCounters } from '../protocols.ts';
import { have, type Needed, type RuleContext, ruleOf } from '../rule.ts';
import { namespaceAdvice, type Proposal } from '../settings.ts';
import { maximumOf } from '../tcpBuffers.ts';
import { type Waiting, waitingEvidence, waitingLonger } from './connectionLimits.ts';

const backlogLimits = {
  warnPerSecond: limit(1, heuristic, (value) => `from ${value}/s on a warning, less for information`),
};

/** R28: segments came while a task held the socket, and the queue beside it was full. */
export const socketBacklogDrop = ruleOf({
  id: 'R28',
  title: 'Socket backlog drops',
  step: 'I21',
  evidence: '/proc/net/netstat TcpExt TCPBacklogDrop a second',
  fix: 'larger socket buffers (the limit is made of both), shorter writes in the application',
  lookalikes: 'One flow at very high rate may do it for moments; the CPU that reads may be the limit (R36, R37).',
  limits: backlogLimits,
  needs: (context): Needed<Delta> => counterOf(context, 'TcpExt TCPBacklogDrop'),
  check: (drops, { snapshot }, { warnPerSecond }) =>
    drops.delta === 0
      ? []
      : [
          {
            severity: drops.perSecond >= warnPerSecond ? 'warn' : 'info',
            subject: { kind: 'host' },
            title: `TCP drops ${formatRate(drops.perSecond, 'segments')} at sockets that are busy`,
            why: 'While a task works on a socket, segments for it wait in a backlog of their own, which was full. A long read or write holds the socket, or the task did not get a CPU.',
            evidence: [counterEvidence('TcpExt TCPBacklogDrop', drops, 'segments')],
            advice: [
              'Find the socket: `bl` of `ss -tm` is its backlog now.',
              'Read and write less at a time, or remove a small SO_RCVBUF or SO_SNDBUF: the limit grows with both buffers.',
              ...(snapshot.host.initialNetns === false ? [] : ['See whether its CPU is busy with softirq or stolen.']),
            ],
            verify: 'Snapshot again under the same load: TCPBacklogDrop stays flat.',
            tab: 'tcp',
          },
        ],
});

const prunedLimits = {
  prunesPerSecond: limit(
    10,
    heuristic,
    (value) => `data thrown away is critical, more than ${value} prunes/s a warning`,
  ),
};

/** What the kernel throws away when a receive buffer is full; the first two had been acknowledged or held for reordering. */
const thrownAway = ['TcpExt RcvPruned', 'TcpExt OfoPruned', 'TcpExt TCPRcvQDrop', 'TcpExt TCPOFODrop'] as const;

/** R30: receive buffers are full: data is repacked, then thrown away. */
export const receiveBufferPruned = ruleOf({
  id: 'R30',
  title: 'TCP receive buffers overflow',
  step: 'I22',
  evidence: '/proc/net/netstat TcpExt PruneCalled, RcvPruned, OfoPruned, TCPRcvQDrop, TCPOFODrop, TCPRcvCollapsed',
  fix: 'an application that reads faster; no SO_RCVBUF; a larger maximum in net.ipv4.tcp_rmem',
  lookalikes:
    'Some TCPRcvCollapsed are harmless: small segments are packed together. Memory pressure of the whole host (R27) drops here too.',
  limits: prunedLimits,
  needs: (context): Needed<Delta> => counterOf(context, 'TcpExt PruneCalled'),
  check: (pruned, context, { prunesPerSecond }) => {
    const lost = thrownAway.reduce((sum, counter) => sum + movedBy(counterIfThere(context, counter)), 0);
    if (lost === 0 && pruned.perSecond <= prunesPerSecond) return [];
    const { changes, advice } = largerMaximum(context.snapshot);
    return [
      {
        severity: lost > 0 ? 'crit' : 'warn',
        subject: { kind: 'host' },
        title:
          lost > 0
            ? `TCP threw away ${formatCount(lost)} segments that had arrived: receive buffers are full`
            : `TCP repacks full receive buffers ${formatRate(pruned.perSecond)}`,
        why: 'Data arrived faster than the application read it, or in segments so small that their overhead filled the buffer. The kernel first packs segments together, then drops them, and the peer sends them again.',
        evidence: [
          ...movedCounters(context, ['TcpExt PruneCalled'], 'times'),
          ...movedCounters(context, [...thrownAway, 'TcpExt TCPRcvCollapsed'], 'segments'),
        ],
        changes,
        advice: ['Find the socket: Recv-Q near `rb` in `ss -tm`.', ...advice],
        sideEffects:
          'Each connection may hold more kernel memory; a reader that is always too slow only gets later news.',
        verify: 'Snapshot again under the same load: RcvPruned, OfoPruned and TCPRcvQDrop stay flat.',
        tab: 'tcp',
      },
    ];
  },
});

function largerMaximum(snapshot: Snapshot): Proposal {
  const key = 'net.ipv4.tcp_rmem';
  const faster = 'Read faster, and set no SO_RCVBUF: it turns autotuning off.';
  const most = maximumOf(snapshot, key);
  if (most === null) return { changes: [], advice: [faster] };
  if (most.larger.length === 0)
    return { changes: [], advice: [faster, `${key} allows ${formatCount(most.value)} bytes already.`] };
  return { changes: most.larger, advice: [faster, ...namespaceAdvice(snapshot)] };
}

const windowLimits = {
  warnPerSecond: limit(1, heuristic, (value) => `above ${value}/s`),
  minimum: limit(
    10,
    heuristic,
    (value) => `${value} at least, or fewer while the same look finds data unread in both samples`,
  ),
  peerShare: limit(
    0.2,
    heuristic,
    (value) => `or, for information, connections that waited for the peer’s window above ${formatShare(value)} of busy`,
  ),
  minimumMs: limit(1000, heuristic, (value) => `judged from ${formatCount(value)} ms busy on`),
};

interface Windows {
  readonly closed: Delta;
  /** Connections whose peers did not read; none where ss could not be asked. */
  readonly waiting: readonly Waiting[];
}

/** R31: applications here do not read, so TCP told the peers to stop; or the peers told us. */
export const zeroWindow = ruleOf({
  id: 'R31',
  title: 'Receive windows closed',
  step: 'I25',
  evidence:
    '/proc/net/netstat TcpExt TCPToZeroWindowAdv a second, TCPWantZeroWindowAdv, TCPZeroWindowDrop; `ss -tnmi` rwnd_limited of busy for the other direction',
  fix: 'the application: it has to read, here or at the peer',
  lookalikes:
    'Back-pressure on purpose: a proxy or a backup that waits for its own peer or disk closes windows and loses nothing. rwnd_limited is since the connection was opened.',
  limits: windowLimits,
  needs: (context, { peerShare, minimumMs }): Needed<Windows> => {
    const closed = counterOf(context, 'TcpExt TCPToZeroWindowAdv');
    if (!closed.ok) return closed;
    const connections = connectionsOf(context.snapshot);
    const all = connections.ok ? connections.value : [];
    return have({
      closed: closed.value,
      waiting: waitingLonger(all, 'rwndLimitedMs', { share: peerShare, minimumMs }),
    });
  },
  check: ({ closed, waiting }, context, { warnPerSecond, minimum }): readonly Draft[] => [
    ...(closed.perSecond > warnPerSecond && (closed.delta >= minimum || isUnread(context))
      ? [closedHere(closed, context)]
      : []),
    ...closedThere(waiting),
  ],
});

/** Whether connections held data that nobody had read, in each sample: few closed windows alone are a short pause. */
function isUnread({ snapshot }: RuleContext): boolean {
  const unread = snapshot.samples.map(({ tcpSockets }) =>
    tcpSockets.ok ? (tcpSockets.value.queued.get('ESTABLISHED')?.rx ?? 0) : 0,
  );
  return unread.length > 1 && Math.min(...unread) > 0;
}

function closedHere(closed: Delta, context: RuleContext): Draft {
  return {
    severity: 'warn',
    subject: { kind: 'host' },
    title: `Applications do not read: TCP closes its window ${formatRate(closed.perSecond)}`,
    why: 'The receive buffer of a connection filled up because nobody read from it, and the peer was told to stop. It goes on when the application has read; until then it waits.',
    evidence: movedCounters(context, [
      'TcpExt TCPToZeroWindowAdv',
      'TcpExt TCPWantZeroWindowAdv',
      'TcpExt TCPFromZeroWindowAdv',
      'TcpExt TCPZeroWindowDrop',
    ]),
    advice: [
      'Nothing to tune: find the socket by a large Recv-Q in `ss -tn`, then its process. What does that wait for: CPU, disk, a lock, its own peer?',
    ],
    verify: 'Snapshot again under the same load: TCPToZeroWindowAdv stays flat.',
    tab: 'tcp',
  };
}

function closedThere(waiting: readonly Waiting[]): Draft[] {
  const [worst] = waiting;
  if (worst === undefined) return [];
  const { name, peer } = worst.connection;
  const more = waiting.length === 1 ? '' : `, and ${formatThings(waiting.length - 1, 'more connection')} like it`;
  return [
    {
      severity: 'info',
      subject: { kind: 'peer', ...peer },
      title: `${name} waits for its peer to read ${formatShare(worst.share)} of the time that it has data${more}`,
      why: 'The peer’s window is what bounds the connection: its application reads too slowly, or its receive buffer is small for the path.',
      evidence: waitingEvidence(waiting, 'rwnd_limited'),
      advice: ['Nothing to tune on this host: look at the peer, its application first, then its tcp_rmem (R63 there).'],
      verify: 'Open the connection anew under the same load: rwnd_limited of `ss -tin` stays small.',
      tab: 'tcp',
    },
  ];
}

/** Kept beside the rules on TCP: a full send buffer of UDP is the same question for datagrams. */
const udpSendLimits = {
  warnPerSecond: limit(10, 'netdata', (value) => `above ${value}/s`),
};

/** R45: datagrams could not be sent for want of buffer. */
export const udpSendBuffer = ruleOf({
  id: 'R45',
  title: 'UDP send errors',
  step: 'E1',
  evidence: '/proc/net/snmp Udp SndbufErrors a second',
  fix: 'pace the application; look at what the qdisc drops (R39)',
  lookalikes: 'A datagram that a local qdisc drops is reported to its sender and counts here too.',
  limits: udpSendLimits,
  needs: (context): Needed<{ errors: Delta; sent: Delta | null }> => {
    const errors = counterOf(context, 'Udp SndbufErrors');
    return errors.ok ? have({ errors: errors.value, sent: counterIfThere(context, 'Udp OutDatagrams') }) : errors;
  },
  check: ({ errors, sent }, context, { warnPerSecond }) =>
    errors.perSecond <= warnPerSecond
      ? []
      : [
          {
            severity: 'warn',
            subject: { kind: 'host' },
            title: `UDP cannot send ${formatRate(errors.perSecond, 'datagrams')}: no buffer`,
            why: 'The application sends faster than the socket, the qdisc or the NIC take the datagrams.',
            evidence: [
              counterEvidence('Udp SndbufErrors', errors, 'datagrams'),
              ...(sent === null ? [] : [counterEvidence('Udp OutDatagrams', sent, 'datagrams')]),
              ...movedCounters(context, ['Ip OutDiscards']),
            ],
            advice: [
              'Send more evenly (SO_MAX_PACING_RATE, sendmmsg in smaller batches). If Ip OutDiscards moves as fast, a qdisc drops: look there first.',
            ],
            verify: 'Snapshot again under the same load: SndbufErrors stays flat.',
            tab: 'tcp',
          },
        ],
});
