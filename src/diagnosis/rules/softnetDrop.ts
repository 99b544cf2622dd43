import type { Delta, SoftnetRates } from '../../model/rates.ts';
import { moved, shareOf, spent, sumDeltas } from '../evidence.ts';
import { formatCpus, formatRate, formatShare } from '../figures.ts';
import type { Draft, Evidence } from '../finding.ts';
import { limit } from '../limit.ts';
import { have, lack, type Needed, notRead, ruleOf } from '../rule.ts';
import { doubled, isBelow } from '../settings.ts';

const key = 'net.core.netdev_max_backlog';
const kernelDefault = 1000;
const source = '/proc/net/softnet_stat';
/** Twice the kernel's default, and several times what guides set for 10 Gbit/s and more. */
const bounds = { floor: 2000, ceiling: 65_536 };
/** Below, one burst makes any share. */
const minimumPackets = 1000;
/** Above this part of its time in softirq the CPU cannot keep up, whatever the queue holds. */
const saturatedShare = 0.8;
const shownCpus = 8;

const limits = {
  critShare: limit(
    0.001,
    'heuristic; netdata’s alarm warns above 10 drops/s over a minute',
    (value) => `any drop is a warning, above ${formatShare(value)} of a CPU’s packets it is critical`,
  ),
};

interface CpuDrops {
  readonly cpu: number;
  readonly dropped: Delta;
  readonly flowLimited: Delta | null;
  /** Null when too few packets came by. */
  readonly share: number | null;
  readonly softirq: number | null;
}

/** R01: a per-CPU backlog was full, or the flow limit cut off a flow that filled it. */
export const softnetDrop = ruleOf({
  id: 'R01',
  title: 'Softnet backlog drops',
  step: 'I14',
  evidence:
    '/proc/net/softnet_stat column 2 (dropped) by CPU, as a share of processed + dropped; column 11 (flow_limit_count)',
  fix: 'spread the load over CPUs; net.core.netdev_max_backlog, doubled',
  lookalikes:
    'A burst at boot is history: only drops between the samples count. Drops of the NIC ring stand elsewhere (R06). A CPU that is always busy fills any queue.',
  limits,
  needs: ({ rates, sample }): Needed<readonly CpuDrops[]> => {
    if (!rates.ok) return rates;
    if (!sample.softnet.ok) return notRead(sample.softnet);
    const cpus = [...rates.value.softnet].flatMap(([cpu, softnet]) =>
      dropsOf(cpu, softnet, rates.value.cpuTimes.get(cpu)?.softirq ?? null),
    );
    return cpus.length > 0 ? have(cpus) : lack('no CPU has its softnet counters in both samples');
  },
  check: (cpus, context, { critShare }): readonly Draft[] => {
    const dropping = cpus.filter((cpu) => cpu.dropped.delta > 0).sort((a, b) => b.dropped.delta - a.dropped.delta);
    const [worst] = dropping;
    const all = sumDeltas(dropping.map((cpu) => cpu.dropped));
    if (worst === undefined || all === null) return [];
    // A packet that the flow limit stops is dropped where it was to go, and counted as such where it came from.
    const flowLimited = sumDeltas(cpus.flatMap((cpu) => cpu.flowLimited ?? []))?.delta ?? 0;
    // Those are R29's.
    if (flowLimited >= all.delta) return [];
    const { changes, advice } = doubled(context.snapshot, key, bounds);
    const misset = isBelow(context.snapshot, key, kernelDefault);
    return [
      {
        severity: misset || dropping.some((cpu) => cpu.share !== null && cpu.share > critShare) ? 'crit' : 'warn',
        misset,
        subject: { kind: 'host' },
        cpus: dropping.map((cpu) => cpu.cpu),
        title: title(dropping, worst, all),
        why: why(dropping, flowLimited),
        evidence: dropping.slice(0, shownCpus).flatMap(evidenceOf),
        changes,
        advice: [
          ...advice,
          'Spread the load over more CPUs: more NIC queues, interrupts on different CPUs, a wider RPS mask.',
        ],
        sideEffects:
          'A longer queue costs memory on every CPU and adds delay while it is full; it hides a CPU that is too slow.',
        verify: 'Snapshot again under the same load: `dropped` stays flat and the backlog length goes back to 0.',
        tab: 'softnet',
      },
    ];
  },
});

