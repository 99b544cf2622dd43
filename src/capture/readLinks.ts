import { type IpLink, parseIpLink } from '../kernel/ipLink.ts';
import { splitGrep } from '../kernel/multiFile.ts';
import type { Reading } from '../model/reading.ts';
import type { Sample } from '../model/snapshot.ts';
import type { Sections } from './sections.ts';

export type SampleName = 'A' | 'B';

/** The interfaces as `ip` shows them, with their statistics; details only in sample A. */
export function readLinks(sections: Sections, sample: SampleName): Reading<readonly IpLink[]> {
  const json = sections.tool(`ip-link@${sample}`, 'ip -s -s -d -j link show', parseIpLink);
  if (json.ok || sections.get(`ip-link-text@${sample}`) === undefined) return json;
  return sections.tool(`ip-link-text@${sample}`, 'ip -s -s -d link show', parseIpLink);
}

/** What `ip -d` says of each interface: sample A; older captures asked once, outside the samples. */
export function readLinkDetails(sections: Sections, first: Reading<readonly IpLink[]>): Reading<readonly IpLink[]> {
  if (first.ok || sections.get('ip-link') === undefined) return first;
  return sections.tool('ip-link', 'ip -s -s -d -j link show', parseIpLink);
}

/**
 * All statistics of each interface, from `ip` where it showed them, else from sysfs. The files that `ip` does not show
 * (`carrier_up_count`, `tx-0/tx_timeout`, `tx-0/byte_queue_limits/stall_cnt`) are among them.
 */
export function readNicStatistics(
  sections: Sections,
  sample: SampleName,
  links: Reading<readonly IpLink[]>,
): Sample['nicStatistics'] {
  const files = sections.files(`nic-statistics@${sample}`, '/sys/class/net/*/statistics');
  const nics = files.ok ? sysfsStatistics(files.value) : new Map<string, Map<string, number>>();
  if (!links.ok || links.value.length === 0) return files.ok ? { ...files, value: nics } : files;
  const shown = links.value.map(({ name, statistics }): [string, ReadonlyMap<string, number>] => [
    name,
    new Map([...(nics.get(name) ?? []), ...statistics]),
  ]);
  return { ...links, value: new Map(shown) };
}

/** `/sys/class/net/X/statistics/rx_dropped` by NIC and file name; of a queue's file the path below `queues/`. */
function sysfsStatistics(text: string): Map<string, Map<string, number>> {
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
