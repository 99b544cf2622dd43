import { keyedStats } from '../kernel/ethtool/stats.ts';
import type { InterruptTable } from '../kernel/interrupts.ts';
import { type NetDevRow, netDevColumns } from '../kernel/netDev.ts';
import type { CpuTimes } from '../kernel/procStat.ts';
import type { SoftirqTable } from '../kernel/softirqs.ts';
import type { SoftnetRow } from '../kernel/softnet.ts';
import type { Listener } from '../kernel/ss.ts';
import { deltaOf, deltasOf, increase } from './delta.ts';
import { netStatRates, partOfSource, pressureShares } from './protocolRates.ts';
import { qdiscRates } from './qdiscRates.ts';
import type { CpuShares, Delta, InterruptRates, Rates, RatesResult, SoftnetRates } from './rates.ts';
import type { Reading } from './reading.ts';
import type { Sample, Snapshot } from './snapshot.ts';
import { udpDropsOf } from './udpDrops.ts';

type Counters = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Which counters are not samples of a flow: they say how it stands, so a difference of theirs is no rate. */
export const gauges: ReadonlySet<string> = new Set([
  'CurrEstab',
  'MPCurrEstab',
  'MaxConn',
  'RtoMin',
  'RtoMax',
  'RtoAlgorithm',
  'Forwarding',
  'DefaultTTL',
]);

/**
 * The change between the two samples of a snapshot. There is none across a reboot, between two network namespaces, or
 * when the host's clock did not move. CPUs, interrupts and NICs are matched by identity; one that was in only one of the
 * samples, or whose counter went backwards, has no rate and is named in `notes`.
 */
export function ratesOf(snapshot: Snapshot): RatesResult {
  const [a, b] = snapshot.samples;
  if (a === undefined || b === undefined)
    return { ok: false, reason: 'the capture holds one sample only: counters since boot, no rates' };
  if (a.uptime === null || b.uptime === null)
    return { ok: false, reason: 'the host does not say its uptime (/proc/uptime)' };
  if (a.bootId !== b.bootId || b.uptime < a.uptime)
    return { ok: false, reason: 'the host was restarted between the two samples' };
  if (a.netns !== b.netns) return { ok: false, reason: 'the two samples are of different network namespaces' };
  const seconds = b.uptime - a.uptime;
  if (seconds <= 0) return { ok: false, reason: 'no time passed between the two samples on the host’s clock' };
  return { ok: true, value: compare(a, b, seconds) };
}

function compare(a: Sample, b: Sample, seconds: number): Rates {
  const notes: string[] = [];
  const reset = (what: string) => (key: string | number) => {
    notes.push(`${what} ${key} went backwards: reset between the samples, no rate`);
  };
  // Outside tools are run after the counters were read, and on a busy host seconds later: each part has its own clock.
  const over = (part: string): number => {
    const [from, to] = [a.readAt.get(part), b.readAt.get(part)];
    return from === undefined || to === undefined || to <= from ? seconds : to - from;
  };
  // unsigned long in the kernel: 32 bits on a 32-bit one, and there is no other way in which these go back within a boot.
  const protocols = (before: Reading<Counters>, after: Reading<Counters>) =>
    both(before, after, (x, y) =>
      groupDeltas('protocol', x, y, () => over(partOfSource(after.source)), notes, reset, 32),
    ) ?? new Map<string, Map<string, Delta>>();
  const groups = (what: string, part: string, before: Reading<Counters>, after: Reading<Counters>) =>
    both(before, after, (x, y) => groupDeltas(what, x, y, () => over(part), notes, reset)) ??
    new Map<string, Map<string, Delta>>();

  return {
    seconds,
    softnet: both(a.softnet, b.softnet, (x, y) => softnetRates(x, y, seconds, notes)) ?? new Map(),
    interrupts: both(a.interrupts, b.interrupts, (x, y) => interruptRates(x, y, notes)) ?? {
      cpus: [],
      rows: new Map(),
    },
    softirqs: both(a.softirqs, b.softirqs, (x, y) => softirqRates(x, y, seconds)) ?? new Map(),
    cpuTimes: both(a.cpuTimes, b.cpuTimes, cpuShares) ?? new Map(),
    netDev:
      both(a.netDev, b.netDev, (x, y) => groupDeltas('NIC', netDevMap(x), netDevMap(y), () => seconds, notes, reset)) ??
      new Map(),
    nicStatistics: groups('NIC', statisticsPart(b), a.nicStatistics, b.nicStatistics),
    ethtoolStats: groupDeltas('NIC', statsMap(a), statsMap(b), (nic) => over(`ethtool-S ${nic}`), notes, reset),
    qdiscs:
      both(a.qdiscs, b.qdiscs, (x, y) =>
        qdiscRates(x, y, over(b.readAt.has('qdisc-text') ? 'qdisc-text' : 'qdisc'), notes),
      ) ?? new Map(),
    protocols: new Map([
      ...protocols(a.snmp, b.snmp),
      ...protocols(a.netstat, b.netstat),
      ...protocols(a.snmp6, b.snmp6),
    ]),
    netStat: netStatRates(a.netStat, b.netStat, over, reset),
    xfrm: both(a.xfrm, b.xfrm, (x, y) => deltasOf(x, y, seconds, 32, reset('xfrm'))) ?? new Map(),
    pressure: pressureShares(a.pressure, b.pressure, seconds),
    listenerDrops:
      both(a.listeners, b.listeners, (x, y) =>
        deltasOf(dropsOf(x), dropsOf(y), over('listeners'), 32, reset('drops of listener')),
      ) ?? new Map(),
    udpDrops:
      both(a.udpSockets, b.udpSockets, (x, y) =>
        deltasOf(...udpDropsOf(x, y), over('udp'), 32, reset('drops of UDP socket')),
      ) ?? new Map(),
    notes: fewNotes([...new Set(notes)]),
  };
}

