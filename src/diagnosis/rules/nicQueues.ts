import { formatCpuList } from '../../kernel/cpuList.ts';
import { localCpus } from '../../model/nicCpus.ts';
import type { Nic, Snapshot } from '../../model/snapshot.ts';
import type { Change } from '../../tuning/change.ts';
import { flowEntries, flowsPerQueue } from '../../tuning/plans/steering.ts';
import { moved, spent, stands } from '../evidence.ts';
import { formatCount, formatCpus, formatShare, formatThings } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { isLoadOf, loadText, nicsThatTell, physicalNics, servingCpus } from '../nicLoad.ts';
import { nicLosses } from '../ringLoss.ts';
import { have, lack, type Needed, type RuleContext, ruleOf } from '../rule.ts';
import { numberOf } from '../settings.ts';

const queueLimits = {
  softirqShare: limit(
    0.5,
    'one queue a core: kernel documentation (scaling); when it matters: heuristic',
    (value) =>
      `fewer queues than CPUs, while one that serves them is above ${formatShare(value)} softirq, ${loadText}, or frames are lost`,
  ),
};

/** R05: the NIC could use more queues, and the host needs them. */
export const fewQueues = ruleOf({
  id: 'R05',
  title: 'Fewer queues than CPUs',
  step: 'I5',
  evidence:
    '`ethtool -l` combined, current and maximum; CPUs of the NIC’s NUMA node, half of them where /sys/devices/system/cpu/smt/active is 1; softirq share of the CPUs that its vectors interrupt',
  fix: '`ethtool -L NIC combined N`',
  lookalikes:
    'Hosts tuned for latency use few queues on purpose. With hyperthreads on, two CPUs are counted as one core.',
  limits: queueLimits,
  needs: ({ rates, snapshot }: RuleContext): Needed<readonly Nic[]> => {
    return rates.ok ? nicsThatTell(snapshot, 'channels', 'no NIC tells its queues') : rates;
  },
  check: (nics, { rates, snapshot }, { softirqShare }) => {
    if (!rates.ok) return [];
    const losses = nicLosses(snapshot, rates.value);
    return nics.flatMap((nic): Draft[] => {
      if (!nic.channels.ok) return [];
      const current = nic.channels.value.current.combined;
      const maximum = nic.channels.value.maximum.combined;
      const cpus = localCpus(nic, snapshot).length;
      // Two hyperthreads share what a core can do.
      const workers = snapshot.cpus.smt === true ? Math.ceil(cpus / 2) : cpus;
      if (current === null || maximum === null || workers === 0) return [];
      const wanted = Math.min(maximum, workers);
      if (current >= wanted) return [];
      const serving = servingCpus(nic, rates.value);
      const full = serving.filter(
        (cpu) => (rates.value.cpuTimes.get(cpu)?.softirq ?? 0) > softirqShare && isLoadOf(nic, cpu, rates.value),
      );
      const isLosing = losses.ok && losses.value.some(({ nic: one, lost }) => one.name === nic.name && lost !== null);
      if (full.length === 0 && !isLosing) return [];
      const where = nic.numaNode === null ? 'online' : `of NUMA node ${nic.numaNode}`;
      const whose = `${formatThings(workers, snapshot.cpus.smt === true ? 'core' : 'CPU')} ${where}`;
      return [
        {
          severity: 'warn',
          subject: { kind: 'nic', nic: nic.name },
          cpus: full,
          title: `${nic.name} uses ${formatCount(current)} of ${formatCount(maximum)} queues for ${whose}`,
          why:
            full.length > 0
              ? `${formatCpus(full)} ${full.length === 1 ? 'does' : 'do'} the receive work of these queues and ${full.length === 1 ? 'is' : 'are'} busy with it; more queues bring it to more CPUs.`
              : 'Frames are lost for want of descriptors: more queues have more rings, and more CPUs to empty them.',
          evidence: [
            stands(
              `ethtool -l ${nic.name}`,
              'combined',
              current,
              `${formatCount(current)} of at most ${formatCount(maximum)}`,
            ),
            ...full.map((cpu) => {
              const share = rates.value.cpuTimes.get(cpu)?.softirq ?? 0;
              return spent(cpu, 'softirq', share, rates.value.seconds);
            }),
          ],
          changes: [
            {
              kind: 'ethtool',
              set: 'channels',
              nic: nic.name,
              name: 'combined',
              value: String(wanted),
              current: String(current),
              atLeast: true,
            },
          ],
          advice: [
            `${formatCount(wanted)} is the smaller of the driver’s maximum (${formatCount(maximum)}) and the ${whose}.`,
          ],
          sideEffects:
            'The link goes down for a moment, and the RSS table, receive rules and RPS of the queues are reset. More interrupts.',
          verify: 'Snapshot again under the same load: rx-* queues and vectors are as many, softirq spreads.',
          tab: 'nics',
        },
      ];
    });
  },
});

const numaLimits = {
  bitsPerSecond: limit(1e10, heuristic, (value) => `above ${value / 1e9} Gbit/s`),
};

