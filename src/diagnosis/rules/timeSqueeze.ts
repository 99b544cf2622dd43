import type { CpuShares, Delta, Rates } from '../../model/rates.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { moved, spent } from '../evidence.ts';
import { formatCount, formatCpus, formatRate, formatShare } from '../figures.ts';
import type { Draft, Evidence } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { nicLosses } from '../ringLoss.ts';
import { have, lack, type Needed, notRead, ruleOf } from '../rule.ts';
import { doubled, isBelow, numberOf, type Proposal } from '../settings.ts';

const stealShare = 0.05;
/** Of net.core.netdev_budget. */
const kernelDefault = 300;
/** A run that takes this part of the packet budget on average ends by it often. */
const nearBudget = 0.5;
const shownCpus = 8;

/** Ceilings are 16 and 2 times the largest defaults: one run must not hold a CPU for longer. */
const budgetBounds = { floor: 600, ceiling: 4800 };
/**
 * Kernels of 6.14 on refuse less than two ticks. There the running value is two ticks at least, and so is its double;
 * only a value below that of any tick rate (2000 at HZ=1000) needs the two ticks of the slowest, HZ=100.
 */
const usecsCeiling = 40_000;
const smallestTwoTicks = 2000;
const largestTwoTicks = 20_000;

const limits = {
  squeezesPerSecond: limit(10, 'netdata', (value) => `more than ${value} squeezes/s on a CPU`),
  busyShare: limit(
    0.5,
    heuristic,
    (value) =>
      `and that CPU above ${formatShare(value)} softirq, a NIC losing frames, or a budget below the kernel’s default (known by its rate where the key is not seen)`,
  ),
};

interface Squeezed {
  readonly cpu: number;
  readonly squeeze: Delta;
  readonly shares: CpuShares | null;
  readonly processed: Delta | null;
  /** NET_RX softirqs. */
  readonly runs: Delta | null;
  /** Packets a NET_RX run took on average. */
  readonly perRun: number | null;
  /** Packets for each squeeze: no squeezed run took more than this on average. */
  readonly perSqueeze: number | null;
}

type Budget = 'packets' | 'time' | 'either';

interface Data {
  readonly cpus: readonly Squeezed[];
  /** Names of NICs that lose frames. */
  readonly losing: readonly string[];
}

/** R02: the poll loop ends with work left, on CPUs where that matters. */
export const timeSqueeze = ruleOf({
  id: 'R02',
  title: 'NET_RX budget used up (time_squeeze)',
  step: 'I9',
  evidence:
    '/proc/net/softnet_stat column 3 (time_squeeze) by CPU a second; /proc/stat softirq share of that CPU; frames lost by a NIC (R06); packets for each NET_RX softirq against net.core.netdev_budget',
  fix: 'more queues on more CPUs, GRO; net.core.netdev_budget or netdev_budget_usecs, whichever ends the runs',
  lookalikes:
    'A few a second on a busy host without loss are normal. Time that a hypervisor steals counts against the time budget (R37). Threaded NAPI never counts.',
  limits,
  needs: ({ rates, sample, snapshot }): Needed<Data> => {
    if (!rates.ok) return rates;
    if (!sample.softnet.ok) return notRead(sample.softnet);
    if (!sample.cpuTimes.ok) return notRead(sample.cpuTimes);
    const cpus = [...rates.value.softnet.keys()].flatMap((cpu) => squeezedOf(cpu, rates.value));
    if (cpus.length === 0) return lack('no CPU has its softnet counters in both samples');
    const losses = nicLosses(snapshot, rates.value);
    const losing = losses.ok ? losses.value.flatMap((loss) => (loss.lost === null ? [] : [loss.nic.name])) : [];
    return have({ cpus, losing });
  },
  check: ({ cpus, losing }, { snapshot }, { squeezesPerSecond, busyShare }): readonly Draft[] => {
    const isSetLow = isBelow(snapshot, 'net.core.netdev_budget', kernelDefault);
    const hit = cpus
      .filter((cpu) => cpu.squeeze.perSecond > squeezesPerSecond)
      .filter((cpu) => isSetLow || isTooOften(cpu) || losing.length > 0 || (cpu.shares?.softirq ?? 0) > busyShare)
      .sort((a, b) => b.squeeze.delta - a.squeeze.delta);
    const [worst] = hit;
    if (worst === undefined) return [];
    const limit = limitOf(worst, snapshot);
    const stolen = hit.filter((cpu) => (cpu.shares?.steal ?? 0) > stealShare);
    const { changes, advice } = proposal(limit, snapshot);
    return [
      {
        severity: 'warn',
        misset: isSetLow || hit.some(isTooOften),
        subject: { kind: 'host' },
        cpus: hit.map((cpu) => cpu.cpu),
        nics: losing,
        title: title(hit, worst),
        why: why(limit, worst, losing, stolen),
        evidence: hit.slice(0, shownCpus).flatMap(evidenceOf),
        changes,
        advice: [
          ...(stolen.length > 0
            ? ['First give the virtual machine the CPU time it asks for: the time budget runs on while it is stolen.']
            : []),
          ...advice,
          'Better than a larger budget: more queues on more CPUs, and GRO on.',
        ],
        sideEffects: 'Longer softirq runs: tasks on that CPU wait longer before they run, and so do other softirqs.',
        verify: 'Snapshot again under the same load: time_squeeze falls, and /proc/pressure/cpu does not rise.',
        tab: 'softnet',
      },
    ];
  },
});

