import type { PathKnobView } from '../../../webview/pathViews.ts';
import { formatCpuList } from '../../kernel/cpuList.ts';
import { type NicKnobId, nicKnobs } from '../../knowledge/nicKnobs.ts';
import type { Knob } from '../../knowledge/pathMeasures.ts';
import { kernelVersion } from '../../knowledge/sysctl/kernelVersion.ts';
import { defaultIn, sysctlFacts } from '../../knowledge/sysctlKeys.ts';
import type { Reading } from '../../model/reading.ts';
import type { Nic, NicQueue, Snapshot } from '../../model/snapshot.ts';
import { nicBoot, sysctlBoot } from './pathBoot.ts';

/** One knob with its value, default and what sets it at boot; null where this interface or driver has no such knob. */
export function readKnob(knob: Knob, snapshot: Snapshot, nic: Nic | undefined): PathKnobView | null {
  return knob.startsWith('sysctl ')
    ? sysctlKnob(knob.slice('sysctl '.length), snapshot)
    : nicKnob(knob as NicKnobId, snapshot, nic);
}

/** Units that say what form a value has, not how much it is. */
const wordless = /^$|bitmap|name|list|hex|multiplier|ports/;

function sysctlKnob(key: string, snapshot: Snapshot): PathKnobView {
  const facts = sysctlFacts(key);
  const usual = facts === undefined ? null : defaultIn(facts, kernelVersion(snapshot.host.kernel ?? ''));
  const value = snapshot.sysctl.ok ? (snapshot.sysctl.value.get(key) ?? null) : null;
  const scoped = snapshot.host.initialNetns === false && facts?.scope !== 'netns';
  const since = facts === undefined || facts.since === '' ? '' : ` (since Linux ${facts.since})`;
  const absent = scoped ? 'not shown inside a network namespace' : `this kernel does not have it${since}`;
  const unit = facts === undefined || wordless.test(facts.unit) ? '' : ` ${facts.unit}`;
  return {
    explain: `sysctl:${key}`,
    at: { tab: 'settings', focus: `sysctl:${key}` },
    name: key,
    value: value === null ? null : `${value}${unit}`,
    reason: value !== null ? null : snapshot.sysctl.ok ? absent : snapshot.sysctl.reason,
    default: facts?.defaultText ?? '',
    isDefault: value === null || usual === null ? null : words(value) === words(usual),
    ...sysctlBoot(key, snapshot.bootConfig),
    governs: facts?.governs ?? '',
  };
}

/** Triples are printed with tabs. */
function words(value: string): string {
  return value.trim().split(/\s+/).join(' ');
}

function nicKnob(id: NicKnobId, snapshot: Snapshot, nic: Nic | undefined): PathKnobView | null {
  if (nic === undefined) return null;
  const found = settingOf(id, nic, snapshot);
  if (found === null) return null;
  const { label, defaultText, governs } = nicKnobs[id];
  return {
    explain: `knob:${id}`,
    at: placeOf(id, nic),
    name: label,
    value: typeof found === 'string' ? found : null,
    reason: typeof found === 'string' ? null : found.reason,
    default: defaultText,
    isDefault: null,
    boot: id === 'irqbalance' ? balancerFiles(snapshot) : nicBoot(nicKnobs[id], nic.name, snapshot.bootConfig),
    differs: false,
    governs,
  };
}

/** Where the NICs tab has it; what it has no row for (XDP, irqbalance) leads to the interface. */
function placeOf(id: NicKnobId, { name, queues }: Nic): PathKnobView['at'] {
  const [part = '', what = ''] = id.split(' ');
  const { [part]: heading } = headings;
  const [queue] = queues.filter(({ direction }) => direction === (what === 'xps_cpus' || id === 'bql' ? 'tx' : 'rx'));
  if (heading !== undefined)
    return { tab: 'nics', focus: `setting:${name}:${heading.group}:${heading.names[what] ?? what}` };
  if ((part === 'queue' || id === 'bql') && queue !== undefined)
    return { tab: 'nics', focus: `queue:${name}:${queue.direction}-${queue.index}` };
  return { tab: 'nics', focus: `nic:${name}` };
}

/** As `nicSettingsView` calls them. */
const headings: Readonly<Record<string, { readonly group: string; readonly names: Readonly<Record<string, string>> }>> =
  {
    ring: { group: 'Rings (ethtool -g)', names: { rx: 'RX', tx: 'TX' } },
    channels: { group: 'Queues (ethtool -l)', names: { combined: 'Combined', rx: 'RX', tx: 'TX' } },
    coalesce: { group: 'Interrupt coalescing (ethtool -c)', names: {} },
    feature: { group: 'Offloads (ethtool -k)', names: {} },
    pause: { group: 'Pause frames (ethtool -a)', names: { rx: 'RX', tx: 'TX' } },
  };

/** The value in words, why it is not known, or null where there is no such knob. */
type Found = string | { readonly reason: string } | null;

