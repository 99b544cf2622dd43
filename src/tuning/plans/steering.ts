import { formatCpuList, formatCpuMask } from '../../kernel/cpuList.ts';
import { interruptedCpus, localCpus, queuesOf } from '../../model/nicCpus.ts';
import type { Nic } from '../../model/snapshot.ts';
import { sysctlNumber } from '../current.ts';
import { powerOfTwo } from '../numbers.ts';
import { openConnections } from '../traffic.ts';
import { eachNic, missingOutcome, type Outcome, outcomeOf, type Tuning, type TuningHost, term } from '../tuning.ts';
import { ruleSwitch } from './hashing.ts';
import { cpusTerm } from './queues.ts';

/** T10: packets handed to CPUs that the queues of the NIC do not reach, and the queue each CPU sends on. */
export const packetSteering: Tuning = {
  id: 'T10',
  title: 'RPS and XPS',
  computed:
    'RPS: off where each CPU near the NIC has a queue; else these CPUs without those that take the NIC’s interrupts (all of them where none is left). XPS: the online CPUs dealt out over the transmit queues in turn',
  why: 'With fewer queues than CPUs the protocols’ work stays on the few that are interrupted; RPS hands it on, flow by flow. XPS lets a CPU send on a queue that few others lock.',
  risk: 'low',
  sideEffects:
    'RPS costs an interrupt between CPUs for each batch and some microseconds. Flows change their transmit queue once.',
  samples: [
    { kind: 'queue', nic: 'eth0', attribute: 'rps_cpus', value: 'e', current: '0', atLeast: false },
    { kind: 'queue', nic: 'eth0', attribute: 'xps_cpus', queue: 1, value: '2', current: '0', atLeast: false },
  ],
  plan: (host) => eachNic(host, (nic) => [...receiveSteering(nic, host), ...transmitSteering(nic, host)]),
};

/** The CPUs that RPS of a NIC should use; empty: none, the queues reach them all. */
export function steeringCpus(nic: Nic, host: Pick<TuningHost, 'snapshot'>): readonly number[] {
  const cpus = localCpus(nic, host.snapshot);
  if (queuesOf(nic, 'rx').length >= cpus.length) return [];
  const interrupted = new Set(interruptedCpus(nic));
  const others = cpus.filter((cpu) => !interrupted.has(cpu));
  return others.length > 0 ? others : cpus;
}

function receiveSteering(nic: Nic, host: TuningHost): Outcome[] {
  const queues = queuesOf(nic, 'rx');
  const cpus = localCpus(nic, host.snapshot);
  const what = `${nic.name} rps_cpus`;
  if (queues.length === 0 || cpus.length === 0) return [missingOutcome(what, 'the queues or the CPUs are not known')];
  const chosen = steeringCpus(nic, host);
  const interrupted = interruptedCpus(nic);
  const wanted = {
    value: formatCpuMask(chosen),
    terms: [
      term('receive queues', queues.length, `/sys/class/net/${nic.name}/queues`),
      cpusTerm(nic, host.snapshot),
      term(
        'CPUs that take its interrupts',
        interrupted.length === 0 ? 'not known' : formatCpuList(interrupted),
        '/proc/irq/N/effective_affinity_list',
      ),
    ],
    formula:
      chosen.length === 0
        ? `${queues.length} queues >= ${cpus.length} CPUs: no mask`
        : `${queues.length} queues < ${cpus.length} CPUs: ${formatCpuList(chosen)} = mask ${formatCpuMask(chosen)}`,
  };
  const common = { kind: 'queue', nic: nic.name, attribute: 'rps_cpus' } as const;
  const together = outcomeOf(host, common, wanted);
  // Where the queues differ now, each is put back by itself.
  return together.state === 'missing' && queues.every((queue) => queue.cpus !== null)
    ? queues.map(({ index }) => outcomeOf(host, { ...common, queue: index }, wanted))
    : [together];
}

function transmitSteering(nic: Nic, host: TuningHost): Outcome[] {
  const queues = queuesOf(nic, 'tx');
  const cpus = host.snapshot.cpus.online ?? [];
  const what = `${nic.name} xps_cpus`;
  if (queues.length < 2)
    return [
      missingOutcome(
        what,
        queues.length === 0 ? 'its queues are not known' : 'one transmit queue: there is nothing to choose',
      ),
    ];
  if (cpus.length === 0) return [missingOutcome(what, 'the CPUs of the host are not known')];
  // A driver knows its own queues best: where each CPU has one already, that stays.
  const served = queues.flatMap((queue) => queue.cpus ?? []).sort((x, y) => x - y);
  if (served.join() === [...cpus].sort((x, y) => x - y).join()) {
    const value = queues.map((queue) => formatCpuMask(queue.cpus ?? [])).join(' ');
    return [
      { state: 'kept', subject: what, value, arithmetic: { terms: [], formula: 'each CPU has one transmit queue' } },
    ];
  }
  return queues.map(({ index }, at) => {
    const own = cpus.filter((_, place) => place % queues.length === at);
    return outcomeOf(
      host,
      { kind: 'queue', nic: nic.name, attribute: 'xps_cpus', queue: index },
      {
        value: formatCpuMask(own),
        terms: [
          term('CPUs online', `${cpus.length} (${formatCpuList(cpus)})`, '/sys/devices/system/cpu/online'),
          term('transmit queues', queues.length, `/sys/class/net/${nic.name}/queues`),
        ],
        formula:
          own.length === 0
            ? `more queues than CPUs: none for queue ${index}`
            : `every CPU whose place mod ${queues.length} is ${at}: ${formatCpuList(own)} = mask ${formatCpuMask(own)}`,
      },
    );
  });
}

