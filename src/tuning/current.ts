import { formatCpuList, formatCpuMask } from '../kernel/cpuList.ts';
import { printable } from '../kernel/printable.ts';
import type { Reading } from '../model/reading.ts';
import type { Nic, Snapshot } from '../model/snapshot.ts';
import type { Change, EthtoolChange, QueueChange } from './change.ts';
import { featureNames } from './featureNames.ts';
import { filterText } from './filterText.ts';
import { spreadOf } from './rssSpread.ts';

/** What a setting is now, as a change would write it; or why that is not known. */
export type Current = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: string };

/** A change without its values: what it is about. */
export type Subject = Change extends infer One
  ? One extends Change
    ? Omit<One, 'value' | 'current' | 'atLeast'>
    : never
  : never;

/** Reads from a snapshot what a change is about. */
export function currentOf(subject: Subject, snapshot: Snapshot): Current {
  if (subject.kind === 'sysctl') return sysctlNow(subject.key, snapshot);
  if (subject.kind === 'irqbalance') return irqbalanceNow(subject.variable, snapshot);
  const nic = snapshot.nics.find(({ name }) => name === subject.nic);
  if (nic === undefined) return lack(`the capture has no interface ${printable(subject.nic, 40)}`);
  switch (subject.kind) {
    case 'ethtool':
      return ethtoolNow(subject, nic);
    case 'device':
      return deviceNow(subject.attribute, nic);
    case 'queue':
      return queueNow(subject, nic);
    case 'qdisc':
      return qdiscNow(nic, snapshot);
    case 'filter':
      return filterNow(subject.location, nic);
    case 'irq':
      return affinityNow(subject.action, nic);
  }
}

/** A sysctl that holds one number, or why it is not known. */
export function sysctlNumber(
  key: string,
  snapshot: Snapshot,
): { ok: true; value: number } | { ok: false; reason: string } {
  const text = sysctlNow(key, snapshot);
  if (!text.ok) return text;
  return /^-?\d+$/.test(text.value)
    ? { ok: true, value: Number(text.value) }
    : lack(`${key} is "${printable(text.value, 60)}", not a number`);
}

const lack = (reason: string): { ok: false; reason: string } => ({ ok: false, reason });
const told = (value: string | number): Current => ({ ok: true, value: String(value) });
const toldIf = (value: string | number | null | undefined, reason: string): Current =>
  value === null || value === undefined ? lack(reason) : told(value);
const onOff = (on: boolean): string => (on ? 'on' : 'off');

function sysctlNow(key: string, { sysctl, host }: Snapshot): Current {
  if (!sysctl.ok) return lack(sysctl.reason);
  const where = host.initialNetns === false ? 'does not exist in this network namespace' : 'is not in the capture';
  return toldIf(sysctl.value.get(key), `${key} ${where}`);
}

function irqbalanceNow(variable: string, { bootConfig: { irqbalance } }: Snapshot): Current {
  if (!irqbalance.ok) return lack(irqbalance.reason);
  if (variable === 'IRQBALANCE_ARGS') return told(irqbalance.value.args);
  const { bannedCpus } = irqbalance.value;
  return bannedCpus === null ? lack('the banned CPUs of irqbalance cannot be read') : told(formatCpuList(bannedCpus));
}

/** From a reading that may be missing, and a value of it that may be. */
function from<T>(reading: Reading<T>, pick: (value: T) => Current): Current {
  return reading.ok ? pick(reading.value) : lack(reading.reason);
}

const unset = 'the driver does not tell it';

