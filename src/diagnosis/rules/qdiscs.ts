import type { Qdisc } from '../../kernel/qdisc.ts';
import { qdiscKey } from '../../model/qdiscRates.ts';
import type { Delta } from '../../model/rates.ts';
import type { Change } from '../../tuning/change.ts';
import { moved, shareOf, stands } from '../evidence.ts';
import { formatCount, formatRate, formatShare } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { physicalNics } from '../nicLoad.ts';
import { have, type Needed, notRead, type RuleContext, ruleOf } from '../rule.ts';

interface QdiscRates {
  readonly qdisc: Qdisc;
  readonly packets: Delta | null;
  readonly drops: Delta | null;
  readonly requeues: Delta | null;
}

/** Kinds that only hold others: their counters are sums of those. */
const parents = new Set(['mq', 'mqprio', 'noqueue', 'ingress', 'clsact']);

function leavesOf({ rates, sample }: RuleContext): Needed<readonly QdiscRates[]> {
  if (!rates.ok) return rates;
  if (!sample.qdiscs.ok) return notRead(sample.qdiscs);
  const all = sample.qdiscs.value;
  const leaves = all
    .filter((qdisc) => !parents.has(qdisc.kind) && !all.some((other) => isBelow(other, qdisc)))
    .flatMap((qdisc) => {
      const counters = rates.value.qdiscs.get(qdiscKey(qdisc));
      if (counters === undefined) return [];
      const of = (name: string): Delta | null => counters.get(name) ?? null;
      return [{ qdisc, packets: of('packets'), drops: of('drops'), requeues: of('requeues') }];
    });
  return have(leaves);
}

/** What a leaf drops is counted by the classful qdisc above it as well. */
function isBelow(leaf: Qdisc, { dev, handle }: Qdisc): boolean {
  return leaf.dev === dev && handle !== '0:' && leaf.parent !== handle && leaf.parent.startsWith(handle);
}

/** Qdiscs that drop to tell senders to slow down. */
const active = new Set(['fq_codel', 'codel', 'cake', 'red', 'pie', 'fq_pie', 'sfb', 'choke', 'gred']);
/** Qdiscs that hold packets back to a rate: what is over it waits, and then drops. */
const shapers = new Set(['tbf', 'htb', 'hfsc', 'cbq']);

const dropLimits = {
  warnShare: limit(
    0.01,
    heuristic,
    (value) => `above ${formatShare(value)} of the packets a warning, less for information`,
  ),
  minimumPackets: limit(1000, heuristic, (value) => `judged from ${formatCount(value)} packets on`),
};

/** R39: packets are dropped before the driver gets them. One finding a qdisc. */
export const qdiscDrops = ruleOf({
  id: 'R39',
  title: 'Qdisc drops',
  step: 'E11',
  evidence: '`tc -s qdisc` drops of each leaf between the samples, as a share of packets + drops; its backlog',
  fix: 'fq or fq_codel instead of pfifo_fast; what limits the sending (rate, R40, R41); txqueuelen for bursts only',
  lookalikes:
    'fq_codel, cake and red drop on purpose to slow senders down. overlimits of a shaper are its work, not a loss.',
  limits: dropLimits,
  needs: leavesOf,
  check: (leaves, context, { warnShare, minimumPackets }) =>
    leaves.flatMap(({ qdisc, packets, drops }): Draft[] => {
      if (drops === null || drops.delta === 0) return [];
      const share = shareOf(drops.delta, (packets?.delta ?? 0) + drops.delta, minimumPackets);
      const name = `${qdisc.dev} ${qdisc.kind}${qdisc.parent === 'root' ? '' : ` ${qdisc.parent}`}`;
      return [
        {
          severity: share !== null && share > warnShare ? 'warn' : 'info',
          subject: { kind: 'nic', nic: qdisc.dev },
          nics: [qdisc.dev],
          title: `${name} drops ${formatRate(drops.perSecond, 'packets')}${share === null ? '' : ` (${formatShare(share)} of all)`}`,
          why: why(qdisc.kind),
          evidence: [
            moved('tc -s qdisc', `${name} drops`, drops, 'packets'),
            ...(packets === null ? [] : [moved('tc -s qdisc', `${name} packets`, packets, 'packets')]),
            ...(qdisc.backlog === null || qdisc.backlog === 0
              ? []
              : [stands('tc -s qdisc', `${name} backlog`, qdisc.backlog, `${formatCount(qdisc.backlog)} bytes wait`)]),
          ],
          changes: fairQueue(qdisc, context),
          advice: advice(qdisc.kind),
          sideEffects: 'Packets that wait in the old qdisc are lost when it is replaced.',
          verify: 'Snapshot again under the same load: drops stay flat.',
          tab: 'nics',
        },
      ];
    }),
});

function why(kind: string): string {
  if (shapers.has(kind))
    return 'More is sent than the rate this qdisc is set to; what does not fit into its queue is dropped.';
  if (active.has(kind))
    return 'Packets waited for too long, or too many did, and this qdisc drops some so that TCP slows down. That is its work; many drops mean the link is the limit.';
  return 'The queue before the driver was full: more is sent than the link or the driver takes.';
}