function settingOf(id: NicKnobId, nic: Nic, snapshot: Snapshot): Found {
  const [part = '', name = ''] = id.split(' ');
  switch (part) {
    case 'ring':
      return upTo(nic.ring, (ring) =>
        name === 'rx' ? [ring.current.rx, ring.maximum.rx] : [ring.current.tx, ring.maximum.tx],
      );
    case 'channels':
      return upTo(nic.channels, ({ current, maximum }) => {
        const of = name as 'combined' | 'rx' | 'tx';
        return [current[of], maximum[of]];
      });
    case 'coalesce':
      return told(nic.coalesce, (coalesce) => {
        if (name === 'adaptive-rx') return onOff(coalesce.adaptiveRx);
        if (name === 'adaptive-tx') return onOff(coalesce.adaptiveTx);
        const value = coalesce.values.get(name) ?? null;
        if (value === 0 && coalesce.zeroMayBeAbsent)
          return '0, or the driver has none (this ethtool prints 0 for both)';
        return value === null ? null : String(value);
      });
    case 'feature':
      return told(nic.features, (features) => {
        const feature = features.find((each) => each.name === name);
        return feature === undefined
          ? null
          : `${feature.active ? 'on' : 'off'}${feature.fixed ? ', fixed by the driver' : ''}`;
      });
    case 'pause':
      return told(nic.pause, (pause) => onOff(name === 'rx' ? pause.rx : pause.tx));
    case 'queue':
      return queueValue(name, nic.queues);
    default:
      return deviceValue(id, nic, snapshot);
  }
}

function deviceValue(id: NicKnobId, nic: Nic, snapshot: Snapshot): Found {
  switch (id) {
    case 'mtu':
      return numberOr(nic.mtu, 'sysfs does not say');
    case 'txqueuelen':
      return numberOr(nic.txQueueLen, 'sysfs does not say');
    case 'napi_defer_hard_irqs':
      return numberOr(nic.napiDeferHardIrqs, 'this kernel does not have it (since Linux 5.8)');
    case 'gro_flush_timeout':
      return numberOr(nic.groFlushTimeout, 'sysfs does not say');
    case 'threaded':
      return nic.threaded === null
        ? { reason: 'this kernel does not have it (since Linux 5.12)' }
        : nic.threaded
          ? '1'
          : '0';
    case 'xdp':
      return nic.ipLink.ok ? (nic.ipLink.value.xdp ?? 'none') : { reason: nic.ipLink.reason };
    case 'qdisc': {
      const qdiscs = snapshot.samples.at(-1)?.qdiscs;
      const root =
        qdiscs?.ok === true ? qdiscs.value.find(({ dev, parent }) => dev === nic.name && parent === 'root') : undefined;
      if (root !== undefined) return `${root.kind} ${root.options}`.trimEnd();
      return { reason: qdiscs?.ok === false ? qdiscs.reason : 'tc shows no root qdisc of this interface' };
    }
    case 'bql': {
      const limits = nic.queues.flatMap((queue) => queue.limits?.limitMax ?? []);
      return limits.length === 0 ? null : [...new Set(limits)].join(', ');
    }
    case 'irq affinity':
      return affinity(nic);
    case 'irqbalance':
      return balancer(snapshot);
    default:
      return null;
  }
}

function affinity({ irqs }: Nic): Found {
  const cpus = new Set(irqs.flatMap((irq) => irq.cpus ?? []));
  if (irqs.length === 0) return null;
  if (cpus.size === 0) return { reason: '/proc/irq was not readable' };
  const vectors = irqs.length === 1 ? '1 vector' : `${irqs.length} vectors`;
  return `${vectors} on CPUs ${formatCpuList([...cpus].toSorted((a, b) => a - b))}`;
}

function balancer({ bootConfig: { irqbalance } }: Snapshot): Found {
  if (!irqbalance.ok) return { reason: irqbalance.reason };
  const { running, enabled } = irqbalance.value;
  if (running === null && enabled === null) return { reason: 'neither a process nor a unit of it was seen' };
  const now = running === null ? 'whether it runs is not known' : running ? 'running' : 'not running';
  return enabled === null ? now : `${now}, ${enabled ? 'enabled' : 'not enabled'}`;
}

function balancerFiles({ bootConfig: { irqbalance } }: Snapshot): string {
  const [line] = irqbalance.ok ? irqbalance.value.lines : [];
  return line === undefined ? 'its unit' : `its unit and ${line.path}:${line.line}`;
}

function queueValue(name: string, queues: readonly NicQueue[]): Found {
  const own = queues.filter(({ direction }) => (name === 'xps_cpus' ? direction === 'tx' : direction === 'rx'));
  if (own.length === 0) return { reason: 'sysfs shows no such queues' };
  const values = own.map((queue) =>
    name === 'rps_flow_cnt' ? (queue.flowCount === null ? null : String(queue.flowCount)) : cpusText(queue.cpus),
  );
  const known = new Set(values.filter((value) => value !== null));
  if (known.size === 0) {
    return { reason: name === 'xps_cpus' && own.length === 1 ? 'does not apply: one transmit queue' : 'not readable' };
  }
  const [only] = known;
  return known.size === 1
    ? `${only ?? ''}${own.length > 1 ? ` on all ${own.length} queues` : ''}`
    : `differs over ${own.length} queues (NICs tab)`;
}

function cpusText(cpus: readonly number[] | null): string | null {
  if (cpus === null) return null;
  return cpus.length === 0 ? 'off' : `CPUs ${formatCpuList(cpus)}`;
}

function told<T>(reading: Reading<T>, text: (value: T) => string | null): Found {
  return reading.ok ? text(reading.value) : { reason: reading.reason };
}

function upTo<T>(reading: Reading<T>, pick: (value: T) => readonly [number | null, number | null]): Found {
  return told(reading, (value) => {
    const [current, maximum] = pick(value);
    return current === null ? null : `${current}${maximum === null ? '' : ` of at most ${maximum}`}`;
  });
}

function onOff(on: boolean | null): string | null {
  return on === null ? null : on ? 'on' : 'off';
}

function numberOr(value: number | null, reason: string): Found {
  return value === null ? { reason } : String(value);
}
