import type { Qdisc } from '../kernel/qdisc.ts';
import { deltasOf } from './delta.ts';
import type { Delta } from './rates.ts';

/** What tells a qdisc from every other of the host; one that was replaced has another kind or handle. */
export function qdiscKey({ dev, kind, handle, parent }: Pick<Qdisc, 'dev' | 'kind' | 'handle' | 'parent'>): string {
  return `${dev} ${kind} ${handle} ${parent}`;
}

/** What a kind prints that says how it stands and is no counter. */
const gauges = new Set([
  'maxpacket',
  'new_flows_len',
  'old_flows_len',
  'flows',
  'inactive_flows',
  'throttled_flows',
  'prob',
]);

/** The change of every counter of every qdisc; `drops`, `overlimits` and `requeues` are 32-bit (`gnet_stats_queue`). */
export function qdiscRates(
  before: readonly Qdisc[],
  after: readonly Qdisc[],
  seconds: number,
  notes: string[],
): Map<string, Map<string, Delta>> {
  const earlier = new Map(before.map((qdisc) => [qdiscKey(qdisc), qdisc]));
  const rates = new Map<string, Map<string, Delta>>();
  for (const qdisc of after) {
    const key = qdiscKey(qdisc);
    const old = earlier.get(key);
    if (old === undefined) continue;
    const reset = (counter: string): void => {
      notes.push(`${counter} of qdisc ${key} went backwards: reset between the samples, no rate`);
    };
    rates.set(
      key,
      new Map([
        ...deltasOf(wide(old), wide(qdisc), seconds, 64, reset),
        ...deltasOf(narrow(old), narrow(qdisc), seconds, 32, reset),
      ]),
    );
  }
  return rates;
}

function wide({ bytes, packets }: Qdisc): Map<string, number> {
  return known([
    ['bytes', bytes],
    ['packets', packets],
  ]);
}

function narrow({ drops, overlimits, requeues, details }: Qdisc): Map<string, number> {
  return known([
    ...[...details].filter(([name]) => !gauges.has(name)),
    ['drops', drops],
    ['overlimits', overlimits],
    ['requeues', requeues],
  ]);
}

function known(counters: readonly (readonly [string, number | null])[]): Map<string, number> {
  return new Map(counters.filter((pair): pair is [string, number] => pair[1] !== null));
}
