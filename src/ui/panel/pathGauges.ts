import type { SockstatView } from '../../../webview/protocol.ts';
import type { Measure } from '../../knowledge/pathMeasures.ts';
import type { CpuShares } from '../../model/rates.ts';
import { blank, type FoundFigure, reasonOf, total } from './pathFigure.ts';
import type { PathSources } from './pathSources.ts';

const tables: ReadonlySet<string> = new Set(['conntrack count', 'arp_cache entries', 'ndisc_cache entries']);

/** Whether a measure is no counter of its own: how something stands, or what is made of several counters. */
export function isGauge(measure: Measure): boolean {
  if (/^(?:irq|cpu|queue|listener|udp) /.test(measure)) return true;
  return measure.startsWith('counter sockstat ') || tables.has(measure.slice('counter '.length));
}

export function readGauge(measure: Measure, sources: PathSources): FoundFigure {
  const [where = '', ...rest] = measure.split(' ');
  const name = rest.join(' ');
  switch (where) {
    case 'irq':
      return name === 'rx-packets-each'
        ? packetsPerInterrupt(sources)
        : interrupts(name === 'rx' ? 'rx' : 'tx', sources);
    case 'cpu':
      return busiestCpu(name as 'softirq' | 'irq' | 'steal', sources);
    case 'queue':
      return queueFigure(name, sources);
    case 'listener':
      return fullestListener(sources);
    case 'udp':
      return udpDrops(sources);
    default:
      return tableGauge(name.replace(/^sockstat /, ''), sources);
  }
}

function interrupts(direction: 'rx' | 'tx', { nic, sample, vector, noRate }: PathSources): FoundFigure {
  const head = {
    ...blank,
    name: `interrupts of ${direction.toUpperCase()} queues`,
    source: '/proc/interrupts',
    unit: 'interrupts',
    meaning: 'Interrupts of the vectors that serve these queues, all CPUs together.',
    where: '__handle_irq_event_percpu',
    scope: 'interface' as const,
    tab: 'interrupts' as const,
  };
  if (sample?.interrupts.ok !== true) return { ...head, reason: reasonOf(sample?.interrupts) };
  const own = nic?.irqs.filter(({ role }) => role === direction || role === 'rxtx') ?? [];
  const used = own.length > 0 ? own : (nic?.irqs ?? []);
  if (used.length === 0) return { ...head, reason: 'no interrupt is known to be of this interface' };
  const counts = used.map(({ irq }) => vector(irq));
  const value = total(counts.flatMap(({ count }) => count ?? []));
  const moving = counts.flatMap(({ perSecond }) => perSecond ?? []);
  return moving.length === 0 ? { ...head, value, reason: noRate } : { ...head, value, perSecond: total(moving) };
}

function packetsPerInterrupt(sources: PathSources): FoundFigure {
  const irq = interrupts('rx', sources);
  const head = {
    ...blank,
    name: 'packets an interrupt',
    source: '/proc/interrupts',
    unit: 'packets an interrupt',
    meaning:
      'Received packets over interrupts of the receive queues: near 1 each packet has its own, many means moderation.',
    scope: 'interface' as const,
    tab: 'interrupts' as const,
  };
  if (typeof irq === 'string') return irq;
  const packets = sources.statistics.ok
    ? (sources.statistics.value.rows.find(({ name }) => name === 'rx_packets')?.perSecond ?? null)
    : null;
  if (irq.perSecond === null || packets === null) return { ...head, reason: irq.reason ?? sources.noRate };
  if (irq.perSecond === 0) return { ...head, reason: 'no interrupt came between the samples' };
  const value = packets / irq.perSecond;
  return { ...head, value, text: `${value.toFixed(1)} packets an interrupt` };
}

function busiestCpu(kind: 'softirq' | 'irq' | 'steal', { rates, noRate }: PathSources): FoundFigure {
  const words = { softirq: 'softirqs', irq: 'hard interrupts', steal: 'other guests of the hypervisor' };
  const head = {
    ...blank,
    name: `CPU time, ${kind}`,
    source: '/proc/stat',
    unit: 'share',
    meaning: `Time that ${words[kind]} took from the CPU where they took most.`,
    scope: 'machine' as const,
    tab: 'softnet' as const,
  };
  const cpus = [...(rates?.cpuTimes ?? [])].filter(([cpu]) => cpu >= 0);
  const [first, ...others] = cpus;
  if (first === undefined) return { ...head, reason: noRate };
  const share = ([, shares]: readonly [number, CpuShares]): number => shares[kind];
  const most = others.reduce((best, each) => (share(each) > share(best) ? each : best), first);
  return { ...head, value: share(most), text: `${(share(most) * 100).toFixed(1)} % of CPU ${most[0]}, the busiest` };
}

