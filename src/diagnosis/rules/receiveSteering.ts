import { formatCpuMask } from '../../kernel/cpuList.ts';
import { localCpus } from '../../model/nicCpus.ts';
import type { Rates } from '../../model/rates.ts';
import type { Nic, NicQueue, Snapshot } from '../../model/snapshot.ts';
import type { NicChange } from '../../tuning/change.ts';
import { moved, says, spent, sumDeltas } from '../evidence.ts';
import { formatCount, formatCpus, formatRate, formatShare } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { isLoadOf, loadText, physicalNics, receiveVectors } from '../nicLoad.ts';
import { have, lack, type Needed, notRead, type RuleContext, ruleOf } from '../rule.ts';

const limits = {
  softirqShare: limit(
    0.7,
    heuristic,
    (value) => `one queue, on a CPU above ${formatShare(value)} softirq, ${loadText}`,
  ),
  minimumCpus: limit(4, heuristic, (value) => `on a host of at least ${value} CPUs`),
  steeredPerSecond: limit(
    50_000,
    'when it matters: heuristic; that it is redundant: kernel documentation (scaling)',
    (value) => `or, for information, more than ${formatRate(value, 'packets')} steered that need not be`,
  ),
};

interface Data {
  readonly nics: readonly Nic[];
  readonly rates: Rates;
}

/** R09: one queue, no RPS, and its CPU is full; or RPS where it only costs. One finding a NIC. */
export const receiveSteering = ruleOf({
  id: 'R09',
  title: 'RPS missing or in the way',
  step: 'I12',
  evidence:
    'receive queues of the NIC and their rps_cpus; the softirq share of the CPU that a single queue interrupts; /proc/net/softnet_stat column 10 (received_rps) a second; the NUMA node of the NIC',
  fix: 'rps_cpus of a single queue: the CPUs of the NIC’s node, without the one that takes the interrupts; 0 where every CPU has a queue',
  lookalikes: 'A single flow stays on one CPU with RPS too. received_rps counts for the host, not for a NIC.',
  limits,
  needs: ({ rates, sample, snapshot }: RuleContext): Needed<Data> => {
    if (!rates.ok) return rates;
    const nics = physicalNics(snapshot);
    if (!nics.ok) return nics;
    if (!sample.cpuTimes.ok) return notRead(sample.cpuTimes);
    const known = nics.value.filter((nic) => receiveQueues(nic).some(({ cpus }) => cpus !== null));
    return known.length > 0 ? have({ nics: known, rates: rates.value }) : lack('no receive queue tells its rps_cpus');
  },
  check: ({ nics, rates }, { snapshot }, numbers) =>
    nics.flatMap((nic): Draft[] => {
      const draft = missing(nic, rates, snapshot, numbers) ?? needless(nic, rates, snapshot, numbers.steeredPerSecond);
      return draft === null ? [] : [draft];
    }),
});

const receiveQueues = (nic: Nic): NicQueue[] => nic.queues.filter(({ direction }) => direction === 'rx');

