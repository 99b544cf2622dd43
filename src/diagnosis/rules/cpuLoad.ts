import type { CpuShares, Rates } from '../../model/rates.ts';
import { spent } from '../evidence.ts';
import { formatCpus, formatRate, formatShare, formatThings } from '../figures.ts';
import { heuristic, limit } from '../limit.ts';
import { have, lack, type Needed, notRead, type RuleContext, ruleOf } from '../rule.ts';

const shownCpus = 8;

function sharesOf({ rates, sample }: RuleContext): Needed<ReadonlyMap<number, CpuShares>> {
  if (!rates.ok) return rates;
  if (!sample.cpuTimes.ok) return notRead(sample.cpuTimes);
  // The line of all CPUs together is no CPU.
  const shares = [...rates.value.cpuTimes].filter(([cpu]) => cpu >= 0);
  return shares.length > 0 ? have(new Map(shares)) : lack('no CPU has its times in both samples');
}

const softirqLimits = {
  warnShare: limit(0.5, heuristic, (value) => `above ${formatShare(value)} of a CPU’s time a warning`),
  critShare: limit(0.8, heuristic, (value) => `above ${formatShare(value)}, or with no time left idle, critical`),
};

/** Of a CPU's time, idle: less is none. */
const noIdle = 0.05;

/** R36: CPUs spend most of their time in softirq. */
export const softirqSaturation = ruleOf({
  id: 'R36',
  title: 'CPU saturated by softirq',
  step: 'I8',
  evidence: '/proc/stat softirq share of each CPU between the samples (ksoftirqd counts as softirq)',
  fix: 'spread the work: queues, interrupts, RPS (R03 to R09); GRO and TSO on; fewer rules in netfilter',
  lookalikes:
    'Kernels without exact interrupt accounting sample at the tick and are coarse at low load. Threaded NAPI shows as system time of napi/ threads.',
  limits: softirqLimits,
  needs: sharesOf,
  check: (shares, { rates }, { warnShare, critShare }) => {
    const busy = [...shares]
      .filter(([, { softirq }]) => softirq > warnShare)
      .sort(([, a], [, b]) => b.softirq - a.softirq);
    const [worst] = busy;
    if (worst === undefined) return [];
    const [cpu, { softirq, idle }] = worst;
    const seconds = rates.ok ? rates.value.seconds : 0;
    const more = busy.length - 1;
    const others = more === 0 ? '' : `, and ${formatThings(more, 'more CPU')} more than ${formatShare(warnShare)}`;
    return [
      {
        severity: busy.some(([, one]) => one.softirq > critShare || one.idle < noIdle) ? 'crit' : 'warn',
        subject: { kind: 'host' },
        cpus: busy.map(([number]) => number),
        title: `CPU ${cpu} spends ${formatShare(softirq)} of its time in softirq${others}`,
        why: `A CPU works on one queue at a time: when softirq takes it all, rings, backlogs and the tasks on it wait. ${idleElsewhere(shares, busy.length)}`,
        evidence: busy
          .slice(0, shownCpus)
          .flatMap(([number, one]) => [
            spent(number, 'softirq', one.softirq, seconds),
            ...(rates.ok ? processedOf(rates.value, number) : []),
          ]),
        advice: [
          'Spread receive work over CPUs: more queues, their interrupts on different CPUs, RPS where the NIC has one queue.',
          'Make it less: GRO and TSO on, shorter rule sets in netfilter, XDP for what is dropped anyway.',
          ...(idle > 0.2 ? ['The CPU still has idle time: it is near its limit, not at it.'] : []),
        ],
        verify: 'Snapshot again under the same load: the share falls and other CPUs take over.',
        tab: 'softnet',
      },
    ];
  },
});

function idleElsewhere(shares: ReadonlyMap<number, CpuShares>, busy: number): string {
  const idle = [...shares.values()].filter((share) => share.idle > 0.5).length;
  return idle > 0 && busy < shares.size ? `${idle} of ${shares.size} CPUs are idle most of the time.` : '';
}

function processedOf(rates: Rates, cpu: number) {
  const processed = rates.softnet.get(cpu)?.processed;
  if (processed === undefined || processed === null) return [];
  const figure = formatRate(processed.perSecond, 'packets');
  return [
    {
      source: '/proc/net/softnet_stat',
      field: `CPU ${cpu} processed`,
      before: processed.before,
      after: processed.after,
      seconds: processed.seconds,
      figure,
    },
  ];
}

const stealLimits = {
  warnShare: limit(0.05, heuristic, (value) => `above ${formatShare(value)} of all CPU time a warning`),
  critShare: limit(0.2, heuristic, (value) => `above ${formatShare(value)} critical`),
};

