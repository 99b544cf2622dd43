import { parseEthtoolStats } from '../kernel/ethtool/stats.ts';
import { parseInterrupts } from '../kernel/interrupts.ts';
import { splitGrep } from '../kernel/multiFile.ts';
import { parseNetDev } from '../kernel/netDev.ts';
import { parseProcStat } from '../kernel/procStat.ts';
import { parseQdiscText } from '../kernel/qdisc.ts';
import { parseSoftirqs } from '../kernel/softirqs.ts';
import { parseSoftnetStat } from '../kernel/softnet.ts';
import { mapReading, type Reading } from '../model/reading.ts';
import type { Sample } from '../model/snapshot.ts';
import { protocolReadings, readProtocolCounters } from './readProtocolCounters.ts';
import { readSockets } from './readSockets.ts';
import { type Sections, TailFiles } from './sections.ts';

/** One of the two samples (`A` or `B`); null when the capture does not hold it. */
export function readSample(
  sections: Sections,
  sample: 'A' | 'B',
  nics: readonly string[],
  online: readonly number[] | null,
): Sample | null {
  const counters = sections.get(`counters@${sample}`);
  if (counters === undefined) return null;
  const files = new TailFiles(counters);
  const netns = sections.get(`netns@${sample}`)?.stdout.trim();
  return {
    uptime: firstNumber(files.text('/proc/uptime')) ?? counters.startedAt,
    readAt: sections.startsOf(sample),
    bootId: files.text('/proc/sys/kernel/random/boot_id')?.trim() ?? null,
    netns: netns === undefined || netns === '' ? null : netns,
    softnet: files.parse('/proc/net/softnet_stat', (text) => parseSoftnetStat(text, online)),
    interrupts: files.parse('/proc/interrupts', parseInterrupts),
    softirqs: files.parse('/proc/softirqs', parseSoftirqs),
    cpuTimes: files.parse('/proc/stat', parseProcStat),
    netDev: files.parse('/proc/net/dev', parseNetDev),
    ...readProtocolCounters(sections, sample, files),
    nicStatistics: mapReading(sections.files(`nic-statistics@${sample}`, '/sys/class/net/*/statistics'), nicStatistics),
    ethtoolStats: new Map(
      nics.map((nic) => [nic, sections.tool(`ethtool-S@${sample} ${nic}`, `ethtool -S ${nic}`, parseEthtoolStats)]),
    ),
    qdiscs: sections.tool(`qdisc@${sample}`, 'tc -s qdisc show', parseQdiscText),
    ...readSockets(sections, sample),
  };
}

/** `/sys/class/net/X/statistics/rx_dropped`, and carrier_changes beside it, by NIC and file name. */
function nicStatistics(text: string): Map<string, Map<string, number>> {
  const nics = new Map<string, Map<string, number>>();
  for (const line of splitGrep(text)) {
    const parts = line.path.split('/');
    const nic = parts[4];
    const value = Number(line.text);
    if (nic === undefined || line.text === '' || !Number.isFinite(value)) continue;
    const counters = nics.get(nic) ?? new Map<string, number>();
    // statistics/rx_dropped -> rx_dropped; queues/tx-0/tx_timeout keeps its queue
    counters.set(parts[5] === 'queues' ? parts.slice(6).join('/') : (parts.at(-1) ?? ''), value);
    nics.set(nic, counters);
  }
  return nics;
}

function firstNumber(text: string | null): number | null {
  const number = Number.parseFloat(text ?? '');
  return Number.isFinite(number) ? number : null;
}

/** The readings of a sample, for whoever lists what is missing. */
export function readingsOf(sample: Sample): readonly Reading<unknown>[] {
  const { softnet, interrupts, softirqs, cpuTimes, netDev } = sample;
  const ofKernel = [softnet, interrupts, softirqs, cpuTimes, netDev, ...protocolReadings(sample), sample.nicStatistics];
  return [...ofKernel, sample.qdiscs, sample.listeners, sample.tcpSockets, sample.udpSockets];
}
