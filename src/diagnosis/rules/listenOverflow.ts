import type { Listener } from '../../kernel/ss.ts';
import type { Delta, Rates } from '../../model/rates.ts';
import { listenerKey } from '../../model/ratesOf.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { moved, stands } from '../evidence.ts';
import { formatCount, formatRate } from '../figures.ts';
import type { Draft, Evidence } from '../finding.ts';
import { limit } from '../limit.ts';
import { noLimits } from '../listeners.ts';
import { have, lack, type Needed, notRead, ruleOf } from '../rule.ts';
import { doubled, namespaceAdvice, numberOf, type Proposal } from '../settings.ts';

const key = 'net.core.somaxconn';
/** The kernel's default since 5.4, and the largest backlog that kernels before 4.1 can hold. */
const bounds = { floor: 4096, ceiling: 65_535 };
const shownListeners = 8;

const limits = {
  warnPerSecond: limit(1, 'netdata', (value) => `above ${value}/s a warning, less for information`),
  critPerSecond: limit(5, 'netdata', (value) => `above ${value}/s critical`),
};

/** A listener whose queue is full, or that counts drops of its own. */
interface Suspect {
  readonly listener: Listener;
  /** Of its accept queue. */
  readonly limit: number;
  readonly drops: Delta | null;
}

interface Data {
  readonly overflows: Delta;
  readonly suspects: readonly Suspect[];
  /** Why listeners could not be looked at; null when they could. */
  readonly blind: string | null;
}

/** R18: connections were refused silently because an accept queue was full. */
export const listenOverflow = ruleOf({
  id: 'R18',
  title: 'Accept queue overflows',
  step: 'I20',
  evidence:
    '/proc/net/netstat TcpExt ListenOverflows a second; `ss -ltnm`: Recv-Q above Send-Q, and the drops of each listener',
  fix: 'accept faster; a larger backlog in the application, and net.core.somaxconn where that caps it',
  lookalikes:
    'Each SYN counts, so one client that keeps trying counts several times. ListenDrops counts these and other causes.',
  limits,
  needs: ({ rates, sample, snapshot }): Needed<Data> => {
    if (!rates.ok) return rates;
    if (!sample.netstat.ok) return notRead(sample.netstat);
    const overflows = rates.value.protocols.get('TcpExt')?.get('ListenOverflows');
    if (overflows === undefined) return lack('ListenOverflows is not in both samples');
    const suspects = suspectsOf(snapshot, rates.value);
    return have({ overflows, suspects, blind: noLimits(sample.listeners) });
  },
  check: (data, { snapshot }, { warnPerSecond, critPerSecond }): readonly Draft[] => {
    const { overflows, suspects } = data;
    if (overflows.delta === 0) return [];
    const { changes, advice } = proposal(data, snapshot);
    return [
      {
        severity: overflows.perSecond > critPerSecond ? 'crit' : overflows.perSecond > warnPerSecond ? 'warn' : 'info',
        subject: { kind: 'host' },
        title: `Accept queues overflow ${formatRate(overflows.perSecond)}${at(suspects)}`,
        why: 'The application accepts connections more slowly than they come, and its queue is full: SYNs are dropped and clients wait a second or more before they try again. Each SYN counts, so one client counts several times.',
        evidence: [
          moved('/proc/net/netstat', 'TcpExt ListenOverflows', overflows, 'overflows'),
          ...suspects.slice(0, shownListeners).flatMap(evidenceOf),
        ],
        changes,
        advice,
        sideEffects:
          'A longer queue lets clients wait instead of failing fast; it helps against bursts and not against an application that is always too slow.',
        verify:
          'Snapshot again under the same load: ListenOverflows stays flat and Recv-Q of the listener stays below Send-Q (`ss -ltn`).',
        tab: 'tcp',
      },
    ];
  },
});

function suspectsOf({ samples }: Snapshot, rates: Rates): Suspect[] {
  const suspects = new Map<string, Suspect>();
  // The queue of a listener that drops may be caught full in one of the two looks only; the newer look is kept.
  for (const { listeners } of samples) {
    for (const listener of listeners.ok ? listeners.value : []) {
      const limit = listener.sendQ;
      if (limit === null) continue;
      const name = listenerKey(listener);
      const drops = rates.listenerDrops.get(name) ?? null;
      const full = listener.recvQ > limit;
      if (full || (drops !== null && drops.delta > 0)) suspects.set(name, { listener, limit, drops });
    }
  }
  return [...suspects.values()].sort((a, b) => (b.drops?.delta ?? 0) - (a.drops?.delta ?? 0));
}

function at(suspects: readonly Suspect[]): string {
  const [first, ...others] = suspects;
  if (first === undefined) return '';
  const { listener, limit } = first;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return ` at ${listenerKey(listener)} (${formatCount(listener.recvQ)} waiting, limit ${formatCount(limit)})${more}`;
}

function proposal({ suspects, blind }: Data, snapshot: Snapshot): Proposal {
  const faster = 'Accept faster: more accept threads or workers, or SO_REUSEPORT.';
  if (suspects.length === 0) {
    const unseen =
      blind === null
        ? 'No queue was full at the moment of either sample: watch Recv-Q and Send-Q with `ss -ltn` to find the listener.'
        : `Which listener it is could not be seen: ${blind}.`;
    return { changes: [], advice: [unseen, faster] };
  }
  const limit = numberOf(snapshot, key);
  if (!limit.ok) return { changes: [], advice: [`No change of ${key} is proposed: ${limit.reason}.`, faster] };
  const capped = suspects.filter((suspect) => suspect.limit === limit.value);
  const own = suspects.filter((suspect) => suspect.limit !== limit.value);
  const ownAdvice =
    own.length === 0
      ? []
      : [
          `${names(own)}: the limit is not ${key} (${formatCount(limit.value)}) as it stands but the backlog the application gave to listen(), or a smaller somaxconn of that time. Raise the backlog in the application (nginx \`listen ... backlog=\`, Java ServerSocket) and reload it.`,
        ];
  if (capped.length === 0) return { changes: [], advice: [...ownAdvice, faster] };
  const raised = doubled(snapshot, key, bounds);
  return {
    changes: raised.changes,
    advice: [
      ...raised.advice,
      `${names(capped)}: the limit is ${key} (${formatCount(limit.value)}). A listener takes a new one only when it calls listen() again, so reload it; its own backlog must be as large.`,
      ...ownAdvice,
      faster,
      ...(raised.changes.length > 0 ? namespaceAdvice(snapshot) : []),
    ],
  };
}

function names(suspects: readonly Suspect[]): string {
  const shown = suspects.slice(0, 3).map(({ listener }) => listenerKey(listener));
  const more = suspects.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

function evidenceOf({ listener, limit, drops }: Suspect): Evidence[] {
  const name = listenerKey(listener);
  const queue = `${formatCount(listener.recvQ)} of ${formatCount(limit)}`;
  return [
    stands('ss -ltnm', `${name} Recv-Q`, listener.recvQ, queue),
    ...(drops === null ? [] : [moved('ss -ltnm', `${name} skmem d`, drops, 'drops')]),
  ];
}