/**
 * Two ticks of the fastest clock are 2 ms, so the time budget ends at most 500 runs a second; runs that end more often,
 * and before the weight of a single poll, end by a packet budget far below any kernel's. A namespace does not see the key.
 */
function isTooOften({ squeeze, perSqueeze }: Squeezed): boolean {
  return squeeze.perSecond > 500 && perSqueeze !== null && perSqueeze < 64;
}

function squeezedOf(cpu: number, rates: Rates): Squeezed[] {
  const softnet = rates.softnet.get(cpu);
  const squeeze = softnet?.time_squeeze ?? null;
  if (squeeze === null) return [];
  const processed = softnet?.processed ?? null;
  const packets = processed?.delta ?? null;
  const runs = rates.softirqs.get('NET_RX')?.get(cpu) ?? null;
  const per = (count: number | undefined): number | null =>
    packets === null || count === undefined || count === 0 ? null : packets / count;
  return [
    {
      cpu,
      squeeze,
      shares: rates.cpuTimes.get(cpu) ?? null,
      processed,
      runs,
      perRun: per(runs?.delta),
      perSqueeze: per(squeeze.delta),
    },
  ];
}

/**
 * Which of the two budgets ends the runs. `processed` counts after GRO and the budget counts before, so a low figure
 * proves the time budget only when not even all packets together would make up full runs.
 */
function limitOf({ perRun, perSqueeze }: Squeezed, snapshot: Snapshot): Budget {
  const budget = numberOf(snapshot, 'net.core.netdev_budget');
  if (!budget.ok || budget.value <= 0) return 'either';
  if (perRun !== null && perRun >= nearBudget * budget.value) return 'packets';
  if (perSqueeze !== null && perSqueeze < nearBudget * budget.value) return 'time';
  return 'either';
}

function proposal(limit: Budget, snapshot: Snapshot): Proposal {
  const packets = limit === 'time' ? none : doubled(snapshot, 'net.core.netdev_budget', budgetBounds);
  const time = limit === 'packets' ? none : doubledUsecs(snapshot);
  return { changes: [...packets.changes, ...time.changes], advice: [...packets.advice, ...time.advice] };
}

const none: Proposal = { changes: [], advice: [] };

function doubledUsecs(snapshot: Snapshot): Proposal {
  const key = 'net.core.netdev_budget_usecs';
  const current = numberOf(snapshot, key);
  const floor = current.ok && current.value < smallestTwoTicks ? largestTwoTicks : 0;
  return doubled(snapshot, key, { floor, ceiling: usecsCeiling });
}

function title(hit: readonly Squeezed[], worst: Squeezed): string {
  const rate = formatRate(worst.squeeze.perSecond);
  const busy = worst.shares === null ? '' : ` (${formatShare(worst.shares.softirq)} of its time in softirq)`;
  if (hit.length === 1) return `NET_RX is cut short ${rate} on CPU ${worst.cpu}${busy}`;
  return `NET_RX is cut short on ${hit.length} CPUs, most often on CPU ${worst.cpu}: ${rate}${busy}`;
}

function why(limit: Budget, worst: Squeezed, losing: readonly string[], stolen: readonly Squeezed[]): string {
  const perRun = worst.perRun === null ? '' : ` (${formatCount(Math.round(worst.perRun))} packets a run)`;
  const which = {
    packets: `Runs end at the packet budget${perRun}.`,
    time: `Runs end at the time budget, long before the packet budget${perRun}.`,
    either: `The counters do not tell whether the packet or the time budget ends the runs${perRun}.`,
  }[limit];
  return [
    ...(stolen.length > 0
      ? [
          `The hypervisor took more than ${formatShare(stealShare)} of ${formatCpus(stolen.map((cpu) => cpu.cpu))}: that is the likelier cause, since the time budget is wall-clock time.`,
        ]
      : []),
    'The poll loop stopped with packets still waiting. Nothing is lost by that alone, but rings and queues fill meanwhile.',
    which,
    ...(losing.length > 0 ? [`${losing.join(', ')} loses frames at the same time.`] : []),
  ].join(' ');
}

function evidenceOf(cpu: Squeezed): Evidence[] {
  const { shares } = cpu;
  const { seconds } = cpu.squeeze;
  const share = (on: 'softirq' | 'steal', value: number): Evidence => spent(cpu.cpu, on, value, seconds);
  return [
    moved('/proc/net/softnet_stat', `CPU ${cpu.cpu} time_squeeze`, cpu.squeeze, 'squeezes'),
    ...(cpu.processed === null
      ? []
      : [moved('/proc/net/softnet_stat', `CPU ${cpu.cpu} processed`, cpu.processed, 'packets')]),
    ...(cpu.runs === null ? [] : [moved('/proc/softirqs', `CPU ${cpu.cpu} NET_RX`, cpu.runs, 'runs')]),
    ...(shares === null ? [] : [share('softirq', shares.softirq)]),
    ...(shares !== null && shares.steal > stealShare ? [share('steal', shares.steal)] : []),
  ];
}
