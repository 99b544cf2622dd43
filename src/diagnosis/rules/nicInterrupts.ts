import { formatCpuList } from '../../kernel/cpuList.ts';
import { localCpus } from '../../model/nicCpus.ts';
import type { Rates } from '../../model/rates.ts';
import { receivedFrames } from '../../model/receivedFrames.ts';
import type { Nic, Snapshot } from '../../model/snapshot.ts';
import type { IrqChange, NicChange } from '../../tuning/change.ts';
import { says, stands } from '../evidence.ts';
import { formatCount, formatCpus, formatRate, formatShare } from '../figures.ts';
import type { Draft, Evidence } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { physicalNics, receiveVectors, type VectorLoad } from '../nicLoad.ts';
import { have, lack, type Needed, notRead, type RuleContext, ruleOf } from '../rule.ts';

interface NicVectors {
  readonly nic: Nic;
  readonly vectors: readonly VectorLoad[];
}

function vectorsOf({ rates, sample, snapshot }: RuleContext): Needed<readonly NicVectors[]> {
  if (!rates.ok) return rates;
  const nics = physicalNics(snapshot);
  if (!nics.ok) return nics;
  if (!sample.interrupts.ok) return notRead(sample.interrupts);
  const found = nics.value
    .map((nic) => ({ nic, vectors: receiveVectors(nic, rates.value) }))
    .filter(({ vectors }) => vectors.length > 0);
  return found.length > 0 ? have(found) : lack('no interrupt could be attributed to a receive queue');
}

const shownVectors = 8;

function evidenceOf(vectors: readonly VectorLoad[]): Evidence[] {
  return vectors.slice(0, shownVectors).map(
    ({ vector, perSecond, seconds, cpus }): Evidence => ({
      source: '/proc/interrupts',
      field: `${vector.irq} ${vector.action}`,
      before: null,
      after: Math.round(perSecond),
      seconds,
      figure: `${formatRate(perSecond)} on ${formatCpus(cpus)}`,
    }),
  );
}

const total = (vectors: readonly VectorLoad[]): number => vectors.reduce((sum, { perSecond }) => sum + perSecond, 0);

const hotLimits = {
  share: limit(0.6, heuristic, (value) => `one vector above ${formatShare(value)} of the NIC’s interrupts`),
  minimumPerSecond: limit(5000, heuristic, (value) => `judged above ${formatRate(value, 'interrupts')}`),
};

/** R04: a NIC with several queues uses one. */
export const hotQueue = ruleOf({
  id: 'R04',
  title: 'One receive queue takes most',
  step: 'I5',
  evidence:
    '/proc/interrupts of the NIC’s receive vectors between the samples; `ethtool -x`, `ethtool -n NIC rx-flow-hash`',
  fix: '`ethtool -X NIC equal N` where the table is uneven; hashing over ports for UDP; RPS where the NIC cannot',
  lookalikes:
    'One elephant flow, a backup for one, is one queue’s whatever is set. Tunnels are hashed by their outer addresses.',
  limits: hotLimits,
  needs: vectorsOf,
  check: (nics, context, { share: most, minimumPerSecond }) =>
    nics.flatMap(({ nic, vectors }): Draft[] => {
      const all = total(vectors);
      const [hottest] = vectors;
      if (hottest === undefined || vectors.length < 2 || all <= minimumPerSecond) return [];
      const share = hottest.perSecond / all;
      if (share <= most) return [];
      const changes = [...evenTable(nic), ...udpPorts(nic, context)];
      return [
        {
          severity: 'warn',
          subject: { kind: 'nic', nic: nic.name },
          cpus: hottest.cpus.slice(0, 1),
          title: `${nic.name} brings ${formatShare(share)} of its interrupts by one of ${vectors.length} queues (${hottest.vector.action})`,
          why: 'The NIC chooses the queue by a hash over the packet’s addresses and, if it is told to, ports. Few flows, a tunnel, or a table that does not use all queues bring most packets to one queue and its CPU.',
          evidence: evidenceOf(vectors),
          changes,
          advice: [
            'See whether one flow is the load: `ss -tin` sorted by bytes_received, or the switch. One flow cannot be spread.',
          ],
          sideEffects:
            'Flows move to other queues once: some reordering. With ports in the hash, fragments of one UDP datagram may take different queues.',
          verify: 'Snapshot again under the same load: the shares of the vectors even out.',
          tab: 'nics',
        },
      ];
    }),
});

