import { formatCpuList } from '../../kernel/cpuList.ts';
import type { Nic } from '../../model/snapshot.ts';
import { featureNames } from '../../tuning/featureNames.ts';
import type { TextPart } from '../service/languageService.ts';
import type { LinkedHost } from '../service/linkedHost.ts';
import { matchesGlob } from '../text/globMatch.ts';
import { nicPattern } from './checkNet.ts';
import type { Given } from './ruleFlow.ts';

/** The NICs of a host that conditions name. */
export function nicsGiven(given: readonly Given[], host: LinkedHost): readonly Nic[] {
  const path = given.find(({ key, operator }) => key === 'DEVPATH' && operator === '==')?.value;
  const pattern =
    nicPattern(given.filter(({ key, value }) => key !== 'KERNEL' || !/^[rt]x-/.test(value))) ??
    /\/net\/([^/]+)/.exec(path ?? '')?.[1] ??
    null;
  return pattern === null ? [] : host.nics.filter(({ name }) => matchesGlob(pattern, name));
}

/** What a file of `/sys/class/net/NIC` or of its queues holds on the host; null where that was not read. */
export function attributeNow(name: string, nic: Nic, queue: string | null): string | null {
  const text = (value: string | number | null): string | null => (value === null ? null : String(value));
  switch (name) {
    case 'mtu':
      return text(nic.mtu);
    case 'tx_queue_len':
      return text(nic.txQueueLen);
    case 'gro_flush_timeout':
      return text(nic.groFlushTimeout);
    case 'napi_defer_hard_irqs':
      return text(nic.napiDeferHardIrqs);
    case 'threaded':
      return nic.threaded === null ? null : nic.threaded ? '1' : '0';
    case 'address':
      return nic.address;
    case 'operstate':
      return nic.operstate;
    case 'speed':
      return text(nic.speed);
    case 'duplex':
      return nic.duplex;
    default:
      return queuesNow(name, nic, queue);
  }
}

function queuesNow(name: string, nic: Nic, queue: string | null): string | null {
  const direction = name === 'rps_cpus' || name === 'rps_flow_cnt' ? 'rx' : 'tx';
  const values = nic.queues
    .filter(
      (one) =>
        one.direction === direction &&
        (queue === null || !/^[rt]x-\d+$/.test(queue) || `${one.direction}-${one.index}` === queue),
    )
    .map((one) => {
      const value = queueValue(name, one);
      return value === null ? null : `${one.direction}-${one.index}: ${value}`;
    });
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const shown = known.slice(0, 8).join(', ');
  return known.length > 8 ? `${shown} and ${known.length - 8} more` : shown;
}

function queueValue(name: string, queue: Nic['queues'][number]): string | null {
  const cpus = (list: readonly number[] | null): string | null =>
    list === null ? null : list.length === 0 ? 'none' : `CPU ${formatCpuList(list)}`;
  switch (name) {
    case 'rps_cpus':
    case 'xps_cpus':
      return cpus(queue.cpus);
    case 'rps_flow_cnt':
      return queue.flowCount === null ? null : String(queue.flowCount);
    case 'xps_rxqs':
      return queue.rxQueues === null ? null : queue.rxQueues.join(',') || 'none';
    case 'tx_maxrate':
      return queue.maxRate === null ? null : String(queue.maxRate);
    case 'byte_queue_limits/limit_max':
      return queue.limits?.limitMax == null ? null : String(queue.limits.limitMax);
    case 'byte_queue_limits/limit':
      return queue.limits === null ? null : String(queue.limits.limit);
    default:
      return null;
  }
}

/** What ethtool shows of a setting, with its maximum; null where that was not read. */
export function ethtoolNow(set: string, name: string, nic: Nic): string | null {
  const of = (now: number | null | undefined, most: number | null | undefined): string | null =>
    now == null ? null : most == null ? String(now) : `${now}, at most ${most}`;
  const onOff = (value: boolean | null): string | null => (value === null ? null : value ? 'on' : 'off');
  switch (set) {
    case 'ring': {
      if (!nic.ring.ok) return null;
      const { current, maximum } = nic.ring.value;
      const key = ({ rx: 'rx', tx: 'tx', 'rx-mini': 'rxMini', 'rx-jumbo': 'rxJumbo' } as const)[name];
      return key === undefined ? null : of(current[key], maximum[key]);
    }
    case 'channels': {
      if (!nic.channels.ok) return null;
      const { current, maximum } = nic.channels.value;
      const key = (['rx', 'tx', 'other', 'combined'] as const).find((one) => one === name);
      return key === undefined ? null : of(current[key], maximum[key]);
    }
    case 'coalesce': {
      if (!nic.coalesce.ok) return null;
      if (name === 'adaptive-rx') return onOff(nic.coalesce.value.adaptiveRx);
      if (name === 'adaptive-tx') return onOff(nic.coalesce.value.adaptiveTx);
      return of(nic.coalesce.value.values.get(name), null);
    }
    case 'features': {
      if (!nic.features.ok) return null;
      const long = featureNames.get(name) ?? name;
      const feature = nic.features.value.find((one) => one.name === long);
      return feature === undefined ? null : `${feature.active ? 'on' : 'off'}${feature.fixed ? ', fixed' : ''}`;
    }
    case 'pause': {
      if (!nic.pause.ok) return null;
      const { autonegotiate, rx, tx } = nic.pause.value;
      return name === 'autoneg' ? onOff(autonegotiate) : name === 'rx' ? onOff(rx) : name === 'tx' ? onOff(tx) : null;
    }
    default:
      return null;
  }
}

/** What tells a NIC from others. */
export function nicFacts(nic: Nic): TextPart[] {
  const fact = (label: string, text: string | null): TextPart[] =>
    text === null || text === '' ? [] : [{ kind: 'fact', label, text }];
  return [
    ...fact('driver', nic.driver),
    ...fact('bus', nic.driverInfo.ok ? nic.driverInfo.value.busInfo : null),
    ...fact('address', nic.address),
    ...fact('state', nic.operstate),
    ...fact('speed', nic.speed === null ? null : `${nic.speed} Mbit/s`),
    ...fact('RX ring', ethtoolNow('ring', 'rx', nic)),
    ...fact('combined queues', ethtoolNow('channels', 'combined', nic)),
  ];
}
