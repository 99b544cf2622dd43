import type { Delta } from '../../model/rates.ts';
import type { SysctlChange } from '../../tuning/change.ts';
import { formatRate, formatShare } from '../figures.ts';
import { heuristic, limit } from '../limit.ts';
import { cappedBy } from '../listeners.ts';
import { counterEvidence, counterIfThere, counterOf, countersOf, movedBy, movedCounters } from '../protocols.ts';
import { have, type Needed, notRead, type RuleContext, ruleOf } from '../rule.ts';
import { doubled, namespaceAdvice, numberOf, type Proposal, settingOf } from '../settings.ts';

const listenDropsLimits = {
  warnPerSecond: limit(1, 'netdata', (value) => `above ${value}/s a warning`),
  critPerSecond: limit(5, 'netdata', (value) => `above ${value}/s critical`),
};

/** R20: SYNs were dropped at a listener for another reason than a full accept queue. */
export const listenDropsOther = ruleOf({
  id: 'R20',
  title: 'Listeners drop SYNs for other reasons',
  step: 'I20',
  evidence: '/proc/net/netstat TcpExt ListenDrops less ListenOverflows, a second',
  fix: 'what stands beside it: a full SYN queue (R21), memory pressure (R27), a route or a filter',
  lookalikes: 'ListenDrops holds ListenOverflows (R18); only what goes beyond them is judged here.',
  limits: listenDropsLimits,
  needs: (context) => countersOf(context, { drops: 'TcpExt ListenDrops', overflows: 'TcpExt ListenOverflows' }),
  check: ({ drops, overflows }, context, { warnPerSecond, critPerSecond }) => {
    const perSecond = (drops.delta - overflows.delta) / drops.seconds;
    if (perSecond <= warnPerSecond) return [];
    return [
      {
        severity: perSecond > critPerSecond ? 'crit' : 'warn',
        subject: { kind: 'host' },
        title: `Listeners drop ${formatRate(perSecond, 'SYNs')} that no full accept queue explains`,
        why: 'The kernel had no memory, no route or no place in the SYN queue for a new connection, or could not verify what came back.',
        evidence: [
          counterEvidence('TcpExt ListenDrops', drops, 'drops'),
          counterEvidence('TcpExt ListenOverflows', overflows, 'overflows'),
          ...movedCounters(context, [
            'TcpExt TCPReqQFullDrop',
            'TcpExt TCPMemoryPressures',
            'TcpExt SyncookiesFailed',
            'TcpExt PAWSPassive',
            'TcpExt TCPMD5NotFound',
          ]),
        ],
        advice: ['The counters that moved with it name the reason; without one, look at routes and memory.'],
        verify: 'Snapshot again under the same load: ListenDrops moves no faster than ListenOverflows.',
        tab: 'tcp',
      },
    ];
  },
});

const synQueueLimits = {
  warnPerSecond: limit(1, 'netdata', (value) => `cookies above ${value}/s a warning`),
  critPerSecond: limit(5, 'netdata', (value) => `above ${value}/s, or any SYN dropped, critical`),
  legitimateShare: limit(
    0.5,
    heuristic,
    (value) => `a burst of real clients where ${formatShare(value)} of the cookies come back`,
  ),
};

interface SynQueue {
  readonly cookies: Delta;
  /** SYNs that a full queue dropped. */
  readonly dropped: Drops | null;
  readonly mode: string | null;
}

interface Drops {
  readonly delta: number;
  readonly perSecond: number;
}

const somaxconn = 'net.core.somaxconn';
const backlog = 'net.ipv4.tcp_max_syn_backlog';

