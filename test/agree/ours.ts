import type { Nic, Sample, Snapshot } from '../../src/model/snapshot.ts';

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
  for (const nic of snapshot.nics) sayNicSettings(nic, say);
  sayQdiscs(sample, say);
  return figures;
}

type Say = (tool: string, name: string, value: number | string | null) => void;

/** nstat leaves the prefix of the two Ext tables as it is, and joins it to the name. */
function sayProtocols(sample: Sample, say: Say): void {
  for (const reading of [sample.snmp, sample.netstat]) {
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
    say('/proc/stat', `cpu${times.cpu} softirq`, times.softirq);
    say('/proc/stat', `cpu${times.cpu} steal`, times.steal);
  }
}

/** `ss` abbreviates some of the kernel's names. */
const ssNames = new Map([
  ['ESTABLISHED', 'ESTAB'],
  ['CLOSE', 'UNCONN'],
]);

function saySockets({ sockstat, listeners, tcpSockets }: Sample, say: Say): void {
  for (const [protocol, values] of sockstat.ok ? sockstat.value : [])
    for (const [name, value] of values) say('/proc/net/sockstat', `${protocol}: ${name}`, value);
  for (const [state, { v4, v6 }] of tcpSockets.ok ? tcpSockets.value.states : [])
    say('ss -tan', (ssNames.get(state) ?? state).replaceAll('_', '-'), v4 + v6);
  const queued = new Map<string, number>();
  for (const listener of listeners.ok ? listeners.value : []) {
    const { address, port, recvQ, sendQ } = listener;
    const name = `${address.includes(':') ? `[${address}]` : address}:${port}`;
    queued.set(name, (queued.get(name) ?? 0) + recvQ);
    say('ss -ltn', `${name} Recv-Q`, queued.get(name) ?? 0);
    say('ss -ltn', `${name} Send-Q`, sendQ);
  }
}

function sayNicCounters({ nicStatistics, ethtoolStats }: Sample, say: Say): void {
  for (const [nic, counters] of nicStatistics.ok ? nicStatistics.value : [])
    for (const [file, value] of counters) if (!file.includes('/')) say('statistics', `${nic} ${file}`, value);
  for (const [nic, stats] of ethtoolStats) {
    const seen = new Map<string, number>();
    for (const { name, value } of stats.ok ? stats.value : []) {
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      say('ethtool -S', `${nic} ${name}${nth > 1 ? ` #${nth}` : ''}`, value);
    }
  }
}

function sayNicSettings({ name, ring, channels, coalesce, features }: Nic, say: Say): void {
  for (const part of ['maximum', 'current'] as const) {
    if (ring.ok) {
      const sizes = ring.value[part];
      say('ethtool -g', `${name} ${part} RX`, sizes.rx);
      say('ethtool -g', `${name} ${part} RX Mini`, sizes.rxMini);
      say('ethtool -g', `${name} ${part} RX Jumbo`, sizes.rxJumbo);
      say('ethtool -g', `${name} ${part} TX`, sizes.tx);
    }
    if (channels.ok) {
      const counts = channels.value[part];
      say('ethtool -l', `${name} ${part} RX`, counts.rx);
      say('ethtool -l', `${name} ${part} TX`, counts.tx);
      say('ethtool -l', `${name} ${part} Other`, counts.other);
      say('ethtool -l', `${name} ${part} Combined`, counts.combined);
    }
  }
  for (const [key, value] of coalesce.ok ? coalesce.value.values : []) say('ethtool -c', `${name} ${key}`, value);
  for (const { name: feature, active, fixed, requested } of features.ok ? features.value : []) {
    const more = fixed ? ' [fixed]' : requested === null ? '' : ` [requested ${requested ? 'on' : 'off'}]`;
    say('ethtool -k', `${name} ${feature}`, `${active ? 'on' : 'off'}${more}`);
  }
}

function sayQdiscs({ qdiscs }: Sample, say: Say): void {
  for (const qdisc of qdiscs.ok ? qdiscs.value : []) {
    const name = `${qdisc.dev} ${qdisc.kind} ${qdisc.handle} ${qdisc.parent}`;
    for (const figure of ['bytes', 'packets', 'drops', 'overlimits', 'requeues'] as const)
      say('tc -s qdisc', `${name} ${figure}`, qdisc[figure]);
  }
}