function evenTable(nic: Nic): NicChange[] {
  if (!nic.rss.ok || nic.rss.value.table === null || nic.rss.value.rings === null) return [];
  const { table, rings } = nic.rss.value;
  const uses = new Set(table).size;
  if (uses >= Math.min(rings, table.length)) return [];
  return [
    {
      kind: 'ethtool',
      set: 'rxfh',
      nic: nic.name,
      name: 'equal',
      value: String(rings),
      current: String(uses),
      atLeast: false,
    },
  ];
}

/** By addresses alone all datagrams between two hosts are one flow. */
function udpPorts(nic: Nic, { rates }: RuleContext): NicChange[] {
  const fields = nic.flowHash.ok ? nic.flowHash.value.get('udp4')?.fields : undefined;
  if (fields !== 'sd' || !rates.ok) return [];
  const datagrams = rates.value.protocols.get('Udp')?.get('InDatagrams')?.perSecond ?? 0;
  const packets = rates.value.protocols.get('Ip')?.get('InReceives')?.perSecond ?? 0;
  if (datagrams * 2 < packets) return [];
  return [
    { kind: 'ethtool', set: 'rx-flow-hash', nic: nic.name, name: 'udp4', value: 'sdfn', current: 'sd', atLeast: false },
  ];
}

const stackedLimits = {
  vectors: limit(2, heuristic, (value) => `more than ${value} busy vectors on one CPU while others have none`),
  busyPerSecond: limit(1000, heuristic, (value) => `busy is more than ${formatRate(value, 'interrupts')}`),
};

/** R08: interrupts of several queues go to one CPU. */
export const stackedAffinity = ruleOf({
  id: 'R08',
  title: 'Interrupts of several queues on one CPU',
  step: 'I5',
  evidence: '/proc/interrupts: which CPU each receive vector interrupted; /proc/irq/N/effective_affinity_list',
  fix: 'irqbalance, or smp_affinity_list of each vector on a CPU of its own, near the NIC (T7)',
  lookalikes: 'On x86 a vector goes to one CPU at a time whatever its mask: that alone is no fault.',
  limits: stackedLimits,
  needs: vectorsOf,
  check: (nics, { snapshot }, { vectors: most, busyPerSecond }) =>
    nics.flatMap(({ nic, vectors }): Draft[] => {
      const busy = vectors.filter(({ perSecond }) => perSecond > busyPerSecond);
      const byCpu = new Map<number, VectorLoad[]>();
      for (const load of busy) {
        const [cpu] = load.cpus;
        if (cpu !== undefined) byCpu.set(cpu, [...(byCpu.get(cpu) ?? []), load]);
      }
      const [worst] = [...byCpu].sort(([, a], [, b]) => b.length - a.length);
      const free = localCpus(nic, snapshot).filter((cpu) => !byCpu.has(cpu));
      if (worst === undefined || worst[1].length <= most || free.length === 0) return [];
      const [cpu, stacked] = worst;
      return [
        {
          severity: 'warn',
          subject: { kind: 'nic', nic: nic.name },
          cpus: [cpu],
          title: `${stacked.length} busy queues of ${nic.name} interrupt CPU ${cpu}; ${formatCpus(free)} ${free.length === 1 ? 'has' : 'have'} none`,
          why: 'Queues spread the work only when their interrupts go to different CPUs. These share one, so it does the work of all of them.',
          evidence: evidenceOf(stacked),
          changes: spread(nic, stacked.slice(1), free, snapshot),
          advice: [pinning],
          sideEffects: pinned,
          verify: 'Snapshot again under the same load: each vector has a CPU of its own.',
          tab: 'interrupts',
        },
      ];
    }),
});

