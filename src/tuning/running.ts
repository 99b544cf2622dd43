import type { Nic, Snapshot } from '../model/snapshot.ts';
import { isNicChange, type NicChange } from './change.ts';
import { currentOf, type Subject } from './current.ts';
import { featureNames } from './featureNames.ts';

/** Offloads that are told by the names that -K takes; what the driver has beyond them keeps its default. */
const offloads = ['rx', 'tx', 'sg', 'tso', 'gso', 'gro', 'lro', 'rx-gro-hw', 'ntuple', 'rxhash'];

/**
 * What is set of a NIC now and would be lost at the next boot, as changes to what is there: in the order in which they have to be
 * made. What could not be read is left out, and so is what is as the kernel makes it.
 */
export function runningChanges(nic: Nic, snapshot: Snapshot): NicChange[] {
  return subjectsOf(nic, snapshot).flatMap((subject) => {
    const current = currentOf(subject, snapshot);
    if (!current.ok || (isDefault(subject, current.value) && subject.kind !== 'ethtool')) return [];
    const change = { ...subject, value: current.value, current: null, atLeast: false };
    return isChange(change) ? [change] : [];
  });
}

function isChange(change: object): change is NicChange {
  return 'kind' in change && isNicChange(change as NicChange);
}

function subjectsOf(nic: Nic, snapshot: Snapshot): Subject[] {
  const ethtool = (set: 'channels' | 'ring' | 'coalesce' | 'features' | 'pause', names: readonly string[]): Subject[] =>
    names.map((name) => ({ kind: 'ethtool', nic: nic.name, set, name }));
  const device = (
    attribute: 'tx_queue_len' | 'mtu' | 'napi_defer_hard_irqs' | 'gro_flush_timeout' | 'threaded',
  ): Subject => ({
    kind: 'device',
    nic: nic.name,
    attribute,
  });
  return [
    ...ethtool('channels', changeableChannels(nic)),
    ...ethtool('ring', ['rx', 'tx']),
    ...ethtool('coalesce', coalesceNames(nic)),
    ...ethtool(
      'features',
      offloads.filter((name) => isChangeable(nic, name)),
    ),
    ...ethtool('pause', nic.pause.ok && nic.pause.value.autonegotiate === true ? ['autoneg'] : ['autoneg', 'rx', 'tx']),
    device('tx_queue_len'),
    device('mtu'),
    device('napi_defer_hard_irqs'),
    device('gro_flush_timeout'),
    device('threaded'),
    ...queueSubjects(nic, snapshot),
  ];
}

/** Kinds of queues whose number can be changed. */
function changeableChannels(nic: Nic): string[] {
  if (!nic.channels.ok) return [];
  const { maximum } = nic.channels.value;
  return (['combined', 'rx', 'tx'] as const).filter((name) => (maximum[name] ?? 0) > 1);
}

/** While the driver chooses the time itself the time is not set. */
function coalesceNames(nic: Nic): string[] {
  if (!nic.coalesce.ok) return [];
  const { adaptiveRx, adaptiveTx } = nic.coalesce.value;
  return [
    'adaptive-rx',
    'adaptive-tx',
    ...(adaptiveRx === true ? [] : ['rx-usecs', 'rx-frames']),
    ...(adaptiveTx === true ? [] : ['tx-usecs', 'tx-frames']),
  ];
}

function isChangeable(nic: Nic, name: string): boolean {
  const long = featureNames.get(name) ?? name;
  return nic.features.ok && nic.features.value.some((feature) => feature.name === long && !feature.fixed);
}

/** Of all queues together where they have the same, else queue by queue. */
function queueSubjects(nic: Nic, snapshot: Snapshot): Subject[] {
  return (['rps_cpus', 'rps_flow_cnt', 'xps_cpus', 'xps_rxqs'] as const).flatMap((attribute): Subject[] => {
    const all: Subject = { kind: 'queue', nic: nic.name, attribute };
    if (currentOf(all, snapshot).ok) return [all];
    const direction = attribute.startsWith('rps') ? 'rx' : 'tx';
    return nic.queues
      .filter((queue) => queue.direction === direction)
      .map(({ index }): Subject => ({ kind: 'queue', nic: nic.name, attribute, queue: index }));
  });
}

/** What the kernel has of a new interface anyway. */
function isDefault(subject: Subject, value: string): boolean {
  if (subject.kind === 'queue') return /^[0,]*$/.test(value);
  if (subject.kind !== 'device') return false;
  return value === (subject.attribute === 'tx_queue_len' ? '1000' : subject.attribute === 'mtu' ? '1500' : '0');
}