/** Which part of the capture the statistics of NICs are from. */
function statisticsPart({ nicStatistics, readAt }: Sample): string {
  if (!nicStatistics.ok || !nicStatistics.source.startsWith('ip ')) return 'nic-statistics';
  return readAt.has('ip-link-text') ? 'ip-link-text' : 'ip-link';
}

/** A NIC that comes and goes is worth a line; ten thousand containers are not worth ten thousand. */
const mostNotes = 50;

function fewNotes(notes: readonly string[]): string[] {
  const more = notes.length - mostNotes;
  return more <= 0 ? [...notes] : [...notes.slice(0, mostNotes), `and ${more} more`];
}

function both<A, R>(before: Reading<A>, after: Reading<A>, turn: (before: A, after: A) => R): R | null {
  return before.ok && after.ok ? turn(before.value, after.value) : null;
}

function softnetRates(
  before: readonly SoftnetRow[],
  after: readonly SoftnetRow[],
  seconds: number,
  notes: string[],
): Map<number, SoftnetRates> {
  const earlier = new Map(before.flatMap((row) => (row.cpu === null ? [] : [[row.cpu, row] as const])));
  const rates = new Map<number, SoftnetRates>();
  for (const row of after) {
    if (row.cpu === null) continue;
    const old = earlier.get(row.cpu);
    if (old === undefined) {
      notes.push(`CPU ${row.cpu} came online between the samples: no rate`);
      continue;
    }
    earlier.delete(row.cpu);
    const change = (x: number | null, y: number | null): Delta | null => {
      const delta = x === null || y === null ? null : deltaOf(x, y, seconds, 32);
      if (delta === null && x !== null && y !== null) notes.push(`softnet of CPU ${row.cpu} went backwards: no rate`);
      return delta;
    };
    rates.set(row.cpu, {
      processed: change(old.processed, row.processed),
      dropped: change(old.dropped, row.dropped),
      time_squeeze: change(old.time_squeeze, row.time_squeeze),
      received_rps: change(old.received_rps, row.received_rps),
      flow_limit_count: change(old.flow_limit_count, row.flow_limit_count),
    });
  }
  for (const cpu of earlier.keys()) notes.push(`CPU ${cpu} went offline between the samples: no rate`);
  return rates;
}

function interruptRates(before: InterruptTable, after: InterruptTable, notes: string[]): InterruptRates {
  const earlier = new Map(before.rows.map((row) => [row.irq, row]));
  const columnOf = new Map(before.cpus.map((cpu, column) => [cpu, column]));
  const oldColumns = after.cpus.map((cpu) => columnOf.get(cpu) ?? -1);
  const rows = new Map<string, Float64Array>();
  for (const row of after.rows) {
    const old = earlier.get(row.irq);
    // A freed and reused IRQ number is another interrupt: counts of the two must not be subtracted.
    if (old === undefined || old.description !== row.description) {
      notes.push(`IRQ ${row.irq} appeared between the samples: no rate`);
      continue;
    }
    const deltas = new Float64Array(row.counts.length).fill(Number.NaN);
    for (let column = 0; column < row.counts.length; column++) {
      const oldCount = old.counts[row.total ? 0 : (oldColumns[column] ?? -1)];
      const count = row.counts[column];
      if (oldCount === undefined || count === undefined) continue;
      deltas[column] = increase(oldCount, count, 32);
    }
    rows.set(row.irq, deltas);
  }
  return { cpus: after.cpus, rows };
}