const entriesKey = 'net.core.rps_sock_flow_entries';
/** What the kernel's text proposes for a moderately loaded server (Documentation/networking/scaling.rst). */
const documentedEntries = 32_768;

/** Entries of the host's flow table: a power of two for twice the open connections, at least what the kernel's text proposes. */
export function flowEntries(host: Pick<TuningHost, 'snapshot'>): {
  readonly value: number;
  readonly open: number | null;
} {
  const open = openConnections(host.snapshot);
  return {
    value: Math.max(documentedEntries, powerOfTwo(open.ok ? open.value * 2 : 1)),
    open: open.ok ? open.value : null,
  };
}

/** Entries of one queue's table: its share of the host's, as a power of two. */
export function flowsPerQueue(entries: number, queues: number): number {
  return powerOfTwo(entries / Math.max(1, queues));
}

/** T11: both tables of receive flow steering. */
export const flowSteering: Tuning = {
  id: 'T11',
  title: 'RFS',
  computed:
    'rps_sock_flow_entries: twice the open TCP connections as a power of two, at least the 32,768 of the kernel’s text; rps_flow_cnt: that over the receive queues, as a power of two',
  why: 'RFS sends packets to the CPU where their reader runs. It needs both tables: one alone does nothing.',
  risk: 'low',
  sideEffects: 'Memory: 4 bytes an entry of the host, 8 to 16 an entry of a queue. It also acts without RPS masks.',
  samples: [
    { kind: 'sysctl', key: entriesKey, value: '32768', current: '0', atLeast: true },
    { kind: 'queue', nic: 'eth0', attribute: 'rps_flow_cnt', value: '8192', current: '0', atLeast: true },
  ],
  plan: (host) => [hostFlows(host), ...eachNic(host, (nic) => [queueFlows(nic, host)])],
};

function hostFlows(host: TuningHost): Outcome {
  const { value, open } = flowEntries(host);
  return outcomeOf(
    host,
    { kind: 'sysctl', key: entriesKey },
    {
      value: String(value),
      atLeast: true,
      terms: [
        term('TCP sockets in use', open ?? 'not known', '/proc/net/sockstat, sockstat6: inuse'),
        term('entries for a moderately loaded server', documentedEntries, 'Documentation/networking/scaling.rst'),
      ],
      formula: `the next power of two of max(2 x ${open ?? 'unknown'}, ${documentedEntries}) = ${value}`,
    },
  );
}

function queueFlows(nic: Nic, host: TuningHost): Outcome {
  const queues = queuesOf(nic, 'rx').length;
  if (queues === 0) return missingOutcome(`${nic.name} rps_flow_cnt`, 'its queues are not known');
  const now = sysctlNumber(entriesKey, host.snapshot);
  const { value: proposed } = flowEntries(host);
  const entries = Math.max(now.ok ? now.value : 0, proposed);
  const value = flowsPerQueue(entries, queues);
  return outcomeOf(
    host,
    { kind: 'queue', nic: nic.name, attribute: 'rps_flow_cnt' },
    {
      value: String(value),
      atLeast: true,
      terms: [
        term('entries of the host', entries, entriesKey),
        term('receive queues', queues, `/sys/class/net/${nic.name}/queues`),
      ],
      formula: `the next power of two of ${entries} / ${queues} = ${value}`,
    },
  );
}

/** T12: what accelerated RFS needs and can be set; driver and kernel are on its checklist (`arfsConditions`). */
export const acceleratedSteering: Tuning = {
  id: 'T12',
  title: 'Accelerated RFS',
  computed:
    'the tables of T11, and ntuple filters on; whether driver and kernel can is the other part of the checklist',
  why: 'The NIC itself puts a flow on the queue of the CPU that reads it, without an interrupt between CPUs.',
  risk: 'medium',
  sideEffects: 'The NIC’s filter table fills with flows; rules set by hand share it.',
  samples: [
    { kind: 'ethtool', nic: 'eth0', set: 'features', name: 'ntuple', value: 'on', current: 'off', atLeast: false },
  ],
  plan: (host) => [...flowSteering.plan(host), ...eachNic(host, (nic) => [ruleSwitch(nic, host)])],
};
