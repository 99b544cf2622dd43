import { type ConntrackCpu, parseConntrackStats } from '../kernel/conntrack.ts';
import { parseLoadavg } from '../kernel/loadavg.ts';
import { parseNetstatSummary } from '../kernel/netstatSummary.ts';
import { parseNstat, parseSnmp6Sections } from '../kernel/nstat.ts';
import type { Parsed } from '../kernel/parsed.ts';
import { parsePressure } from '../kernel/pressure.ts';
import { type ProcNetStat, parseProcNetStat } from '../kernel/procNetStat.ts';
import { parseProtocols } from '../kernel/protocols.ts';
import { parseSnmp, parseSnmp6, type SnmpSections } from '../kernel/snmp.ts';
import { parseSockstat } from '../kernel/sockstat.ts';
import { mapReading, missing, type Reading } from '../model/reading.ts';
import type { NetStatFile, PressureResource, Sample } from '../model/snapshot.ts';
import type { Sections, TailFiles } from './sections.ts';

type ProtocolCounters = Pick<
  Sample,
  | 'snmp'
  | 'netstat'
  | 'snmp6'
  | 'sockstat'
  | 'sockstat6'
  | 'netStat'
  | 'xfrm'
  | 'conntrackCount'
  | 'socketProtocols'
  | 'pressure'
  | 'loadavg'
>;

const netStatFiles: readonly NetStatFile[] = ['nf_conntrack', 'arp_cache', 'ndisc_cache', 'rt_cache', 'synproxy'];
const resources: readonly PressureResource[] = ['cpu', 'memory', 'io', 'irq'];

/** What the kernel counts of protocols, connection tracking, neighbours and memory. */
export function readProtocolCounters(sections: Sections, sample: 'A' | 'B', files: TailFiles): ProtocolCounters {
  const orByTool = (path: string, parse: (text: string) => Parsed<SnmpSections>, belongs: RegExp) =>
    sectionsOf(sections, sample, files.parse(path, parse), belongs);
  return {
    snmp: orByTool('/proc/net/snmp', parseSnmp, /^(?:Ip|Icmp|IcmpMsg|Tcp|Udp|UdpLite)$/),
    netstat: orByTool('/proc/net/netstat', parseSnmp, /Ext$/),
    snmp6: orByTool('/proc/net/snmp6', parseSnmp6Sections, /6$/),
    sockstat: files.parse('/proc/net/sockstat', parseSockstat),
    sockstat6: files.parse('/proc/net/sockstat6', parseSockstat),
    netStat: new Map(netStatFiles.map((name) => [name, netStat(sections, sample, files, name)])),
    xfrm: files.parse('/proc/net/xfrm_stat', parseSnmp6),
    conntrackCount: conntrackCount(files),
    socketProtocols: files.parse('/proc/net/protocols', parseProtocols),
    pressure: new Map(resources.map((name) => [name, files.parse(`/proc/pressure/${name}`, parsePressure)])),
    loadavg: known(files.parse('/proc/loadavg', parseLoadavg)),
  };
}

/** The kernel's file; of connection tracking where there is none what `conntrack -S` printed, if it was asked. */
function netStat(sections: Sections, sample: 'A' | 'B', files: TailFiles, name: NetStatFile): Reading<ProcNetStat> {
  const file = files.parse(`/proc/net/stat/${name}`, parseProcNetStat);
  const section = `conntrack-S@${sample}`;
  if (file.ok || name !== 'nf_conntrack' || sections.get(section) === undefined) return file;
  return mapReading(sections.tool(section, 'conntrack -S', parseConntrackStats), byColumn);
}

function byColumn(cpus: readonly ConntrackCpu[]): ProcNetStat {
  const columns = new Map<string, number[]>();
  for (const { counters } of cpus) {
    for (const [name, count] of counters) {
      const cells = columns.get(name) ?? [];
      cells.push(count);
      columns.set(name, cells);
    }
  }
  const entries = columns.get('entries')?.[0] ?? null;
  columns.delete('entries');
  return { entries, columns };
}

/** The kernel's file; where it could not be read what nstat, else netstat, printed of the same sections. */
function sectionsOf(
  sections: Sections,
  sample: 'A' | 'B',
  file: Reading<SnmpSections>,
  belongs: RegExp,
): Reading<SnmpSections> {
  if (file.ok) return file;
  const tools = [
    sections.tool(`nstat@${sample}`, 'nstat -asz', parseNstat),
    sections.tool(`netstat-s@${sample}`, 'netstat -s', parseNetstatSummary),
  ];
  for (const reading of tools) {
    const own = mapReading(reading, (all) => new Map([...all].filter(([name]) => belongs.test(name))));
    if (own.ok && own.value.size > 0) return own;
  }
  return file;
}

function conntrackCount(files: TailFiles): Reading<number> {
  const path = '/proc/sys/net/netfilter/nf_conntrack_count';
  const count = files.parse(path, (text) => ({ value: /^\d{1,15}$/.exec(text.trim())?.[0] ?? null, warnings: [] }));
  if (!count.ok && count.kind === 'no-file') return { ...count, reason: 'nf_conntrack is not loaded' };
  return mapReading(known(count), Number);
}

/** A file that was there and did not hold what it should. */
function known<T>(reading: Reading<T | null>): Reading<T> {
  if (!reading.ok) return reading;
  if (reading.value === null) return missing(reading.source, 'unparsed', 'the file does not hold what it should');
  return { ...reading, value: reading.value };
}

/**
 * Those that every host has, for whoever lists what is missing. Connection tracking, IPsec or pressure that a kernel does
 * not have is told where they are shown.
 */
export function protocolReadings(counters: ProtocolCounters): readonly Reading<unknown>[] {
  const { snmp, netstat, snmp6, sockstat, sockstat6, socketProtocols, loadavg } = counters;
  return [snmp, netstat, snmp6, sockstat, sockstat6, socketProtocols, loadavg];
}