/** One queue whose packets stay on the CPU that it interrupts, and that CPU is full. */
function missing(
  nic: Nic,
  rates: Rates,
  snapshot: Snapshot,
  { softirqShare, minimumCpus }: { softirqShare: number; minimumCpus: number },
): Draft | null {
  const [only, ...more] = receiveQueues(nic);
  const cpu = receiveVectors(nic, rates)[0]?.cpus[0];
  if (only?.cpus == null || more.length > 0 || cpu === undefined) return null;
  const shares = rates.cpuTimes.get(cpu);
  const others = localCpus(nic, snapshot).filter((one) => one !== cpu);
  if (!isLoadOf(nic, cpu, rates)) return null;
  const isSpread = only.cpus.some((one) => one !== cpu);
  if (isSpread || shares === undefined || shares.softirq <= softirqShare || others.length === 0) return null;
  if ((snapshot.cpus.online?.length ?? 0) < minimumCpus) return null;
  const mask = formatCpuMask(only.cpus);
  return {
    severity: 'warn',
    subject: { kind: 'nic', nic: nic.name },
    cpus: [cpu],
    title: `${nic.name} has one receive queue, and its CPU ${cpu} spends ${formatShare(shares.softirq)} in softirq`,
    why: `All packets of this NIC are worked on by one CPU, which is near its limit. Receive packet steering hands them, flow by flow, to others${only.cpus.length === 0 ? '' : '; the mask that is set names that CPU alone'}.`,
    evidence: [
      spent(cpu, 'softirq', shares.softirq, rates.seconds),
      says(`/sys/class/net/${nic.name}/queues/rx-0/rps_cpus`, 'rps_cpus', maskText(only.cpus)),
    ],
    changes: [maskChange(nic, formatCpuMask(others), mask)],
    advice: [
      `The mask is that of ${formatCpus(others)}: ${nic.numaNode === null ? 'all online CPUs' : `those of NUMA node ${nic.numaNode}`} but CPU ${cpu}, which takes the interrupts.`,
      'More queues are better where the NIC or the hypervisor can give them.',
    ],
    sideEffects: 'An interrupt between CPUs for each batch of packets, and some microseconds of delay.',
    verify:
      'Snapshot again under the same load: softnet `processed` spreads, received_rps moves, softirq of the CPU falls.',
    tab: 'softnet',
  };
}

/** Masks that hand packets on though every CPU has a queue of its own, or to another NUMA node. */
function needless(nic: Nic, rates: Rates, snapshot: Snapshot, steeredPerSecond: number): Draft | null {
  const queues = receiveQueues(nic);
  const masked = new Set(queues.flatMap(({ cpus }) => cpus ?? []));
  const steered = sumDeltas([...rates.softnet.values()].flatMap(({ received_rps: moves }) => moves ?? []));
  if (masked.size === 0 || steered === null || steered.perSecond <= steeredPerSecond) return null;
  const local = localCpus(nic, snapshot);
  const far = nic.numaNode === null ? [] : [...masked].filter((cpu) => !local.includes(cpu));
  const hasQueueEach = queues.length >= local.length;
  if (!hasQueueEach && far.length === 0) return null;
  const near = [...masked].filter((cpu) => local.includes(cpu));
  return {
    severity: 'info',
    subject: { kind: 'nic', nic: nic.name },
    cpus: [...masked],
    title: hasQueueEach
      ? `${nic.name} has ${formatCount(queues.length)} queues for ${formatCount(local.length)} CPUs, and RPS moves ${formatRate(steered.perSecond, 'packets')} between them`
      : `RPS of ${nic.name} hands packets to ${formatCpus(far)}, not on its NUMA node ${nic.numaNode}`,
    why: hasQueueEach
      ? 'The NIC spreads flows over the CPUs already. RPS hashes them once more and interrupts another CPU for them, which costs and wins nothing.'
      : 'Packets lie in the memory of the NIC’s node; a CPU of another node reaches them over the interconnect.',
    evidence: [
      moved('/proc/net/softnet_stat', 'received_rps', steered, 'packets'),
      ...queues
        .filter(({ cpus }) => cpus !== null && cpus.length > 0)
        .slice(0, 8)
        .map(({ index, cpus }) =>
          says(`/sys/class/net/${nic.name}/queues/rx-${index}/rps_cpus`, 'rps_cpus', maskText(cpus ?? [])),
        ),
    ],
    changes: [maskChange(nic, hasQueueEach ? '0' : formatCpuMask(near), null)],
    advice: ['Leave it where RFS is set up on purpose: it needs the masks to bring packets to their reader.'],
    sideEffects: 'Flows move to other CPUs once: some reordering.',
    verify: 'Snapshot again under the same load: received_rps falls, and no CPU’s softirq share rises much.',
    tab: 'softnet',
  };
}

function maskText(cpus: readonly number[]): string {
  return cpus.length === 0 ? '0: off' : `${formatCpuMask(cpus)}: ${formatCpus(cpus)}`;
}

function maskChange(nic: Nic, value: string, current: string | null): NicChange {
  return { kind: 'queue', nic: nic.name, attribute: 'rps_cpus', value, current, atLeast: false };
}