/** R21: more half-open connections than a listener's backlog holds. */
export const synQueueFull = ruleOf({
  id: 'R21',
  title: 'SYN queue full',
  step: 'I20',
  evidence:
    '/proc/net/netstat TcpExt TCPReqQFullDoCookies, TCPReqQFullDrop, SyncookiesSent and SyncookiesRecv; net.ipv4.tcp_syncookies; where that is 0, ListenDrops less ListenOverflows while sockets in SYN_RECV reach 70 % of tcp_max_syn_backlog',
  fix: 'a larger backlog of the listener and net.core.somaxconn; tcp_syncookies on; tcp_max_syn_backlog only where cookies are off',
  lookalikes:
    'A flood: few of the cookies sent come back. With tcp_syncookies=2 cookies are always sent and mean nothing.',
  limits: synQueueLimits,
  needs: (context): Needed<SynQueue> => {
    const cookies = counterOf(context, 'TcpExt TCPReqQFullDoCookies');
    if (!cookies.ok) return cookies;
    const mode = settingOf(context.snapshot, 'net.ipv4.tcp_syncookies');
    return have({
      cookies: cookies.value,
      dropped:
        mode.ok && mode.value === '0' && isQueueFull(context)
          ? droppedWithoutCookies(context)
          : counterIfThere(context, 'TcpExt TCPReqQFullDrop'),
      mode: mode.ok ? mode.value : null,
    });
  },
  check: ({ cookies, dropped, mode }, context, { warnPerSecond, critPerSecond, legitimateShare }) => {
    const drops = dropped?.delta ?? 0;
    const counted = mode === '2' ? 0 : cookies.perSecond;
    if (drops === 0 && counted <= warnPerSecond) return [];
    const received = movedBy(counterIfThere(context, 'TcpExt SyncookiesRecv'));
    const sent = Math.max(cookies.delta, movedBy(counterIfThere(context, 'TcpExt SyncookiesSent')));
    const isFlood = drops === 0 && sent > 0 && received < legitimateShare * sent;
    const { changes, advice } = proposal(context, mode, isFlood);
    return [
      {
        severity: drops > 0 || counted > critPerSecond ? 'crit' : 'warn',
        subject: { kind: 'host' },
        title:
          drops > 0
            ? `SYN queues are full: ${formatRate(dropped?.perSecond ?? 0, 'SYNs')} dropped`
            : `SYN queues are full: ${formatRate(cookies.perSecond, 'SYNs')} answered with a cookie`,
        why: isFlood
          ? 'More half-open connections than the listener’s backlog holds, and few of the cookies come back: most of these SYNs are from nobody who wants to connect.'
          : 'More half-open connections than the listener’s backlog holds: clients come in faster than the handshake ends. A cookie loses TCP options (without timestamps: window scaling, SACK); a dropped SYN costs its client a second.',
        evidence: movedCounters(context, [
          'TcpExt TCPReqQFullDoCookies',
          'TcpExt TCPReqQFullDrop',
          'TcpExt SyncookiesSent',
          'TcpExt SyncookiesRecv',
          'TcpExt SyncookiesFailed',
          ...(mode === '0' ? (['TcpExt ListenDrops', 'TcpExt ListenOverflows'] as const) : []),
        ]),
        changes,
        advice,
        sideEffects: 'Longer queues hold more half-open connections, of a flood as well.',
        verify: 'Snapshot again under the same load: TCPReqQFullDoCookies and TCPReqQFullDrop stay flat.',
        tab: 'tcp',
      },
    ];
  },
});

/**
 * Without cookies SYNs are dropped when a quarter of tcp_max_syn_backlog is left, and no counter but ListenDrops tells
 * (`tcp_conn_request()`): that it is this is known by the sockets in SYN_RECV.
 */
function isQueueFull({ snapshot }: RuleContext): boolean {
  const most = numberOf(snapshot, backlog);
  return (
    most.ok &&
    snapshot.samples.some(({ tcpSockets }) => {
      const waiting = tcpSockets.ok ? tcpSockets.value.states.get('SYN_RECV') : undefined;
      return waiting !== undefined && waiting.v4 + waiting.v6 >= nearlyFull * most.value;
    })
  );
}