function dropsOf(cpu: number, softnet: SoftnetRates, softirq: number | null): CpuDrops[] {
  const { dropped, processed, flow_limit_count: flowLimited } = softnet;
  if (dropped === null) return [];
  const offered = (processed?.delta ?? 0) + dropped.delta;
  return [{ cpu, dropped, flowLimited, share: shareOf(dropped.delta, offered, minimumPackets), softirq }];
}

function title(dropping: readonly CpuDrops[], worst: CpuDrops, all: Delta): string {
  const share = worst.share === null ? '' : ` (${formatShare(worst.share)} of its packets)`;
  if (dropping.length === 1) return `Softnet drops ${formatRate(all.perSecond)} on CPU ${worst.cpu}${share}`;
  const most = `CPU ${worst.cpu}: ${formatRate(worst.dropped.perSecond)}${share}`;
  return `Softnet drops ${formatRate(all.perSecond)} on ${dropping.length} CPUs, most on ${most}`;
}

function why(dropping: readonly CpuDrops[], flowLimited: number): string {
  const saturated = dropping.filter((cpu) => cpu.softirq !== null && cpu.softirq > saturatedShare);
  return [
    'The per-CPU backlog (RPS, loopback, veth, tunnels) was full, so packets were dropped before any protocol saw them.',
    ...(flowLimited > 0 ? ['Part of the drops are those of the flow limit: one flow filled half of the queue.'] : []),
    ...(saturated.length > 0
      ? [
          `${formatCpus(saturated.map((cpu) => cpu.cpu))} spent more than ${formatShare(saturatedShare)} of the time in softirq: the full queue is a symptom there, the CPU is the limit.`,
        ]
      : []),
  ].join(' ');
}

function evidenceOf(cpu: CpuDrops): Evidence[] {
  const { flowLimited, softirq } = cpu;
  return [
    moved(source, `CPU ${cpu.cpu} dropped`, cpu.dropped, 'drops'),
    ...(flowLimited !== null && flowLimited.delta > 0
      ? [moved(source, `CPU ${cpu.cpu} flow_limit_count`, flowLimited, 'drops')]
      : []),
    ...(softirq !== null ? [spent(cpu.cpu, 'softirq', softirq, cpu.dropped.seconds)] : []),
  ];
}

/** R29: the flow limit cut off a flow that filled half of a backlog. */
export const flowLimit = ruleOf({
  id: 'R29',
  title: 'Flow limit drops',
  step: 'I12',
  evidence: '/proc/net/softnet_stat column 11 (flow_limit_count) by CPU between the samples',
  fix: 'none for a flood; for a wanted flow its CPU out of net.core.flow_limit_cpu_bitmap, or a longer netdev_max_backlog',
  lookalikes: 'This is what the limit is for: one flow is cut off so that others get through.',
  limits: {
    least: limit(0, 'kernel documentation (scaling)', () => 'any, for information'),
  },
  needs: ({ rates, sample }): Needed<readonly { cpu: number; limited: Delta }[]> => {
    if (!rates.ok) return rates;
    if (!sample.softnet.ok) return notRead(sample.softnet);
    const cpus = [...rates.value.softnet].flatMap(([cpu, { flow_limit_count: limited }]) =>
      limited === null ? [] : [{ cpu, limited }],
    );
    return cpus.length > 0 ? have(cpus) : lack('this kernel does not count flow_limit_count');
  },
  check: (cpus): readonly Draft[] => {
    const hit = cpus.filter(({ limited }) => limited.delta > 0).sort((a, b) => b.limited.delta - a.limited.delta);
    const all = sumDeltas(hit.map(({ limited }) => limited));
    if (all === null) return [];
    return [
      {
        severity: 'info',
        subject: { kind: 'host' },
        cpus: hit.map(({ cpu }) => cpu),
        title: `The flow limit drops ${formatRate(all.perSecond, 'packets')} on ${formatCpus(hit.map(({ cpu }) => cpu))}`,
        why: 'One flow made up more than half of the last packets while the backlog of its CPU was half full, and was cut off so that others get through.',
        evidence: hit
          .slice(0, shownCpus)
          .map(({ cpu, limited }) => moved(source, `CPU ${cpu} flow_limit_count`, limited, 'drops')),
        advice: [
          'Find the flow. If it is wanted traffic, take its CPU out of net.core.flow_limit_cpu_bitmap; else leave it.',
          'net.core.flow_limit_table_len counts only when a CPU’s bit is set after it: set the length first, then the bitmap.',
        ],
        verify: 'Snapshot again under the same load: flow_limit_count stays flat.',
        tab: 'softnet',
      },
    ];
  },
});