function advice(kind: string): string[] {
  if (shapers.has(kind)) return ['Raise its rate if that is not meant, or send less; a longer queue only adds delay.'];
  return [
    'If the link is full there is nothing to tune: send less, or get a faster link. If it is not, look at the driver’s ring and byte queue limits.',
    ...(active.has(kind)
      ? []
      : [
          'On a NIC with several queues set net.core.default_qdisc = fq and let mq be made anew: a root fq would replace all its queues by one.',
        ]),
  ];
}

/** A NIC with one queue can have its root replaced; one with mq would lose it. */
function fairQueue({ dev, kind, parent }: Qdisc, { snapshot }: RuleContext): Change[] {
  const isPlain = kind === 'pfifo_fast' || kind === 'pfifo';
  if (!isPlain || parent !== 'root') return [];
  const nic = snapshot.nics.find(({ name }) => name === dev);
  if (nic === undefined || nic.queues.filter(({ direction }) => direction === 'tx').length !== 1) return [];
  return [{ kind: 'qdisc', nic: dev, value: 'fq_codel', current: kind, atLeast: false }];
}

const requeueLimits = {
  share: limit(0.01, heuristic, (value) => `above ${formatShare(value)} of the packets`),
  minimumPackets: limit(1000, heuristic, (value) => `judged from ${formatCount(value)} packets on`),
};

/** R40: the driver did not take packets that the qdisc offered. */
export const qdiscRequeues = ruleOf({
  id: 'R40',
  title: 'Packets put back into the qdisc',
  step: 'E12',
  evidence: '`tc -s qdisc` requeues / packets of each leaf between the samples',
  fix: 'the TX ring, byte queue limits, more queues (R41, R42)',
  lookalikes: 'Some are normal where senders on several CPUs share a queue.',
  limits: requeueLimits,
  needs: leavesOf,
  check: (leaves, _, { share: most, minimumPackets }) =>
    leaves.flatMap(({ qdisc, packets, requeues }): Draft[] => {
      if (requeues === null || packets === null) return [];
      const share = shareOf(requeues.delta, packets.delta, minimumPackets);
      if (share === null || share <= most) return [];
      return [
        {
          severity: 'warn',
          subject: { kind: 'nic', nic: qdisc.dev },
          nics: [qdisc.dev],
          title: `${qdisc.dev} ${qdisc.kind} takes back ${formatShare(share)} of its packets (${formatRate(requeues.perSecond)})`,
          why: 'The driver had no room in its ring when a packet was handed over, or another CPU held the queue: the packet went back and waits.',
          evidence: [
            moved('tc -s qdisc', `${qdisc.dev} requeues`, requeues, 'packets'),
            moved('tc -s qdisc', `${qdisc.dev} packets`, packets, 'packets'),
          ],
          advice: [
            'Look at the driver’s counters of stopped queues and at byte queue limits; more transmit queues and XPS spread senders.',
          ],
          verify: 'Snapshot again under the same load: requeues stay flat.',
          tab: 'nics',
        },
      ];
    }),
});

const lengthLimits = {
  most: limit(20_000, heuristic, (value) => `0, or above ${formatCount(value)} packets`),
};

/** R43: a queue of no length, or of one that only adds delay. */
export const txQueueLength = ruleOf({
  id: 'R43',
  title: 'Odd txqueuelen',
  step: 'E11',
  evidence: '/sys/class/net/NIC/tx_queue_len of NICs whose qdisc goes by it (pfifo_fast, pfifo, bfifo)',
  fix: 'txqueuelen 1000, the kernel’s default; better fq or fq_codel, which do not go by it',
  lookalikes: 'noqueue on virtual interfaces is right.',
  limits: lengthLimits,
  needs: ({ sample, snapshot }): Needed<readonly Qdisc[]> => {
    const nics = physicalNics(snapshot);
    if (!nics.ok) return nics;
    return sample.qdiscs.ok ? have(sample.qdiscs.value) : notRead(sample.qdiscs);
  },
  check: (qdiscs, { snapshot }, { most }) =>
    snapshot.nics.flatMap((nic): Draft[] => {
      const length = nic.txQueueLen;
      const goesByIt = qdiscs.some(({ dev, kind }) => dev === nic.name && /^(?:pfifo_fast|pfifo|bfifo)$/.test(kind));
      if (!nic.physical || !goesByIt || length === null || (length > 0 && length <= most)) return [];
      return [
        {
          severity: 'info',
          subject: { kind: 'nic', nic: nic.name },
          title: `${nic.name} has a txqueuelen of ${formatCount(length)}`,
          why:
            length === 0
              ? 'A queue of no length drops as soon as the driver is busy.'
              : 'So long a queue holds packets for seconds when the link is full: delay instead of loss, which TCP takes for a long way.',
          evidence: [stands(`/sys/class/net/${nic.name}/tx_queue_len`, 'tx_queue_len', length, formatCount(length))],
          changes: [
            {
              kind: 'device',
              nic: nic.name,
              attribute: 'tx_queue_len',
              value: '1000',
              current: String(length),
              atLeast: false,
            },
          ],
          sideEffects: length === 0 ? 'Packets may wait now.' : 'Bursts beyond 1,000 packets are dropped.',
          verify: '`ip link` shows qlen 1000.',
          tab: 'nics',
        },
      ];
    }),
});