/** R37: the hypervisor runs something else on our CPUs. */
export const stolenTime = ruleOf({
  id: 'R37',
  title: 'CPU time stolen by the hypervisor',
  step: 'I8',
  evidence: '/proc/stat steal share of all CPUs between the samples',
  fix: 'the virtual machine’s size or place: nothing inside it helps',
  lookalikes: 'A CPU limit of the instance shows as steal too. A host that is idle has nothing to steal from.',
  limits: stealLimits,
  needs: sharesOf,
  check: (shares, { rates }, { warnShare, critShare }) => {
    const steal = [...shares.values()].reduce((sum, share) => sum + share.steal, 0) / shares.size;
    if (steal <= warnShare) return [];
    const robbed = [...shares].filter(([, share]) => share.steal > warnShare).sort(([, a], [, b]) => b.steal - a.steal);
    return [
      {
        severity: steal > critShare ? 'crit' : 'warn',
        subject: { kind: 'host' },
        cpus: robbed.map(([cpu]) => cpu),
        title: `The hypervisor takes ${formatShare(steal)} of the CPU time`,
        why: 'The virtual CPUs were ready and did not run. Packets wait meanwhile, time budgets run out (time_squeeze), round trips jump, rings overflow.',
        evidence: robbed
          .slice(0, shownCpus)
          .map(([cpu, share]) => spent(cpu, 'steal', share.steal, rates.ok ? rates.value.seconds : 0)),
        advice: [
          'Another size of instance, or another machine below it. Tune nothing else before: the figures are not this kernel’s.',
        ],
        verify: 'Snapshot again: steal is near 0.',
        tab: 'softnet',
      },
    ];
  },
});

const imbalanceLimits = {
  maxShare: limit(0.5, heuristic, (value) => `one CPU takes more than ${formatShare(value)} of the packets`),
  minimumPackets: limit(50_000, heuristic, (value) => `judged above ${formatRate(value, 'packets')}`),
  minimumCpus: limit(4, heuristic, (value) => `with at least ${value} CPUs`),
};

/** R03: one CPU does most of the receive work. */
export const receiveImbalance = ruleOf({
  id: 'R03',
  title: 'Receive work on one CPU',
  step: 'I9',
  evidence: '/proc/net/softnet_stat column 1 (processed) of each CPU as a share of all, between the samples',
  fix: 'more queues (R05), their interrupts spread (R08), RPS (R09), hashing over more fields (R04)',
  lookalikes:
    'One elephant flow stays on one CPU whatever is set. Designs that isolate CPUs want it so. A share above the mean is not judged: eight queues of a host with 64 CPUs are eight times the mean, and no fault.',
  limits: imbalanceLimits,
  needs: ({ rates, sample }): Needed<ReadonlyMap<number, number>> => {
    if (!rates.ok) return rates;
    if (!sample.softnet.ok) return notRead(sample.softnet);
    const packets = [...rates.value.softnet].flatMap(([cpu, { processed }]) =>
      processed === null ? [] : [[cpu, processed.perSecond] as const],
    );
    return packets.length > 0 ? have(new Map(packets)) : lack('no CPU has its softnet counters in both samples');
  },
  check: (packets, { rates, snapshot }, { maxShare, minimumPackets, minimumCpus }) => {
    const total = [...packets.values()].reduce((sum, perSecond) => sum + perSecond, 0);
    const [worst] = [...packets].sort(([, a], [, b]) => b - a);
    if (worst === undefined || packets.size < minimumCpus || total <= minimumPackets) return [];
    const [cpu, perSecond] = worst;
    const share = perSecond / total;
    if (share <= maxShare) return [];
    // Packets of loopback are processed where they are sent: no queue and no interrupt decides that.
    const looped = rates.ok ? (rates.value.netDev.get('lo')?.get('rx_packets')?.perSecond ?? 0) : 0;
    if (looped > 0.5 * total) return [];
    const isolated = snapshot.cpus.isolated ?? [];
    return [
      {
        severity: 'warn',
        subject: { kind: 'host' },
        cpus: [cpu],
        title: `CPU ${cpu} takes ${formatShare(share)} of ${formatRate(total, 'packets')}; ${packets.size - 1} others share the rest`,
        why: 'All packets of a queue are worked on by the CPU that its interrupt goes to. One queue, several interrupts on one CPU, or one very large flow bring everything there.',
        evidence: rates.ok
          ? [...packets.keys()].slice(0, shownCpus).flatMap((number) => processedOf(rates.value, number))
          : [],
        advice: [
          'Look in this order: how many queues the NIC has, which CPUs their interrupts go to, whether one flow is the load, what RPS is set to.',
          ...(isolated.length > 0
            ? [`Leave ${formatCpus(isolated)} alone: the kernel command line isolates them.`]
            : []),
        ],
        verify: 'Snapshot again under the same load: the shares even out and the total stays.',
        tab: 'softnet',
      },
    ];
  },
});