const pinning =
  'Let irqbalance run, or give each vector a CPU of its own by /proc/irq/N/smp_affinity_list (kept over a reboot by a unit; managed vectors refuse it). `packet-path tune --tuning T7` plans all vectors of the host.';
const pinned = 'Nobody moves a pinned interrupt any more when the load changes.';
const mostMoved = 16;

/** Vectors to CPUs in turn. None while irqbalance runs, which would move them again. */
function spread(
  nic: Nic,
  loads: readonly VectorLoad[],
  cpus: readonly number[],
  { bootConfig: { irqbalance } }: Snapshot,
): IrqChange[] {
  if (cpus.length === 0 || (irqbalance.ok && irqbalance.value.running === true)) return [];
  return loads.slice(0, mostMoved).map(({ vector: { action, requested } }, at) => ({
    kind: 'irq',
    nic: nic.name,
    action,
    value: String(cpus[at % cpus.length]),
    current: requested === null ? null : formatCpuList(requested),
    atLeast: false,
  }));
}

const oneCpuLimits = {
  perSecond: limit(20_000, heuristic, (value) => `above ${formatRate(value, 'interrupts')}`),
};

/** R53: nobody spread the interrupts, or two do against each other. */
export const allOnOneCpu = ruleOf({
  id: 'R53',
  title: 'All interrupts on one CPU, or irqbalance against a script',
  step: 'I5',
  evidence:
    '/proc/interrupts of all receive vectors of a NIC with several queues; whether irqbalance runs, and scripts and udev rules that set smp_affinity',
  fix: 'irqbalance, or a script that pins them: one of the two',
  lookalikes:
    'Drivers that hint where they want their vectors need no daemon, and managed vectors are spread by the kernel.',
  limits: oneCpuLimits,
  needs: vectorsOf,
  check: (nics, { snapshot }, { perSecond }) => [
    ...nics.flatMap(({ nic, vectors }) => allOnOne(nic, vectors, snapshot, perSecond)),
    ...conflict(snapshot),
  ],
});

function allOnOne(nic: Nic, vectors: readonly VectorLoad[], snapshot: Snapshot, perSecond: number): Draft[] {
  const all = total(vectors);
  const active = vectors.filter((load) => load.perSecond > 0);
  const cpus = new Set(active.map((load) => load.cpus[0]));
  const [cpu] = cpus;
  if (active.length < 2 || cpus.size !== 1 || cpu === undefined || all <= perSecond) return [];
  if ((snapshot.cpus.online?.length ?? 0) < 2) return [];
  const { irqbalance } = snapshot.bootConfig;
  const running = irqbalance.ok ? irqbalance.value.running : null;
  return [
    {
      severity: 'warn',
      subject: { kind: 'nic', nic: nic.name },
      cpus: [cpu],
      title: `All ${active.length} queues of ${nic.name} interrupt CPU ${cpu} (${formatRate(all)})`,
      why: `The NIC has several queues so that several CPUs can share the work, and one does it. ${
        running === true
          ? 'irqbalance runs and leaves them there: it is told to, or a hint of the driver keeps them.'
          : running === false
            ? 'irqbalance does not run, and nothing else gave the vectors CPUs of their own.'
            : 'Whether irqbalance runs could not be seen.'
      }`,
      evidence: evidenceOf(active),
      changes: spread(
        nic,
        active.slice(1),
        localCpus(nic, snapshot).filter((one) => one !== cpu),
        snapshot,
      ),
      sideEffects: pinned,
      advice: [
        running === true
          ? 'Look at what irqbalance is told (IRQBALANCE_ARGS, IRQBALANCE_BANNED_CPUS) and at /proc/irq/N/affinity_hint.'
          : 'Install and start irqbalance, or pin each vector; not both: irqbalance undoes what a script sets every ten seconds unless it is told to leave these interrupts (IRQBALANCE_ARGS=--banirq).',
      ],
      verify: 'Snapshot again under the same load: the vectors are on several CPUs.',
      tab: 'interrupts',
    },
  ];
}