function ethtoolNow({ set, name }: Pick<EthtoolChange, 'set' | 'name'>, nic: Nic): Current {
  switch (set) {
    case 'ring':
      return from(nic.ring, ({ current }) => {
        const sizes = new Map([
          ['rx', current.rx],
          ['rx-mini', current.rxMini],
          ['rx-jumbo', current.rxJumbo],
          ['tx', current.tx],
        ]);
        return toldIf(sizes.get(name), unset);
      });
    case 'channels':
      return from(nic.channels, ({ current }) => toldIf(new Map(Object.entries(current)).get(name), unset));
    case 'coalesce':
      return from(nic.coalesce, ({ adaptiveRx, adaptiveTx, values, zeroMayBeAbsent }) => {
        const adaptive = new Map([
          ['adaptive-rx', adaptiveRx],
          ['adaptive-tx', adaptiveTx],
        ]).get(name);
        if (adaptive !== undefined) return adaptive === null ? lack(unset) : told(onOff(adaptive));
        const value = values.get(name);
        if (value === 0 && zeroMayBeAbsent) return lack('0, which this ethtool prints for what a driver has not too');
        return toldIf(value, unset);
      });
    case 'features':
      return from(nic.features, (features) => {
        const long = featureNames.get(name) ?? name;
        const feature = features.find((one) => one.name === long);
        return feature === undefined ? lack('ethtool -k does not list it') : told(onOff(feature.active));
      });
    case 'pause':
      return from(nic.pause, ({ autonegotiate, rx, tx }) => {
        const value = new Map([
          ['autoneg', autonegotiate],
          ['rx', rx],
          ['tx', tx],
        ]).get(name);
        return value === null || value === undefined ? lack(unset) : told(onOff(value));
      });
    case 'rxfh':
      return from(nic.rss, ({ table }) => {
        const spread = spreadOf(table ?? []);
        if (spread === null) return lack('the table is neither even nor made of weights');
        if (name === 'weight') return told(spread.weights.join(' '));
        return spread.equal === null ? lack('the table is not an even one') : told(spread.equal);
      });
    case 'rx-flow-hash':
      return from(nic.flowHash, (types) => toldIf(types.get(name)?.fields, 'the driver does not tell it'));
  }
}

function deviceNow(attribute: string, nic: Nic): Current {
  const values = new Map<string, number | null>([
    ['tx_queue_len', nic.txQueueLen],
    ['mtu', nic.mtu],
    ['napi_defer_hard_irqs', nic.napiDeferHardIrqs],
    ['gro_flush_timeout', nic.groFlushTimeout],
    ['threaded', nic.threaded === null ? null : Number(nic.threaded)],
  ]);
  return toldIf(values.get(attribute), `/sys/class/net/${printable(nic.name, 40)}/${attribute} was not read`);
}

/** Of all queues together only what they have in common can be put back. */
function queueNow({ attribute, queue }: Pick<QueueChange, 'attribute' | 'queue'>, nic: Nic): Current {
  const direction = attribute.startsWith('rps') ? 'rx' : 'tx';
  const queues = nic.queues.filter(
    (one) => one.direction === direction && (queue === undefined || one.index === queue),
  );
  if (queues.length === 0) return lack('the capture lists no such queue');
  const values = queues.map((one) => {
    if (attribute === 'rps_flow_cnt') return one.flowCount === null ? null : String(one.flowCount);
    const members = attribute === 'xps_rxqs' ? one.rxQueues : one.cpus;
    return members === null ? null : formatCpuMask(members);
  });
  const [first = null] = values;
  if (values.includes(null)) return lack(`${attribute} cannot be read`);
  return new Set(values).size > 1 ? lack(`its queues differ in ${attribute}`) : toldIf(first, unset);
}

function qdiscNow(nic: Nic, { samples }: Snapshot): Current {
  const qdiscs = samples.at(-1)?.qdiscs;
  if (qdiscs === undefined) return lack('the capture has no sample');
  return from(qdiscs, (all) =>
    toldIf(all.find(({ dev, parent }) => dev === nic.name && parent === 'root')?.kind, 'tc lists no root qdisc of it'),
  );
}

function filterNow(location: number, nic: Nic): Current {
  return from(nic.flowRules, ({ total, rules }) => {
    const rule = rules.find((one) => one.location === location);
    if (rule === undefined) return total === null ? lack('the driver keeps no receive rules') : told('none');
    return toldIf(filterText(rule), 'it matches what we do not write');
  });
}

function affinityNow(action: string, nic: Nic): Current {
  const vector = nic.irqs.find((one) => one.action === action);
  if (vector === undefined) return lack('the capture has no such interrupt of it');
  const cpus = vector.requested ?? vector.cpus;
  return cpus === null ? lack('/proc/irq was not readable') : told(formatCpuList(cpus));
}
