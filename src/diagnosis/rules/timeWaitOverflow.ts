import type { Delta } from '../../model/rates.ts';
import { moved, stands } from '../evidence.ts';
import { formatCount, formatRate, formatShare } from '../figures.ts';
import type { Draft, Evidence } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { have, lack, type Needed, notRead, type RuleContext, ruleOf } from '../rule.ts';
import { doubled, namespaceAdvice, numberOf } from '../settings.ts';

const key = 'net.ipv4.tcp_max_tw_buckets';
/** Half a gigabyte of TIME_WAIT sockets at about 256 bytes each. */
const bounds = { floor: 8192, ceiling: 2_097_152 };

const limits = {
  nearShare: limit(
    0.9,
    heuristic,
    (value) =>
      `any TCPTimeWaitOverflow is a warning, from ${formatShare(value)} of tcp_max_tw_buckets on for information`,
  ),
};

interface Data {
  /** Null when there are no rates. */
  readonly overflow: Delta | null;
  /** Sockets in TIME_WAIT and their limit; null when one of them is not known. */
  readonly held: { readonly sockets: number; readonly limit: number } | null;
}

/** R24: TIME_WAIT sockets are thrown away because there are too many, or soon will be. */
export const timeWaitOverflow = ruleOf({
  id: 'R24',
  title: 'TIME_WAIT table full',
  step: 'I21',
  evidence:
    '/proc/net/netstat TcpExt TCPTimeWaitOverflow; /proc/net/sockstat TCP tw against net.ipv4.tcp_max_tw_buckets',
  fix: 'fewer closed connections (keep-alive, pools); a larger net.ipv4.tcp_max_tw_buckets',
  lookalikes:
    'Many sockets in TIME_WAIT below the limit are no fault: on the side that closes first they are what TCP is made to leave.',
  limits,
  needs: (context): Needed<Data> => {
    const { rates } = context;
    const overflow = rates.ok ? (rates.value.protocols.get('TcpExt')?.get('TCPTimeWaitOverflow') ?? null) : null;
    const held = heldOf(context);
    if (overflow !== null || held.ok) return have({ overflow, held: held.ok ? held.value : null });
    return lack(rates.ok ? `TCPTimeWaitOverflow is not in both samples, and ${held.reason}` : rates.reason);
  },
  check: ({ overflow, held }, { snapshot }, { nearShare }): readonly Draft[] => {
    const overflows = overflow !== null && overflow.delta > 0;
    const near = held !== null && held.limit > 0 && held.sockets >= nearShare * held.limit;
    if (!overflows && !near) return [];
    const { changes, advice } = doubled(snapshot, key, bounds);
    return [
      {
        severity: overflows ? 'warn' : 'info',
        subject: { kind: 'host' },
        title: overflows
          ? `TIME_WAIT is skipped for ${formatRate(overflow.perSecond, 'connections')}: tcp_max_tw_buckets is reached`
          : `TIME_WAIT holds ${heldText(held)}`,
        why: 'A connection that closes while the table is full gets no TIME_WAIT. Late segments of it can then reach a new connection on the same ports, or be answered with a reset.',
        evidence: evidenceOf({ overflow, held }),
        changes,
        advice: [
          ...advice,
          'Close fewer connections: keep-alive, connection pools. tcp_fin_timeout does not shorten TIME_WAIT, and the kernel’s documentation says never to lower tcp_max_tw_buckets.',
          ...(changes.length > 0 ? namespaceAdvice(snapshot) : []),
        ],
        sideEffects: 'Memory: about a quarter of a kilobyte for each socket held. Ports stay in use as long as before.',
        verify:
          'Snapshot again under the same load: TCPTimeWaitOverflow stays flat and `tw` in /proc/net/sockstat stays below the limit.',
        tab: 'tcp',
      },
    ];
  },
});

function heldOf({ sample, snapshot }: RuleContext): Needed<{ sockets: number; limit: number }> {
  if (!sample.sockstat.ok) return notRead(sample.sockstat);
  const sockets = sample.sockstat.value.get('TCP')?.get('tw');
  if (sockets === undefined) return lack('/proc/net/sockstat has no tw');
  const limit = numberOf(snapshot, key);
  return limit.ok ? have({ sockets, limit: limit.value }) : limit;
}

function heldText(held: Data['held']): string {
  return held === null
    ? 'an unknown number of sockets'
    : `${formatCount(held.sockets)} of at most ${formatCount(held.limit)} sockets (${formatShare(held.sockets / held.limit)})`;
}

function evidenceOf({ overflow, held }: Data): Evidence[] {
  return [
    ...(overflow === null ? [] : [moved('/proc/net/netstat', 'TcpExt TCPTimeWaitOverflow', overflow, 'connections')]),
    ...(held === null ? [] : [stands('/proc/net/sockstat', 'TCP tw', held.sockets, heldText(held))]),
  ];
}
