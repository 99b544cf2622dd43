import { parseEthtoolStats } from '../kernel/ethtool/stats.ts';
import { parseInterrupts } from '../kernel/interrupts.ts';
import type { IpLink } from '../kernel/ipLink.ts';
import { parseNetDev } from '../kernel/netDev.ts';
import { parseProcStat } from '../kernel/procStat.ts';
import { parseQdisc } from '../kernel/qdiscJson.ts';
import { parseSoftirqs } from '../kernel/softirqs.ts';
import { parseSoftnetStat } from '../kernel/softnet.ts';
import type { Reading } from '../model/reading.ts';
import type { Sample } from '../model/snapshot.ts';
import { readNicStatistics, type SampleName } from './readLinks.ts';
import { protocolReadings, readProtocolCounters } from './readProtocolCounters.ts';
import { readSockets } from './readSockets.ts';
import { type Sections, TailFiles } from './sections.ts';

/** One of the two samples (`A` or `B`); null when the capture does not hold it. */
export function readSample(
  sections: Sections,
  sample: SampleName,
  nics: readonly string[],
  online: readonly number[] | null,
  links: Reading<readonly IpLink[]>,
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
    nicStatistics: readNicStatistics(sections, sample, links),
    ethtoolStats: new Map(
      nics.map((nic) => [nic, sections.tool(`ethtool-S@${sample} ${nic}`, `ethtool -S ${nic}`, parseEthtoolStats)]),
    ),
    qdiscs: readQdiscs(sections, sample),
    ...readSockets(sections, sample),
  };
}

/** As JSON where `tc` has it; in captures from before it was asked for, as text. */
function readQdiscs(sections: Sections, sample: SampleName): Sample['qdiscs'] {
  const json = sections.tool(`qdisc@${sample}`, 'tc -s qdisc show', parseQdisc);
  if (json.ok || sections.get(`qdisc-text@${sample}`) === undefined) return json;
  return sections.tool(`qdisc-text@${sample}`, 'tc -s qdisc show', parseQdisc);
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
