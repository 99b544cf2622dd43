import type { Listener } from '../../kernel/ss.ts';
import { listenerKey } from '../../model/ratesOf.ts';
import { stands } from '../evidence.ts';
import { formatCount, formatShare } from '../figures.ts';
import { heuristic, limit } from '../limit.ts';
import { noLimits } from '../listeners.ts';
import { counterIfThere, movedBy } from '../protocols.ts';
import { have, lack, type Needed, notRead, ruleOf } from '../rule.ts';

const limits = {
  warnShare: limit(0.75, heuristic, (value) => `from ${formatShare(value)} of the limit on, in both looks, a warning`),
  critShare: limit(1, heuristic, (value) => `above ${formatShare(value)} critical`),
  minimumLimit: limit(8, heuristic, (value) => `of listeners whose limit is ${value} or more`),
};

interface Queue {
  readonly listener: Listener;
  /** The smaller of the two looks, of the limit now. */
  readonly share: number;
}

/** R19: accept queues that stay long. */
export const acceptQueueHigh = ruleOf({
  id: 'R19',
  title: 'Accept queues nearly full',
  step: 'I20',
  evidence: '`ss -ltn` Recv-Q / Send-Q of each listener in both samples',
  fix: 'accept faster; a larger backlog (R18)',
  lookalikes:
    'A burst fills a queue for a moment: both looks must find it. Listeners with a backlog of a few are made for few.',
  limits,
  needs: ({ snapshot, sample }, { minimumLimit }): Needed<readonly Queue[]> => {
    if (!sample.listeners.ok) return notRead(sample.listeners);
    const blind = noLimits(sample.listeners);
    if (blind !== null) return lack(blind);
    const [before] = snapshot.samples;
    if (before === undefined || before === sample) return lack('the capture holds one look at the queues only');
    if (!before.listeners.ok) return notRead(before.listeners);
    const earlier = new Map(before.listeners.value.map((listener) => [listenerKey(listener), listener.recvQ]));
    return have(
      sample.listeners.value.flatMap((listener) => {
        const first = earlier.get(listenerKey(listener));
        if (listener.sendQ === null || listener.sendQ < minimumLimit || first === undefined) return [];
        return [{ listener, share: Math.min(first, listener.recvQ) / listener.sendQ }];
      }),
    );
  },
  check: (queues, context, { warnShare, critShare }) => {
    // What overflows is R18's.
    if (movedBy(counterIfThere(context, 'TcpExt ListenOverflows')) > 0) return [];
    return queues
      .filter(({ share }) => share >= warnShare)
      .map(({ listener, share }) => {
        const name = listenerKey(listener);
        const queue = `${formatCount(listener.recvQ)} of ${formatCount(listener.sendQ ?? 0)}`;
        return {
          severity: share > critShare ? ('crit' as const) : ('warn' as const),
          subject: { kind: 'listener' as const, address: listener.address, port: listener.port },
          title: `${name} has ${queue} connections waiting to be accepted`,
          why: 'The application accepts connections more slowly than they come. Each waits in the queue; when it is full, new ones are dropped.',
          evidence: [stands('ss -ltn', `${name} Recv-Q`, listener.recvQ, queue)],
          advice: ['Accept faster: more accept threads or workers, or SO_REUSEPORT. A longer backlog only buys time.'],
          verify: 'Snapshot again under the same load: Recv-Q stays near 0 (`ss -ltn`).',
          tab: 'tcp' as const,
        };
      });
  },
});