/** irqbalance runs, and a script or a udev rule pins interrupts that it was not told to leave. */
function conflict({ bootConfig }: Snapshot): Draft[] {
  const { irqbalance, scripts, udev } = bootConfig;
  if (!irqbalance.ok || irqbalance.value.running !== true || irqbalance.value.oneshot) return [];
  if (irqbalance.value.bannedIrqs.length > 0 || irqbalance.value.policyScript !== null) return [];
  if (/--ban(?:irq|mod)/.test(irqbalance.value.args)) return [];
  const pinning = [...(scripts.ok ? scripts.value : []), ...(udev.ok ? udev.value : [])].filter(({ text }) =>
    /smp_affinity/.test(text),
  );
  const [first] = pinning;
  if (first === undefined) return [];
  return [
    {
      severity: 'info',
      subject: { kind: 'host' },
      title: `irqbalance runs, and ${first.path}:${first.line} pins interrupts`,
      why: 'irqbalance looks at all interrupts every ten seconds and moves them as it sees fit: what the script sets is undone.',
      evidence: pinning
        .slice(0, shownVectors)
        .map(({ path, line, text }) => says(`${path}:${line}`, 'smp_affinity', text.trim())),
      advice: [
        'Keep one of the two: stop irqbalance, or take the lines out, or tell irqbalance to leave these interrupts (IRQBALANCE_ARGS="--banmod=DRIVER").',
      ],
      verify: 'Snapshot twice: the vectors stay where they were put.',
      tab: 'interrupts',
    },
  ];
}

const coalesceLimits = {
  packetsPerInterrupt: limit(2, heuristic, (value) => `fewer than ${value} packets an interrupt`),
  perSecond: limit(20_000, heuristic, (value) => `at more than ${formatRate(value, 'interrupts')} of one vector`),
  busyShare: limit(0.3, heuristic, (value) => `on a CPU above ${formatShare(value)} irq and softirq`),
};

/** R10: an interrupt for nearly each packet. */
export const coalescingOff = ruleOf({
  id: 'R10',
  title: 'An interrupt for each packet',
  step: 'I4',
  evidence: 'rx_packets / interrupts of the receive vectors; `ethtool -c`: adaptive-rx, rx-usecs, rx-frames',
  fix: '`ethtool -C NIC adaptive-rx on`, else rx-usecs 32',
  lookalikes: 'Hosts where microseconds count want it so.',
  limits: coalesceLimits,
  needs: vectorsOf,
  check: (nics, { rates }, { packetsPerInterrupt, perSecond, busyShare }) =>
    nics.flatMap(({ nic, vectors }): Draft[] => {
      const [busiest] = vectors;
      if (!rates.ok || busiest === undefined || busiest.perSecond <= perSecond) return [];
      const packets = receivedFrames(nic, rates.value)?.perSecond ?? null;
      if (packets === null || packets / total(vectors) >= packetsPerInterrupt) return [];
      const cpu = busiest.cpus[0];
      const shares = cpu === undefined ? undefined : rates.value.cpuTimes.get(cpu);
      if (cpu === undefined || shares === undefined || shares.irq + shares.softirq <= busyShare) return [];
      if (!nic.coalesce.ok || nic.coalesce.value.adaptiveRx === true) return [];
      const usecs = nic.coalesce.value.values.get('rx-usecs') ?? null;
      if (usecs !== null && usecs > 1) return [];
      const common = { kind: 'ethtool', set: 'coalesce', nic: nic.name, atLeast: false } as const;
      const changes: NicChange[] =
        nic.coalesce.value.adaptiveRx === false
          ? [{ ...common, name: 'adaptive-rx', value: 'on', current: 'off' }]
          : usecs === null
            ? []
            : [{ ...common, name: 'rx-usecs', value: '32', current: String(usecs) }];
      return [
        {
          severity: 'warn',
          subject: { kind: 'nic', nic: nic.name },
          cpus: [cpu],
          title: `${nic.name} interrupts ${formatRate(busiest.perSecond)} for ${(packets / total(vectors)).toFixed(1)} packets each`,
          why: 'Each interrupt costs as much as several packets. Coalescing lets the NIC wait some microseconds for more of them.',
          evidence: [
            ...evidenceOf(vectors),
            ...(usecs === null ? [] : [stands(`ethtool -c ${nic.name}`, 'rx-usecs', usecs, formatCount(usecs))]),
          ],
          changes,
          advice: ['Read it back after setting: drivers round or refuse values.'],
          sideEffects: 'Up to that much delay for the first packet of a batch.',
          verify: 'Snapshot again under the same load: more packets an interrupt, less irq and softirq time.',
          tab: 'interrupts',
        },
      ];
    }),
});