const nearlyFull = 0.7;

function droppedWithoutCookies(context: RuleContext): Drops | null {
  const drops = counterIfThere(context, 'TcpExt ListenDrops');
  if (drops === null) return null;
  const delta = drops.delta - movedBy(counterIfThere(context, 'TcpExt ListenOverflows'));
  return { delta, perSecond: delta / drops.seconds };
}

function proposal({ sample, snapshot }: RuleContext, mode: string | null, isFlood: boolean): Proposal {
  const reload =
    'A listener takes a new backlog when it calls listen() again: raise it in the application and reload it.';
  if (mode === '0') {
    const cookies: SysctlChange = {
      kind: 'sysctl',
      key: 'net.ipv4.tcp_syncookies',
      value: '1',
      current: '0',
      atLeast: false,
    };
    const longer = doubled(snapshot, backlog, { floor: 4096, ceiling: 65_536 });
    return {
      changes: [cookies, ...longer.changes],
      advice: [
        'With cookies off a full queue drops SYNs, and tcp_max_syn_backlog limits it.',
        reload,
        ...longer.advice,
      ],
    };
  }
  if (isFlood)
    return {
      changes: [],
      advice: ['Leave tcp_syncookies at 1: it is what keeps the service up. Filter before the host if it lasts.'],
    };
  const most = numberOf(snapshot, somaxconn);
  const capped = most.ok ? cappedBy(most.value, sample.listeners) : [];
  const wider = capped.length === 0 ? null : doubled(snapshot, somaxconn, { floor: 4096, ceiling: 65_535 });
  return {
    changes: wider?.changes ?? [],
    advice: [
      'The limit is the listener’s own backlog; tcp_max_syn_backlog does not count while cookies are on.',
      wider === null
        ? 'No listener was seen whose limit is net.core.somaxconn: raise the backlog that the application gives to listen(), and reload it.'
        : reload,
      'A lower net.ipv4.tcp_synack_retries (2) gives up sooner on clients that do not answer.',
      ...(wider?.advice ?? []),
      ...(wider !== null && wider.changes.length > 0 ? namespaceAdvice(snapshot) : []),
    ],
  };
}

/** R23: without cookies a full SYN queue drops. */
export const syncookiesDisabled = ruleOf({
  id: 'R23',
  title: 'SYN cookies off',
  step: 'I20',
  evidence: 'net.ipv4.tcp_syncookies is 0 on a host with listeners',
  fix: 'net.ipv4.tcp_syncookies = 1, the default',
  lookalikes: 'A host behind something that answers SYNs for it may do without.',
  limits: {},
  needs: ({ sample, snapshot }): Needed<{ mode: string; listeners: number }> => {
    const mode = settingOf(snapshot, 'net.ipv4.tcp_syncookies');
    if (!mode.ok) return mode;
    if (!sample.listeners.ok) return notRead(sample.listeners);
    return have({ mode: mode.value, listeners: sample.listeners.value.length });
  },
  check: ({ mode, listeners }) =>
    mode !== '0' || listeners === 0
      ? []
      : [
          {
            severity: 'info',
            subject: { kind: 'host' },
            title: 'SYN cookies are off: a full SYN queue drops connections',
            why: 'With tcp_syncookies at 0 the SYN queue is limited by tcp_max_syn_backlog, and what does not fit is dropped, in a flood everything.',
            evidence: [
              {
                source: '/proc/sys/net/ipv4/tcp_syncookies',
                field: 'tcp_syncookies',
                before: null,
                after: 0,
                seconds: null,
                figure: '0',
              },
            ],
            changes: [{ kind: 'sysctl', key: 'net.ipv4.tcp_syncookies', value: '1', current: '0', atLeast: false }],
            sideEffects: 'While a queue is full, connections lose options that a cookie cannot hold.',
            verify: 'The key reads 1.',
            tab: 'tcp',
          },
        ],
});
