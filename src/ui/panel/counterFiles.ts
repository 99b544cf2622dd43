import type { CounterGroup } from '../../../webview/counterViews.ts';
import type { SnmpSections } from '../../kernel/snmp.ts';
import { mapReading, type Reading } from '../../model/reading.ts';
import type { NetStatFile, Sample } from '../../model/snapshot.ts';

/** A figure by the section and name that the knowledge has it under. */
export interface Figure {
  readonly section: string;
  readonly name: string;
  readonly value: number;
}

/** A file, or the part of one, that is a group of its own. */
export interface CounterFile {
  readonly group: CounterGroup;
  /** Sections that the file holds, as the knowledge calls them. */
  readonly sections: readonly string[];
  readonly figures: readonly Figure[];
  /** Whether a figure that is not in it does not exist in this kernel. */
  readonly complete: boolean;
  readonly missing: { readonly source: string; readonly reason: string } | null;
}

const netStatGroups: ReadonlyMap<NetStatFile, CounterGroup> = new Map([
  ['nf_conntrack', 'Conntrack'],
  ['synproxy', 'Conntrack'],
  ['arp_cache', 'Neighbours'],
  ['ndisc_cache', 'Neighbours'],
  ['rt_cache', 'IP'],
]);

/** Every file with counters of a sample, in the order of the tab's groups. Sockets by sockstat are shown apart. */
export function filesOf(sample: Sample): readonly CounterFile[] {
  const { snmp, netstat, snmp6 } = sample;
  return [
    ofSections('TCP', snmp, 'Tcp'),
    ofSections('TCP', netstat, 'TcpExt'),
    ofSections('UDP', snmp, 'Udp', 'UdpLite'),
    ofSections('UDP', snmp6, 'Udp6', 'UdpLite6'),
    ofSections('IP', snmp, 'Ip'),
    ofSections('IP', netstat, 'IpExt'),
    ofSections('IPv6', snmp6, 'Ip6'),
    ofSections('ICMP', snmp, 'Icmp', 'IcmpMsg'),
    ofSections('ICMP', snmp6, 'Icmp6'),
    ofSections('MPTCP', netstat, 'MPTcpExt'),
    ...[...netStatGroups].flatMap(([name, group]) => netStatFile(sample, name, group)),
    file('Conntrack', ['conntrack'], sample.conntrackCount, (value) => [
      { section: 'conntrack', name: 'count', value },
    ]),
    file('IPsec', ['Xfrm'], sample.xfrm, (counters) => figuresOf('Xfrm', counters)),
    ...pressureFiles(sample),
    file('Memory and pressure', ['loadavg'], sample.loadavg, ({ load1, load5, load15, running, tasks }) =>
      figuresOf('loadavg', [
        ['1 minute', load1],
        ['5 minutes', load5],
        ['15 minutes', load15],
        ['running', running],
        ['tasks', tasks],
      ]),
    ),
    socketProtocols(sample),
  ];
}

function ofSections(group: CounterGroup, reading: Reading<SnmpSections>, ...sections: readonly string[]): CounterFile {
  const read = file(group, sections, reading, (all) =>
    sections.flatMap((section) => figuresOf(section, all.get(section) ?? [])),
  );
  // netstat -s leaves out most of what is 0.
  return { ...read, complete: read.complete && reading.source !== 'netstat -s' };
}

function netStatFile(sample: Sample, name: NetStatFile, group: CounterGroup): CounterFile[] {
  const reading = sample.netStat.get(name);
  if (reading === undefined) return [];
  const found = file(group, [name], reading, ({ entries, columns }) => [
    ...figuresOf(name, [['entries', entries]]),
    ...[...columns].map(([column, cells]) => ({
      section: name,
      name: column,
      value: cells.reduce((sum, cell) => sum + cell, 0),
    })),
  ]);
  return [found];
}

function pressureFiles(sample: Sample): CounterFile[] {
  return [...sample.pressure].map(([resource, reading]) =>
    file('Memory and pressure', [], reading, (lines) =>
      [...lines].map(([kind, { total }]) => ({ section: 'pressure', name: `${resource} ${kind}`, value: total })),
    ),
  );
}

/** Sockets of each protocol that has some, and whether it is over its memory's pressure mark. */
function socketProtocols(sample: Sample): CounterFile {
  return file('Sockets', [], sample.socketProtocols, (protocols) =>
    protocols
      .filter(({ sockets, press }) => sockets > 0 || press === true)
      .flatMap(({ name, sockets, press }) =>
        figuresOf('protocols', [
          [`${name} sockets`, sockets],
          [`${name} press`, press === null ? null : Number(press)],
        ]),
      ),
  );
}

function file<T>(
  group: CounterGroup,
  sections: readonly string[],
  reading: Reading<T>,
  figures: (value: T) => readonly Figure[],
): CounterFile {
  const read = mapReading(reading, figures);
  return {
    group,
    sections,
    figures: read.ok ? read.value : [],
    complete: read.ok && read.warnings.length === 0,
    missing: read.ok ? unreadLines(read) : { source: read.source, reason: read.reason },
  };
}

function unreadLines({ source, warnings }: Reading<unknown> & { readonly ok: true }): CounterFile['missing'] {
  if (warnings.length === 0) return null;
  return {
    source,
    reason: `${warnings.length} of its lines could not be read: a figure that is not listed may be in them`,
  };
}

function figuresOf(section: string, counters: Iterable<readonly [string, number | null]>): Figure[] {
  return [...counters].flatMap(([name, value]) => (value === null ? [] : [{ section, name, value }]));
}
