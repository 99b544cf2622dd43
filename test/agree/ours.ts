import type { Sample, Snapshot } from '../../src/model/snapshot.ts';
import { sayNicCounters, sayNicSettings, sayQdiscs, sayQueues } from './oursOfNics.ts';

/** A figure by the tool and the name that `tools.sh` gives it. */
export type Figures = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What a snapshot says, its newest sample, under the names of the tools. */
export function figuresOf(snapshot: Snapshot): Figures {
  const figures = new Map<string, Map<string, string>>();
  const say = (tool: string, name: string, value: number | string | null): void => {
    if (value === null) return;
    const ofTool = figures.get(tool) ?? new Map<string, string>();
    ofTool.set(name, String(value));
    figures.set(tool, ofTool);
  };
  const sample = snapshot.samples.at(-1);
  if (sample === undefined) return figures;
  sayProtocols(sample, say);
  sayPerCpu(sample, say);
  saySockets(sample, say);
  if (snapshot.sysctl.ok) for (const [key, value] of snapshot.sysctl.value) say('sysctl -a', key, value);
  sayNicCounters(sample, say);
  for (const nic of snapshot.nics) {
    sayNicSettings(nic, say);
    sayQueues(nic, say);
  }
  sayTables(sample, say);
  sayQdiscs(sample, say);
  return figures;
}

/** Takes a figure, or null for one that is not known. */
export type Say = (tool: string, name: string, value: number | string | null) => void;

/** nstat leaves the prefix of the two Ext tables as it is, and joins it to the name. */
function sayProtocols(sample: Sample, say: Say): void {
  for (const reading of [sample.snmp, sample.netstat, sample.snmp6]) {
    if (!reading.ok) continue;
    for (const [prefix, counters] of reading.value)
      for (const [name, value] of counters) say('nstat', `${prefix}${name}`, value);
  }
}

function sayPerCpu({ softnet, interrupts, softirqs, cpuTimes }: Sample, say: Say): void {
  const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);
  for (const row of softnet.ok ? softnet.value : [])
    for (const column of ['processed', 'dropped', 'time_squeeze', 'received_rps', 'flow_limit_count'] as const)
      say('softnet_stat', `${row.cpu} ${column}`, row[column]);
  for (const row of interrupts.ok ? interrupts.value.rows : []) say('/proc/interrupts', row.irq, sum(row.counts));
  for (const [name, counts] of softirqs.ok ? softirqs.value.rows : []) say('/proc/softirqs', name, sum(counts));
  for (const times of cpuTimes.ok ? cpuTimes.value : []) {
    for (const [name, value] of Object.entries(times)) say('/proc/stat', `cpu${times.cpu} ${name}`, value);
  }
}

/** `ss` abbreviates some of the kernel's names. */
const ssNames = new Map([
  ['ESTABLISHED', 'ESTAB'],
  ['CLOSE', 'UNCONN'],
]);

function saySockets(sample: Sample, say: Say): void {
  const { sockstat, sockstat6, listeners, tcpSockets, udpSockets } = sample;
  for (const [protocol, values] of sockstat.ok ? sockstat.value : [])
    for (const [name, value] of values) say('/proc/net/sockstat', `${protocol}: ${name}`, value);
  for (const [protocol, values] of sockstat6.ok ? sockstat6.value : [])
    for (const [name, value] of values) say('/proc/net/sockstat6', `${protocol}: ${name}`, value);
  const drops = new Map<string, number>();
  for (const { localAddress, localPort, ...socket } of udpSockets.ok ? udpSockets.value.notable : []) {
    const name = ssAddress(localAddress, localPort);
    if (socket.drops !== null) drops.set(name, (drops.get(name) ?? 0) + socket.drops);
  }
  for (const [name, count] of drops) say('ss -unam', `${name} drops`, count);
  // What ss calls a socket of both families; nothing in /proc/net/udp6 tells it from one of IPv6 alone.
  for (const [name, count] of drops)
    if (name.startsWith('[::]:')) say('ss -unam', `*${name.slice('[::]'.length)} drops`, count);
  for (const [state, { v4, v6 }] of tcpSockets.ok ? tcpSockets.value.states : [])
    say('ss -tan', (ssNames.get(state) ?? state).replaceAll('_', '-'), v4 + v6);
  const queued = new Map<string, number>();
  for (const listener of listeners.ok ? listeners.value : []) {
    const { address, port, recvQ, sendQ } = listener;
    const name = ssAddress(address, port);
    queued.set(name, (queued.get(name) ?? 0) + recvQ);
    say('ss -ltn', `${name} Recv-Q`, queued.get(name) ?? 0);
    say('ss -ltn', `${name} Send-Q`, sendQ);
  }
}

/** As `ss` writes it. */
function ssAddress(address: string, port: number): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** Tables of the kernel, pressure and load. */
function sayTables({ netStat, conntrackCount, socketProtocols, pressure, loadavg }: Sample, say: Say): void {
  for (const [file, table] of netStat) {
    if (!table.ok) continue;
    say('/proc/net/stat', `${file} entries`, table.value.entries);
    for (const [name, values] of table.value.columns)
      say(
        '/proc/net/stat',
        `${file} ${name}`,
        values.reduce((sum, value) => sum + value, 0),
      );
  }
  if (conntrackCount.ok) say('conntrack', 'count', conntrackCount.value);
  for (const { name, sockets, memory } of socketProtocols.ok ? socketProtocols.value : []) {
    say('/proc/net/protocols', `${name} sockets`, sockets);
    say('/proc/net/protocols', `${name} memory`, memory);
  }
  for (const [resource, reading] of pressure)
    for (const [kind, { total }] of reading.ok ? reading.value : [])
      say('/proc/pressure', `${resource} ${kind}`, total);
  if (!loadavg.ok) return;
  say('/proc/loadavg', 'one', loadavg.value.load1);
  say('/proc/loadavg', 'five', loadavg.value.load5);
  say('/proc/loadavg', 'fifteen', loadavg.value.load15);
}