/** R51: packets are worked on far from where they lie. */
export const numaMismatch = ruleOf({
  id: 'R51',
  title: 'Interrupts far from the NIC',
  step: 'I5',
  evidence:
    '/sys/class/net/NIC/device/numa_node against the CPUs of effective_affinity_list; bytes of the NIC a second',
  fix: 'interrupts, and the application, on the NIC’s node',
  lookalikes: 'A machine of one node has nothing to choose; a node of -1 is not known.',
  limits: numaLimits,
  needs: ({ rates, snapshot }: RuleContext): Needed<readonly Nic[]> => {
    if (!rates.ok) return rates;
    if (snapshot.cpus.nodes.size < 2) return lack('the host has one NUMA node, or does not say');
    const nics = physicalNics(snapshot);
    if (!nics.ok) return nics;
    const placed = nics.value.filter(({ numaNode }) => numaNode !== null);
    return placed.length > 0 ? have(placed) : lack('no NIC says its NUMA node');
  },
  check: (nics, { rates, snapshot }, { bitsPerSecond }) =>
    nics.flatMap((nic): Draft[] => {
      if (!rates.ok || nic.numaNode === null) return [];
      const counters = rates.value.nicStatistics.get(nic.name) ?? rates.value.netDev.get(nic.name);
      const bytes = (counters?.get('rx_bytes')?.perSecond ?? 0) + (counters?.get('tx_bytes')?.perSecond ?? 0);
      const near = snapshot.cpus.nodes.get(nic.numaNode) ?? [];
      const used = servingCpus(nic, rates.value);
      const far = used.filter((cpu) => !near.includes(cpu));
      if (bytes * 8 <= bitsPerSecond || far.length * 2 <= used.length) return [];
      return [
        {
          severity: 'warn',
          subject: { kind: 'nic', nic: nic.name },
          cpus: far,
          title: `${far.length} of ${used.length} CPUs that serve ${nic.name} at ${((bytes * 8) / 1e9).toFixed(0)} Gbit/s are not on its NUMA node ${nic.numaNode}`,
          why: 'The NIC writes packets to the memory of its node; other nodes reach them over the interconnect, slower and in competition.',
          evidence: [
            stands(
              `/sys/class/net/${nic.name}/device/numa_node`,
              'numa_node',
              nic.numaNode,
              `${nic.numaNode}: CPUs ${formatCpuList(near)}; ${formatCpus(far)} elsewhere`,
            ),
            ...['rx_bytes', 'tx_bytes'].flatMap((field) => {
              const delta = counters?.get(field);
              return delta === undefined
                ? []
                : [moved(`/sys/class/net/${nic.name}/statistics/${field}`, field, delta, 'bytes')];
            }),
          ],
          advice: [
            'Let irqbalance place them, or pin the vectors to the node’s CPUs; run the application there too (numactl --cpunodebind).',
          ],
          verify: 'Snapshot again: the vectors interrupt CPUs of the node.',
          tab: 'nics',
        },
      ];
    }),
});

/** R54: half of receive flow steering is set up. */
export const rfsHalf = ruleOf({
  id: 'R54',
  title: 'RFS half set up',
  step: 'I12',
  evidence: 'net.core.rps_sock_flow_entries against rps_flow_cnt of the receive queues',
  fix: 'both: entries for the host, and entries / queues for each queue',
  lookalikes: 'Accelerated RFS also needs ntuple filters.',
  limits: {},
  needs: ({ snapshot }: RuleContext): Needed<{ entries: number; nics: readonly Nic[] }> => {
    const entries = numberOf(snapshot, 'net.core.rps_sock_flow_entries');
    if (!entries.ok) return entries;
    const nics = physicalNics(snapshot);
    return nics.ok ? have({ entries: entries.value, nics: nics.value }) : nics;
  },
  check: ({ entries, nics }, { snapshot }) => {
    const counts = nics.flatMap((nic) => receiveQueues(nic).map((queue) => queue.flowCount));
    const known = counts.filter((count) => count !== null);
    const isPerQueue = known.some((count) => count > 0);
    if (known.length === 0 || entries > 0 === isPerQueue) return [];
    return [
      {
        severity: 'info',
        subject: { kind: 'host' },
        title: isPerQueue
          ? 'Queues have rps_flow_cnt, but rps_sock_flow_entries is 0: RFS does nothing'
          : `rps_sock_flow_entries is ${formatCount(entries)}, but no queue has rps_flow_cnt: RFS does nothing`,
        why: 'Receive flow steering needs both tables: of the host, where each flow’s reader runs, and of each queue, where its packets went last.',
        evidence: [
          stands('/proc/sys/net/core/rps_sock_flow_entries', 'rps_sock_flow_entries', entries, formatCount(entries)),
        ],
        changes: isPerQueue ? [hostTable(snapshot)] : nics.flatMap((nic) => queueTables(nic, entries)),
        sideEffects: 'Memory for the tables; interrupts between CPUs when flows move.',
        verify: 'Snapshot again: both are above 0.',
        tab: 'nics',
      },
    ];
  },
});

const receiveQueues = (nic: Nic) => nic.queues.filter(({ direction }) => direction === 'rx');

function hostTable(snapshot: Snapshot): Change {
  const value = String(flowEntries({ snapshot }).value);
  return { kind: 'sysctl', key: 'net.core.rps_sock_flow_entries', value, current: '0', atLeast: true };
}

function queueTables(nic: Nic, entries: number): Change[] {
  const queues = receiveQueues(nic).length;
  if (queues === 0) return [];
  const value = String(flowsPerQueue(entries, queues));
  return [{ kind: 'queue', nic: nic.name, attribute: 'rps_flow_cnt', value, current: '0', atLeast: true }];
}
