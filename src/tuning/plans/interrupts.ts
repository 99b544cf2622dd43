import { formatCpuList } from '../../kernel/cpuList.ts';
import { localCpus, queuesOf, receiveIrqs } from '../../model/nicCpus.ts';
import type { Nic, NicIrq } from '../../model/snapshot.ts';
import { fullLinkFrames } from '../traffic.ts';
import { eachNic, missingOutcome, type Outcome, outcomeOf, type Tuning, type TuningHost, term } from '../tuning.ts';
import { cpusTerm } from './queues.ts';

/** Above so many interrupts a second of one vector R10 begins: each costs as much as several packets. */
const mostInterrupts = 20_000;

/** T6: how long an interrupt waits for more packets. */
export const coalescing: Tuning = {
  id: 'T6',
  title: 'Interrupt coalescing',
  computed:
    'adaptive where the driver can; else the microseconds that keep a vector at 20,000 interrupts a second, at most the time in which the full link fills half of the ring',
  why: 'An interrupt costs as much as several packets. Waiting some microseconds lets one interrupt bring more of them.',
  risk: 'low',
  sideEffects: 'Packets wait up to that long on an idle link. Drivers round or refuse values: read it back.',
  samples: [
    { kind: 'ethtool', nic: 'eth0', set: 'coalesce', name: 'adaptive-rx', value: 'on', current: 'off', atLeast: false },
    { kind: 'ethtool', nic: 'eth0', set: 'coalesce', name: 'rx-usecs', value: '50', current: '0', atLeast: true },
  ],
  plan: (host) => eachNic(host, (nic) => [coalescingOf(nic, host)]),
};

/** Values of rx-usecs by which Intel's drivers mean a way of their own (Documentation/networking/device_drivers/ethernet/intel). */
const intel = ['e1000', 'e1000e', 'igb', 'igbvf', 'ixgbe', 'ixgbevf'];
const ownModes: ReadonlyMap<number, ReadonlySet<string>> = new Map([
  [1, new Set(intel)],
  [3, new Set(['e1000', 'e1000e', 'igb', 'igbvf'])],
]);

function coalescingOf(nic: Nic, host: TuningHost): Outcome {
  const what = `${nic.name} coalescing`;
  if (!nic.coalesce.ok) return missingOutcome(what, nic.coalesce.reason);
  const { adaptiveRx, values, zeroMayBeAbsent } = nic.coalesce.value;
  const subject = { kind: 'ethtool', nic: nic.name, set: 'coalesce' } as const;
  const usecs = values.get('rx-usecs') ?? null;
  if (adaptiveRx !== true && (usecs ?? 0) === 0 && nic.driver === 'virtio_net')
    return missingOutcome(what, 'virtio_net says off and 0 also where the device cannot wait');
  // A driver without it says n/a; an old ethtool says off of any.
  if (adaptiveRx === true || (adaptiveRx === false && !zeroMayBeAbsent))
    return outcomeOf(
      host,
      { ...subject, name: 'adaptive-rx' },
      {
        value: 'on',
        terms: [],
        formula: 'the driver can choose the time by the traffic',
      },
    );
  if (usecs !== null && ownModes.get(usecs)?.has(nic.driver ?? '') === true)
    return {
      state: 'kept',
      subject: `${nic.name} coalesce rx-usecs`,
      value: String(usecs),
      arithmetic: { terms: [], formula: `${usecs} is no time to ${nic.driver}: it chooses the time by the traffic` },
    };
  if (usecs === null || (usecs === 0 && zeroMayBeAbsent))
    return missingOutcome(what, 'the driver tells neither adaptive-rx nor rx-usecs');
  const most = 1e6 / mostInterrupts;
  const half = halfRing(nic, host);
  const value = half === null ? most : Math.max(1, Math.min(most, half.usecs));
  return outcomeOf(
    host,
    { ...subject, name: 'rx-usecs' },
    {
      value: String(value),
      atLeast: true,
      terms: [
        term('interrupts a second that one vector may give', mostInterrupts, 'our heuristic, the threshold of R10'),
        ...(half === null
          ? []
          : [term('microseconds in which the full link fills half of a ring', half.usecs, `ethtool -g ${nic.name}`)]),
      ],
      formula:
        half === null
          ? `1,000,000 / ${mostInterrupts} = ${most}`
          : `min(1,000,000 / ${mostInterrupts}, ${half.usecs}) = ${value}`,
    },
  );
}

function halfRing(nic: Nic, host: TuningHost): { usecs: number } | null {
  const ring = nic.ring.ok ? nic.ring.value.current.rx : null;
  const frames = fullLinkFrames(nic, host);
  const queues = Math.max(1, queuesOf(nic, 'rx').length);
  if (ring === null || !frames.ok || frames.value < 1) return null;
  return { usecs: Math.floor((ring / 2 / (frames.value / queues)) * 1e6) };
}

