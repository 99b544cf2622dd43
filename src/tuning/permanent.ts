import { formatCpuList } from '../kernel/cpuList.ts';
import { queuesOf } from '../model/nicCpus.ts';
import type { Nic, Snapshot } from '../model/snapshot.ts';
import { type Change, type EthtoolSet, isNicChange, type NicChange, type QueueChange } from './change.ts';
import { currentOf, type Subject } from './current.ts';
import { subjectOf } from './describe.ts';
import { featureNames } from './featureNames.ts';
import { filterText } from './filterText.ts';
import { spreadOf } from './rssSpread.ts';
import type { NotedChange } from './writeForm.ts';

/** What keeps an interface as it runs now, and what of it cannot be kept. */
export interface Permanent {
  /** Each sets what runs: `current` is `value`. */
  readonly changes: readonly NotedChange[];
  readonly left: readonly { readonly subject: string; readonly reason: string }[];
}

/** Defaults that are the kernel's, not a driver's (net/core/dev.c, net/ethernet/eth.c, Documentation/networking). */
const kernelDefaults = {
  features: new Map([
    ...['rx', 'tx', 'sg', 'tso', 'gso', 'gro', 'rxvlan', 'txvlan', 'rxhash'].map((name) => [name, 'on'] as const),
    ...['lro', 'ntuple', 'rx-all', 'rx-fcs', 'rx-gro-list', 'rx-udp-gro-forwarding', 'tx-nocache-copy'].map(
      (name) => [name, 'off'] as const,
    ),
  ]),
  device: new Map([
    ['tx_queue_len', '1000'],
    ['mtu', '1500'],
    ['napi_defer_hard_irqs', '0'],
    ['gro_flush_timeout', '0'],
    ['threaded', '0'],
  ] as const),
  /** TCP by addresses and ports; of UDP addresses alone is what most drivers begin with, and fragments ask for. */
  flowHash: new Map([
    ['tcp4', 'sdfn'],
    ['tcp6', 'sdfn'],
    ['udp4', 'sd'],
    ['udp6', 'sd'],
  ]),
};

/**
 * The settings of an interface as they run now, as changes that make them so again after a boot: queues, rings, coalescing,
 * offloads, pause, RSS, receive rules, RPS, RFS, XPS, affinity, txqueuelen, MTU and qdisc. What is at the kernel's own default
 * is left out; a driver's defaults are not known, so its rings and queues are all in.
 */
export function permanentOf(nic: Nic, snapshot: Snapshot): Permanent {
  const changes: NotedChange[] = [];
  const left: { subject: string; reason: string }[] = [];
  const keep = (subject: Subject, usual: string | null, note = ''): void => {
    const now = currentOf(subject, snapshot);
    if (!now.ok || now.value === usual) return;
    const change = { ...subject, value: now.value, current: now.value, atLeast: false } as Change;
    const said = usual === null ? note : `the kernel's default is ${usual === '' ? 'none' : usual}`;
    changes.push({
      change,
      notes: [`as it runs: ${subjectOf(change)} ${now.value}${said === '' ? '' : ` (${said})`}`],
    });
  };
  const leave = (subject: string, reason: string): void => {
    left.push({ subject: `${nic.name} ${subject}`, reason });
  };
  const ethtool = (set: EthtoolSet, name: string) => ({ kind: 'ethtool', nic: nic.name, set, name }) as const;

  for (const name of severalQueues(nic)) keep(ethtool('channels', name), null);
  for (const name of ['rx', 'rx-mini', 'rx-jumbo', 'tx']) keep(ethtool('ring', name), null);
  for (const name of coalescingNames(nic)) keep(ethtool('coalesce', name), null);
  for (const name of changeable(nic)) keep(ethtool('features', name), kernelDefaults.features.get(name) ?? null);
  if (nic.pause.ok && nic.pause.value.autonegotiate === false)
    for (const name of ['autoneg', 'rx', 'tx']) keep(ethtool('pause', name), null);
  keepTable(nic, (name) => keep(ethtool('rxfh', name), null), leave);
  for (const [flow, usual] of kernelDefaults.flowHash) keep(ethtool('rx-flow-hash', flow), usual);
  for (const rule of nic.flowRules.ok ? nic.flowRules.value.rules : []) {
    if (filterText(rule) === null) leave(`receive rule ${rule.location}`, 'it matches what we do not write');
    else keep({ kind: 'filter', nic: nic.name, location: rule.location }, 'none');
  }
  for (const [attribute, usual] of kernelDefaults.device) keep({ kind: 'device', nic: nic.name, attribute }, usual);
  for (const attribute of ['rps_cpus', 'rps_flow_cnt', 'xps_cpus', 'xps_rxqs'] as const)
    for (const subject of queueSubjects(nic, attribute, snapshot)) keep(subject, '0');
  keepQdisc(nic, snapshot, (usual) => keep({ kind: 'qdisc', nic: nic.name }, usual), leave);
  keepAffinity(nic, snapshot, (action, usual) => keep({ kind: 'irq', nic: nic.name, action }, usual), leave);
  return { changes, left };
}

