import type { PathFigureView, PathRole } from '../../../webview/pathViews.ts';
import { meaningOf, scopeOf } from '../../knowledge/counters.ts';
import type { Measure } from '../../knowledge/pathMeasures.ts';
import type { Reading } from '../../model/reading.ts';
import { blank, type FoundFigure, reasonOf, total } from './pathFigure.ts';
import { isGauge, readGauge } from './pathGauges.ts';
import { readDriver, readNicStatistic, readQdisc, readRing } from './pathNicFigures.ts';
import type { PathSources } from './pathSources.ts';

/** What one measure of a step says on this host; `reason` where it should and cannot. */
export function readFigure(measure: Measure, role: PathRole, sources: PathSources): PathFigureView | string {
  const found = isGauge(measure) ? readGauge(measure, sources) : readCounter(measure, sources);
  return typeof found === 'string' ? found : { role, explain: `measure:${measure}`, ...found };
}

function readCounter(measure: Measure, sources: PathSources): FoundFigure {
  const [where = '', ...rest] = measure.split(' ');
  const name = rest.join(' ');
  switch (where) {
    case 'nic':
      return readNicStatistic(name, sources);
    case 'ring':
      return readRing(name === 'lost', sources);
    case 'driver':
      return readDriver(name, sources);
    case 'qdisc':
      return readQdisc(name, sources);
    case 'softnet':
      return readSoftnet(name, sources);
    case 'softirq':
      return readSoftirq(name, sources);
    default:
      return readProtocol(name, sources);
  }
}

function readSoftnet(name: string, { sample, rates, noRate }: PathSources): FoundFigure {
  const meaning = meaningOf('softnet', name);
  const head = {
    ...blank,
    name: `softnet ${name}`,
    source: '/proc/net/softnet_stat',
    unit: meaning?.unit ?? '',
    meaning: meaning?.meaning ?? '',
    where: meaning?.where ?? '',
    scope: 'machine' as const,
    tab: 'softnet' as const,
  };
  if (sample?.softnet.ok !== true) return { ...head, reason: reasonOf(sample?.softnet) };
  const column = name as 'processed' | 'dropped' | 'backlog_len';
  const cells = sample.softnet.value.flatMap((row) => row[column] ?? []);
  if (cells.length === 0) return { ...head, reason: 'this kernel does not print it' };
  const value = total(cells);
  if (column === 'backlog_len') return { ...head, value, text: `${value} waiting on all CPUs` };
  const deltas = [...(rates?.softnet.values() ?? [])].flatMap((cpu) => cpu[column] ?? []);
  if (deltas.length === 0) return { ...head, value, reason: noRate };
  return {
    ...head,
    value,
    delta: total(deltas.map(({ delta }) => delta)),
    perSecond: total(deltas.map((one) => one.perSecond)),
  };
}

function readSoftirq(name: string, { sample, rates, noRate }: PathSources): FoundFigure {
  const head = {
    ...blank,
    name: `softirq ${name}`,
    source: '/proc/softirqs',
    unit: 'runs',
    meaning: `How often ${name} ran, all CPUs together.`,
    where: 'handle_softirqs',
    scope: 'machine' as const,
    tab: 'softnet' as const,
  };
  if (sample?.softirqs.ok !== true) return { ...head, reason: reasonOf(sample?.softirqs) };
  const counts = sample.softirqs.value.rows.get(name);
  if (counts === undefined) return { ...head, reason: 'this kernel has no such softirq' };
  const value = total([...counts].filter((count) => !Number.isNaN(count)));
  const deltas = [...(rates?.softirqs.get(name)?.values() ?? [])];
  if (deltas.length === 0) return { ...head, value, reason: noRate };
  return {
    ...head,
    value,
    delta: total(deltas.map(({ delta }) => delta)),
    perSecond: total(deltas.map((one) => one.perSecond)),
  };
}

/** A line of the Counters tab, by the name it has there. */
function readProtocol(name: string, sources: PathSources): FoundFigure {
  const [section = '', ...rest] = name.split(' ');
  const meaning = meaningOf(section, rest.join(' '));
  const row = sources.counters.get(name);
  const head = {
    ...blank,
    name,
    source: fileOf(section),
    unit: meaning?.unit ?? '',
    meaning: meaning?.meaning ?? '',
    where: meaning?.where ?? '',
    scope: scopeOf(section, rest.join(' ')),
    tab: 'counters' as const,
  };
  if (row === undefined) return absentCounter(name, section, head, sources);
  const share = row.share === null ? null : `${(row.share * 100).toFixed(1)} % of the time`;
  const { value, delta, perSecond, noRate } = row;
  return { ...head, value, delta, perSecond, text: share, reason: noRate, focus: `counter:${name}` };
}

function absentCounter(
  name: string,
  section: string,
  head: Exclude<FoundFigure, string>,
  { uncounted, sample }: PathSources,
): FoundFigure {
  const known = uncounted.find((row) => row.name === name);
  if (known !== undefined) {
    const since = known.versions === '' ? '' : `: ${known.versions} do`;
    return { ...head, reason: `this kernel does not count it${since}` };
  }
  const reading = sample === undefined ? undefined : readingOf(section, sample);
  // Without IPv6 there is nothing of it to lose.
  if (section.endsWith('6') && reading?.ok === false && reading.kind === 'no-file') return 'this host has no IPv6';
  return {
    ...head,
    reason: reading?.ok === true ? 'the host does not print it' : `${reasonOf(reading)} (${head.source})`,
  };
}

function readingOf(section: string, sample: NonNullable<PathSources['sample']>): Reading<unknown> | undefined {
  switch (section) {
    case 'Tcp':
    case 'Udp':
    case 'Ip':
      return sample.snmp;
    case 'TcpExt':
    case 'IpExt':
      return sample.netstat;
    case 'Ip6':
    case 'Udp6':
      return sample.snmp6;
    case 'nf_conntrack':
    case 'arp_cache':
    case 'ndisc_cache':
      return sample.netStat.get(section);
    default:
      return sample.pressure.get('cpu');
  }
}

const files: ReadonlyMap<string, string> = new Map([
  ['Tcp', '/proc/net/snmp'],
  ['Udp', '/proc/net/snmp'],
  ['Ip', '/proc/net/snmp'],
  ['TcpExt', '/proc/net/netstat'],
  ['IpExt', '/proc/net/netstat'],
  ['Ip6', '/proc/net/snmp6'],
  ['Udp6', '/proc/net/snmp6'],
  ['pressure', '/proc/pressure'],
]);

function fileOf(section: string): string {
  return files.get(section) ?? `/proc/net/stat/${section}`;
}