const delayLimits = {
  usecs: limit(250, heuristic, (value) => `rx-usecs above ${value}`),
  packetsPerSecond: limit(5000, heuristic, (value) => `at fewer than ${formatRate(value, 'packets')}`),
};

/** R11: packets wait for their interrupt though few come. */
export const coalescingLong = ruleOf({
  id: 'R11',
  title: 'Interrupts held back for long',
  step: 'I4',
  evidence: '`ethtool -c` rx-usecs with adaptive-rx off; rx_packets a second',
  fix: '`ethtool -C NIC adaptive-rx on`, or a smaller rx-usecs',
  lookalikes: 'At high rates a long wait is what saves the CPU.',
  limits: delayLimits,
  needs: ({ rates, snapshot }: RuleContext): Needed<{ nics: readonly Nic[]; rates: Rates }> => {
    if (!rates.ok) return rates;
    const nics = physicalNics(snapshot);
    return nics.ok ? have({ nics: nics.value, rates: rates.value }) : nics;
  },
  check: ({ nics, rates }, _, limits) => nics.flatMap((nic) => delayed(nic, rates, limits)),
});

function delayed(nic: Nic, rates: Rates, limits: { usecs: number; packetsPerSecond: number }): Draft[] {
  if (!nic.coalesce.ok || nic.coalesce.value.adaptiveRx === true) return [];
  const usecs = nic.coalesce.value.values.get('rx-usecs') ?? null;
  const packets = receivedFrames(nic, rates)?.perSecond ?? null;
  if (
    usecs === null ||
    usecs <= limits.usecs ||
    packets === null ||
    packets === 0 ||
    packets >= limits.packetsPerSecond
  )
    return [];
  const common = { kind: 'ethtool', set: 'coalesce', nic: nic.name, atLeast: false } as const;
  return [
    {
      severity: 'info',
      subject: { kind: 'nic', nic: nic.name },
      title: `${nic.name} holds interrupts back for ${formatCount(usecs)} µs at ${formatRate(packets, 'packets')}`,
      why: 'With few packets there is nothing to gather: each waits that long before the host sees it, in both directions of a round trip.',
      evidence: [stands(`ethtool -c ${nic.name}`, 'rx-usecs', usecs, `${formatCount(usecs)} µs`)],
      changes:
        nic.coalesce.value.adaptiveRx === false
          ? [{ ...common, name: 'adaptive-rx', value: 'on', current: 'off' }]
          : [{ ...common, name: 'rx-usecs', value: '50', current: String(usecs) }],
      sideEffects: 'More interrupts at high rates.',
      verify: '`ping` over this NIC gets faster by about that much.',
      tab: 'nics',
    },
  ];
}