function queueFigure(name: string, { nic, statistics, noRate }: PathSources): FoundFigure {
  const head = {
    ...blank,
    name: name === 'inflight' ? 'BQL in flight' : name,
    source: `/sys/class/net/${nic?.name ?? '*'}/queues/tx-*`,
    unit: name === 'inflight' ? 'bytes' : 'times',
    meaning: queueMeanings.get(name) ?? '',
    where: name === 'tx_timeout' ? 'dev_watchdog' : 'dql_completed',
    scope: 'interface' as const,
    tab: 'nics' as const,
    focus: nic === undefined ? null : `nic:${nic.name}`,
  };
  const limits = nic?.queues.flatMap((queue) => queue.limits ?? []) ?? [];
  if (name === 'inflight') {
    const waiting = limits.flatMap(({ inflight }) => inflight ?? []);
    if (waiting.length === 0) return 'the driver has no byte queue limits';
    const value = total(waiting);
    return { ...head, value, text: `${value} bytes, of ${total(limits.map(({ limit }) => limit))} allowed now` };
  }
  if (name === 'stall_cnt') {
    const stalls = limits.flatMap(({ stallCount }) => stallCount ?? []);
    if (stalls.length === 0) return 'this kernel or driver does not look for stalls (6.9 and later may)';
    return { ...head, value: total(stalls), text: `${total(stalls)} since the queues were made` };
  }
  if (!statistics.ok) return { ...head, reason: statistics.reason };
  const rows = statistics.value.rows.filter((row) => row.name.endsWith(`/${name}`));
  if (rows.length === 0) return { ...head, reason: 'sysfs shows none of its transmit queues' };
  const rates = rows.flatMap(({ perSecond }) => perSecond ?? []);
  const value = total(rows.map((row) => row.value));
  if (rates.length === 0) return { ...head, value, reason: noRate };
  return { ...head, value, delta: total(rows.flatMap(({ delta }) => delta ?? [])), perSecond: total(rates) };
}

const queueMeanings: ReadonlyMap<string, string> = new Map([
  ['tx_timeout', 'The watchdog found the queue stuck for seconds; the driver resets it, and what waited is lost.'],
  ['stall_cnt', 'Completions that took longer than stall_thrs.'],
  ['inflight', 'Bytes handed to the NIC and not yet reported as sent.'],
]);

function fullestListener({ sample }: PathSources): FoundFigure {
  const head = {
    ...blank,
    name: 'fullest accept queue',
    source: sample?.listeners.source ?? 'ss -ltnm',
    unit: 'connections',
    meaning: 'The listener with least room left for connections that wait to be accepted.',
    where: 'sk_acceptq_is_full',
    scope: 'namespace' as const,
    tab: 'tcp' as const,
  };
  if (sample?.listeners.ok !== true) return { ...head, reason: reasonOf(sample?.listeners) };
  const fullness = ({ recvQ, sendQ }: { recvQ: number; sendQ: number | null }): number =>
    sendQ === null ? 0 : recvQ / (sendQ + 1);
  const [fullest] = sample.listeners.value.toSorted((a, b) => fullness(b) - fullness(a) || b.recvQ - a.recvQ);
  if (fullest === undefined) return 'nobody listens here';
  const { address, port, recvQ, sendQ } = fullest;
  const room = sendQ === null ? 'its limit was not read' : `room for ${sendQ}+1`;
  return { ...head, value: recvQ, text: `${address}:${port}: ${recvQ} waiting, ${room}` };
}

function udpDrops({ sample, rates, noRate }: PathSources): FoundFigure {
  const head = {
    ...blank,
    name: 'drops of UDP sockets',
    source: '/proc/net/udp',
    unit: 'datagrams',
    meaning: 'The sockets’ own counts, those that dropped something: who loses what RcvbufErrors counts.',
    where: 'sock_queue_rcv_skb',
    scope: 'namespace' as const,
    tab: 'tcp' as const,
  };
  if (sample?.udpSockets.ok !== true) return { ...head, reason: reasonOf(sample?.udpSockets) };
  if (rates === null) return { ...head, reason: noRate };
  const deltas = [...rates.udpDrops.values()];
  return {
    ...head,
    delta: total(deltas.map(({ delta }) => delta)),
    perSecond: total(deltas.map((one) => one.perSecond)),
  };
}

/** Memory, sockets and tables against their limit. */
function tableGauge(name: string, { gauges, sample }: PathSources): FoundFigure {
  const gauge = gauges.get(name);
  const head = { ...blank, name, source: sourceOf(name), tab: 'counters' as const };
  if (gauge === undefined) {
    const missing = name === 'conntrack count' ? reasonOf(sample?.conntrackCount) : reasonOf(sample?.sockstat);
    return { ...head, scope: 'namespace', reason: missing };
  }
  const { value, unit, meaning, scope } = gauge;
  return { ...head, scope, value, unit, meaning, text: standing(gauge) };
}

function sourceOf(name: string): string {
  if (name === 'conntrack count') return '/proc/sys/net/netfilter/nf_conntrack_count';
  return name.endsWith('entries') ? `/proc/net/stat/${name.split(' ')[0] ?? ''}` : '/proc/net/sockstat';
}

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

function standing({ value, unit, limit, noLimit }: SockstatView): string {
  const sized = (amount: number): string =>
    unit === 'bytes' ? `${number.format(amount / 1024 / 1024)} MiB` : `${number.format(amount)} ${unit}`;
  if (limit !== null) return `${sized(value)}, limit ${sized(limit.value)} (${limit.key})`;
  return noLimit === null ? sized(value) : `${sized(value)}, limit not known: ${noLimit}`;
}