/** T7: each receive vector on a CPU of its own, near the NIC, and irqbalance told to leave them there. */
export const affinity: Tuning = {
  id: 'T7',
  title: 'IRQ affinity and irqbalance',
  computed:
    'the vectors of the queues in their order over the CPUs of the NIC’s NUMA node that are not isolated, one each, from the first again where there are more; where irqbalance runs, it is told to leave the NIC’s driver alone',
  why: 'A vector on a CPU of its own, near the memory the NIC writes to, neither waits for others nor crosses nodes.',
  risk: 'medium',
  sideEffects:
    'Nobody moves these interrupts any more when the load changes. Drivers with managed vectors refuse: the kernel has spread them already.',
  samples: [
    { kind: 'irq', nic: 'eth0', action: 'eth0-TxRx-0', value: '0', current: '0-3', atLeast: false },
    { kind: 'irqbalance', variable: 'IRQBALANCE_ARGS', value: '--banmod=igb', current: '', atLeast: false },
  ],
  plan: (host) => {
    // NICs that share CPUs go on where the one before them ended.
    const given = new Map<string, number>();
    const plans = eachNic(host, (nic) => affinityOf(nic, host, given));
    const moved = plans.flatMap((plan) =>
      plan.state === 'change' && plan.change.kind === 'irq' ? [plan.change.nic] : [],
    );
    return [...plans, ...leaveAlone([...new Set(moved)], host)];
  },
};

function affinityOf(nic: Nic, host: TuningHost, given: Map<string, number>): Outcome[] {
  const vectors = receiveIrqs(nic);
  const cpus = localCpus(nic, host.snapshot);
  const what = `${nic.name} affinity`;
  if (vectors.length === 0) return [missingOutcome(what, 'no interrupt could be attributed to a receive queue')];
  if (cpus.length === 0) return [missingOutcome(what, 'the CPUs of the host are not known')];
  const first = given.get(cpus.join()) ?? 0;
  given.set(cpus.join(), first + vectors.length);
  return vectors.flatMap((vector, index) => {
    const place = (first + index) % cpus.length;
    // Completions of a queue where its packets arrive: they touch the same connections.
    const completions = nic.irqs.filter(({ role, queue }) => role === 'tx' && queue !== null && queue === vector.queue);
    return [vector, ...completions].map((one) => vectorTo(one, cpus, first + index, place, nic, host));
  });
}

function vectorTo(
  { action }: NicIrq,
  cpus: readonly number[],
  count: number,
  place: number,
  nic: Nic,
  host: TuningHost,
): Outcome {
  const cpu = cpus[place] ?? 0;
  return outcomeOf(
    host,
    { kind: 'irq', nic: nic.name, action },
    {
      value: formatCpuList([cpu]),
      terms: [cpusTerm(nic, host.snapshot), term('receive vectors placed on these before', count, '/proc/interrupts')],
      formula: `place ${count} mod ${cpus.length} of the CPUs = CPU ${cpu}`,
    },
  );
}

function leaveAlone(nics: readonly string[], host: TuningHost): Outcome[] {
  const { irqbalance } = host.snapshot.bootConfig;
  if (nics.length === 0) return [];
  if (!irqbalance.ok) return [missingOutcome('irqbalance', irqbalance.reason)];
  if (irqbalance.value.running !== true) return [];
  const all = host.snapshot.nics.filter(({ name }) => nics.includes(name));
  const bans = [...new Set(all.flatMap(banOf))].filter((ban) => !irqbalance.value.args.split(/\s+/).includes(ban));
  return [
    outcomeOf(
      host,
      { kind: 'irqbalance', variable: 'IRQBALANCE_ARGS' },
      {
        value: [irqbalance.value.args, ...bans].filter((part) => part !== '').join(' '),
        terms: [
          term('irqbalance', 'runs', '/proc/*/comm'),
          term('drivers', all.map(({ driver }) => driver ?? 'not known').join(', '), 'ethtool -i'),
        ],
        formula: `every ten seconds it would move ${nics.join(', ')} again: ${bans.join(' ') || 'it is told not to already'}`,
      },
    ),
  ];
}

/** By module, which stays over a reboot; of virtio the module is that of the bus, which disks share, so by number. */
function banOf(nic: Nic): string[] {
  if (nic.driver !== null && nic.driver !== 'virtio_net' && /^[a-z0-9_]+$/.test(nic.driver))
    return [`--banmod=${nic.driver}`];
  return receiveIrqs(nic)
    .filter(({ irq }) => /^\d+$/.test(irq))
    .map(({ irq }) => `--banirq=${irq}`);
}