/** The part of it that belongs to the interface itself: what rules and .link files are made of. */
export function keptByRules(nic: Nic, snapshot: Snapshot): NicChange[] {
  return permanentOf(nic, snapshot).changes.flatMap(({ change }) => (isNicChange(change) ? [change] : []));
}

/** Kinds of queues whose number can be changed. */
function severalQueues({ channels }: Nic): string[] {
  if (!channels.ok) return [];
  const { maximum } = channels.value;
  return (['combined', 'rx', 'tx'] as const).filter((name) => (maximum[name] ?? 0) > 1);
}

/** Where the driver adapts, the numbers beside are its own of the moment. */
function coalescingNames({ coalesce }: Nic): string[] {
  if (!coalesce.ok) return [];
  const { adaptiveRx, adaptiveTx, values } = coalesce.value;
  const numbers = [...values.keys()].filter(
    (name) => !(adaptiveRx === true && name.startsWith('rx-')) && !(adaptiveTx === true && name.startsWith('tx-')),
  );
  return ['adaptive-rx', 'adaptive-tx', ...numbers];
}

/** Features that the driver lets be switched, by the names that -K takes; of others no default is known, so they stay out. */
function changeable({ features }: Nic): string[] {
  if (!features.ok) return [];
  const fixed = new Map(features.value.map(({ name, fixed }) => [name, fixed]));
  return [...kernelDefaults.features.keys()].filter((name) => fixed.get(featureNames.get(name) ?? name) === false);
}

function keepTable(nic: Nic, keep: (name: 'equal' | 'weight') => void, leave: Leave): void {
  if (!nic.rss.ok || nic.rss.value.table === null) return;
  const { table } = nic.rss.value;
  const spread = spreadOf(table);
  const rings = nic.rss.value.rings ?? queuesOf(nic, 'rx').length;
  if (spread === null) leave('RSS table', 'it is in an order that ethtool cannot make again');
  else if (spread.equal === null) keep('weight');
  else if (spread.equal !== rings) keep('equal');
}

type Leave = (subject: string, reason: string) => void;

/** All queues together where they agree; else each one. */
function queueSubjects(
  nic: Nic,
  attribute: QueueChange['attribute'],
  snapshot: Snapshot,
): Omit<QueueChange, 'value' | 'current' | 'atLeast'>[] {
  const subject = { kind: 'queue', nic: nic.name, attribute } as const;
  if (currentOf(subject, snapshot).ok) return [subject];
  return queuesOf(nic, attribute.startsWith('rps') ? 'rx' : 'tx').map(({ index }) => ({ ...subject, queue: index }));
}

function keepQdisc(nic: Nic, { samples, sysctl }: Snapshot, keep: (usual: string | null) => void, leave: Leave): void {
  const qdiscs = samples.at(-1)?.qdiscs;
  const root =
    qdiscs?.ok === true ? qdiscs.value.find(({ dev, parent }) => dev === nic.name && parent === 'root') : undefined;
  if (root === undefined) return;
  const classful = new Set(['htb', 'hfsc', 'drr', 'ets', 'prio', 'mqprio', 'taprio', 'tbf', 'qfq', 'cbq']);
  // mq and noqueue are what the kernel chooses by the number of queues, and by there being a device below.
  if (root.kind === 'mq' || root.kind === 'noqueue') return;
  if (classful.has(root.kind))
    leave('root qdisc', `${root.kind} has classes or rates of its own, which its kind alone does not make again`);
  else keep((sysctl.ok ? sysctl.value.get('net.core.default_qdisc') : undefined) ?? null);
}

function keepAffinity(
  nic: Nic,
  { cpus, bootConfig }: Snapshot,
  keep: (action: string, usual: string | null) => void,
  leave: Leave,
): void {
  if (nic.irqs.length === 0) return;
  const { irqbalance } = bootConfig;
  if (irqbalance.ok && irqbalance.value.running === true) {
    leave('affinity', 'irqbalance runs: where the interrupts are is its choice of the moment');
    return;
  }
  const everywhere = cpus.online === null ? null : formatCpuList(cpus.online);
  for (const { action } of nic.irqs) keep(action, everywhere);
}
