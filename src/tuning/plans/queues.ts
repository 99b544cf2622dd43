import { formatCpuList } from '../../kernel/cpuList.ts';
import { localCpus, queuesOf } from '../../model/nicCpus.ts';
import type { Nic, Snapshot } from '../../model/snapshot.ts';
import type { EthtoolChange } from '../change.ts';
import { clamp, powerOfTwo } from '../numbers.ts';
import { fullLinkFrames } from '../traffic.ts';
import {
  eachNic,
  missingOutcome,
  type Outcome,
  outcomeOf,
  type Term,
  type Tuning,
  type TuningHost,
  term,
} from '../tuning.ts';

const ethtool = (nic: string, set: EthtoolChange['set'], name: string) =>
  ({ kind: 'ethtool', nic, set, name }) as const;

/** The CPUs near a NIC as a term. */
export function cpusTerm(nic: Nic, snapshot: Snapshot): Term {
  const cpus = localCpus(nic, snapshot);
  const isolated = (snapshot.cpus.isolated ?? []).length > 0 ? ' that are not isolated' : '';
  return nic.numaNode === null
    ? term(`CPUs online${isolated}`, `${cpus.length} (${formatCpuList(cpus)})`, '/sys/devices/system/cpu/online')
    : term(
        `CPUs of NUMA node ${nic.numaNode}${isolated}`,
        `${cpus.length} (${formatCpuList(cpus)})`,
        `/sys/class/net/${nic.name}/device/numa_node, /sys/devices/system/node`,
      );
}

/** T1: as many queues as CPUs near the NIC, so far as the driver goes. */
export const queueCount: Tuning = {
  id: 'T1',
  title: 'Queues of a NIC',
  computed: 'the smaller of the driver’s maximum and the CPUs of the NIC’s NUMA node that are not isolated',
  why: 'Each queue has a ring and an interrupt of its own, which one CPU serves. More queues than CPUs only cost interrupts.',
  risk: 'medium',
  sideEffects:
    'The queues are made anew: the link may be down for a moment, and the RSS table, receive rules, RPS and XPS of the queues are reset.',
  samples: [{ ...ethtool('eth0', 'channels', 'combined'), value: '4', current: '1', atLeast: true }],
  plan: (host) =>
    eachNic(host, (nic) => {
      const { channels } = nic;
      if (!channels.ok) return [missingOutcome(`${nic.name} channels`, channels.reason)];
      const cpus = localCpus(nic, host.snapshot);
      if (cpus.length === 0) return [missingOutcome(`${nic.name} channels`, 'the CPUs of the host are not known')];
      // A driver has either combined queues or receive and transmit queues apart.
      const names = channels.value.maximum.combined === null ? (['rx', 'tx'] as const) : (['combined'] as const);
      return names.map((name) => {
        const maximum = channels.value.maximum[name];
        const subject = ethtool(nic.name, 'channels', name);
        if (maximum === null) return missingOutcome(`${nic.name} channels ${name}`, 'the driver tells no maximum');
        const value = Math.min(maximum, cpus.length);
        return outcomeOf(host, subject, {
          value: String(value),
          atLeast: true,
          terms: [term('the driver’s maximum', maximum, `ethtool -l ${nic.name}`), cpusTerm(nic, host.snapshot)],
          formula: `min(${maximum}, ${cpus.length}) = ${value}`,
        });
      });
    }),
};

/** T2: rings that hold what arrives while nobody polls. */
export const ringSize: Tuning = {
  id: 'T2',
  title: 'Rings of a NIC',
  computed:
    'frames that the full link brings to one queue while a softirq run of others may last (netdev_budget_usecs), twice that where several queues may be hashed unevenly, as a power of two, at most the driver’s maximum; never less than now',
  why: 'A frame that finds no free descriptor is lost. A ring has to bridge the time until its CPU polls it again.',
  risk: 'low',
  sideEffects:
    'Most drivers take the link down for a moment. A large ring holds more of the cache, and under overload packets wait longer in it.',
  samples: [{ ...ethtool('eth0', 'ring', 'rx'), value: '1024', current: '256', atLeast: true }],
  plan: (host) => eachNic(host, (nic) => [receiveRing(nic, host), transmitRing(nic, host)]),
};

const budgetKey = 'net.core.netdev_budget_usecs';

function receiveRing(nic: Nic, host: TuningHost): Outcome {
  const budget = host.snapshot.sysctl.ok ? Number(host.snapshot.sysctl.value.get(budgetKey) ?? Number.NaN) : Number.NaN;
  if (Number.isNaN(budget))
    return missingOutcome(`${nic.name} rx ring`, `${budgetKey} is not known (kernels before 4.12 have none)`);
  return ringFor(nic, host, 'rx', {
    usecs: budget,
    source: term('microseconds a softirq run may last', budget, budgetKey),
  });
}

function transmitRing(nic: Nic, host: TuningHost): Outcome {
  const usecs = nic.coalesce.ok ? (nic.coalesce.value.values.get('tx-usecs') ?? null) : null;
  if (usecs === null) return missingOutcome(`${nic.name} tx ring`, 'how long completions wait (tx-usecs) is not known');
  return ringFor(nic, host, 'tx', {
    usecs,
    source: term('microseconds a completion may wait', usecs, `ethtool -c ${nic.name} tx-usecs`),
  });
}

function ringFor(nic: Nic, host: TuningHost, name: 'rx' | 'tx', wait: { usecs: number; source: Term }): Outcome {
  const what = `${nic.name} ${name} ring`;
  if (!nic.ring.ok) return missingOutcome(what, nic.ring.reason);
  const current = nic.ring.value.current[name];
  const maximum = nic.ring.value.maximum[name];
  if (current === null || maximum === null) return missingOutcome(what, 'the driver does not tell its ring');
  const frames = fullLinkFrames(nic, host);
  if (!frames.ok) return missingOutcome(what, frames.reason);
  const queues = Math.max(1, queuesOf(nic, name).length);
  const uneven = Math.min(2, queues);
  const need = Math.ceil(((frames.value / queues) * uneven * wait.usecs) / 1e6);
  const value = clamp(powerOfTwo(need), current, maximum);
  return outcomeOf(host, ethtool(nic.name, 'ring', name), {
    value: String(value),
    atLeast: true,
    terms: [
      ...frames.terms,
      term('queues', queues, `/sys/class/net/${nic.name}/queues`),
      wait.source,
      term('the driver’s maximum', maximum, `ethtool -g ${nic.name}`),
    ],
    formula: `${frames.value} frames/s / ${queues} x ${uneven} x ${wait.usecs} us = ${need} descriptors; the next power of two, at least ${current} and at most ${maximum} = ${value}`,
  });
}