function softirqRates(before: SoftirqTable, after: SoftirqTable, seconds: number): Map<string, Map<number, Delta>> {
  const columnOf = new Map(before.cpus.map((cpu, column) => [cpu, column]));
  const rates = new Map<string, Map<number, Delta>>();
  for (const [name, counts] of after.rows) {
    const old = before.rows.get(name);
    if (old === undefined) continue;
    const cells = new Map<number, Delta>();
    for (const [column, cpu] of after.cpus.entries()) {
      const oldCount = old[columnOf.get(cpu) ?? -1];
      const count = counts[column];
      const delta = oldCount === undefined || count === undefined ? null : deltaOf(oldCount, count, seconds, 32);
      if (delta !== null) cells.set(cpu, delta);
    }
    rates.set(name, cells);
  }
  return rates;
}

/** Share of each kind of time in the interval; a CPU without any tick in it (offline) has none. Guest time is inside user. */
function cpuShares(before: readonly CpuTimes[], after: readonly CpuTimes[]): Map<number, CpuShares> {
  const earlier = new Map(before.map((times) => [times.cpu, times]));
  const shares = new Map<number, CpuShares>();
  for (const times of after) {
    const old = earlier.get(times.cpu);
    if (old === undefined) continue;
    // iowait and, on some kernels, idle may go back by a tick: that is not a reset.
    const change = (key: keyof CpuShares): number => Math.max(0, times[key] - old[key]);
    const ticks = {
      user: change('user'),
      nice: change('nice'),
      system: change('system'),
      idle: change('idle'),
      iowait: change('iowait'),
      irq: change('irq'),
      softirq: change('softirq'),
      steal: change('steal'),
    };
    const all = Object.values(ticks).reduce((sum, value) => sum + value, 0);
    if (all === 0) continue;
    shares.set(times.cpu, {
      user: ticks.user / all,
      nice: ticks.nice / all,
      system: ticks.system / all,
      idle: ticks.idle / all,
      iowait: ticks.iowait / all,
      irq: ticks.irq / all,
      softirq: ticks.softirq / all,
      steal: ticks.steal / all,
    });
  }
  return shares;
}

function groupDeltas(
  what: string,
  before: Counters,
  after: Counters,
  secondsOf: (group: string) => number,
  notes: string[],
  reset: (what: string) => (key: string) => void,
  bits: 32 | 64 = 64,
): Map<string, Map<string, Delta>> {
  const groups = new Map<string, Map<string, Delta>>();
  for (const [name, counters] of after) {
    const old = before.get(name);
    if (old === undefined) {
      notes.push(`${what} ${name} appeared between the samples: no rate`);
      continue;
    }
    const counted = new Map([...counters].filter(([counter]) => !gauges.has(counter)));
    groups.set(name, deltasOf(old, counted, secondsOf(name), bits, reset(`${name}:`)));
  }
  return groups;
}

function netDevMap(rows: readonly NetDevRow[]): Counters {
  return new Map(rows.map((row) => [row.name, new Map(netDevColumns.map((column) => [column, row.counters[column]]))]));
}

function statsMap(sample: Sample): Counters {
  const nics = new Map<string, Map<string, number>>();
  for (const [nic, stats] of sample.ethtoolStats) {
    if (!stats.ok) continue;
    nics.set(nic, new Map(keyedStats(stats.value).map(({ key, value }) => [key, value])));
  }
  return nics;
}

/** The key under which a listener's drops stand in `Rates.listenerDrops`. */
export function listenerKey(listener: Pick<Listener, 'address' | 'port'>): string {
  return `${listener.address}:${listener.port}`;
}

function dropsOf(listeners: readonly Listener[]): Map<string, number> {
  const drops = new Map<string, number>();
  for (const listener of listeners) {
    const own = listener.skmem?.get('d');
    // Several sockets may listen on one port (SO_REUSEPORT): their drops add up.
    if (own !== undefined) drops.set(listenerKey(listener), (drops.get(listenerKey(listener)) ?? 0) + own);
  }
  return drops;
}
