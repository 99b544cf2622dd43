import type { SockstatView } from '../../../webview/protocol.ts';
import type { Sockstat } from '../../kernel/sockstat.ts';
import { meaningOf, scopeOf } from '../../knowledge/counters.ts';
import type { Sample, Snapshot } from '../../model/snapshot.ts';

/** Which sysctl bounds a figure. tcp_mem and udp_mem are triples in pages: low, pressure, most. */
const limitKeys: ReadonlyMap<string, string> = new Map([
  ['TCP mem', 'net.ipv4.tcp_mem'],
  ['UDP mem', 'net.ipv4.udp_mem'],
  ['TCP orphan', 'net.ipv4.tcp_max_orphans'],
  ['TCP tw', 'net.ipv4.tcp_max_tw_buckets'],
  ['FRAG memory', 'net.ipv4.ipfrag_high_thresh'],
  ['FRAG6 memory', 'net.ipv6.ip6frag_high_thresh'],
  ['conntrack count', 'net.netfilter.nf_conntrack_max'],
  ['arp_cache entries', 'net.ipv4.neigh.default.gc_thresh3'],
  ['ndisc_cache entries', 'net.ipv6.neigh.default.gc_thresh3'],
]);

/**
 * sockstat and sockstat6 with pages turned into bytes where the page size is known, and each figure's limit beside it.
 * `mem` is pages, `memory` (FRAG) is bytes: net/ipv4/proc.c
 */
export function sockstatViews(sockstats: readonly Sockstat[], snapshot: Snapshot): SockstatView[] {
  return sockstats.flatMap((sockstat) =>
    [...sockstat].flatMap(([protocol, values]) =>
      [...values].map(([field, value]) => viewOf(`${protocol} ${field}`, field, value, snapshot)),
    ),
  );
}

/** Connections tracked and neighbours known, against the size of their tables; what could not be read is left out. */
export function tableViews(sample: Sample, snapshot: Snapshot): SockstatView[] {
  const entries = (file: 'arp_cache' | 'ndisc_cache'): number | null => {
    const reading = sample.netStat.get(file);
    return reading?.ok === true ? reading.value.entries : null;
  };
  const tables = [
    ['conntrack', 'count', 'connections', sample.conntrackCount.ok ? sample.conntrackCount.value : null],
    ['arp_cache', 'entries', 'entries', entries('arp_cache')],
    ['ndisc_cache', 'entries', 'entries', entries('ndisc_cache')],
  ] as const;
  return tables.flatMap(([section, field, unit, value]) =>
    value === null ? [] : [{ ...figureOf(section, field, `${section} ${field}`, value, 1, snapshot), unit }],
  );
}

function viewOf(name: string, field: string, value: number, snapshot: Snapshot): SockstatView {
  const { pageSize } = snapshot.host;
  const inPages = field === 'mem';
  const scale = inPages && pageSize !== null ? pageSize : 1;
  const bytes = field === 'memory' || (inPages && pageSize !== null);
  return {
    ...figureOf('sockstat', name, name, value, scale, snapshot),
    unit: bytes ? 'bytes' : inPages ? 'pages' : field === 'inuse' && name.startsWith('FRAG') ? 'packets' : 'sockets',
    pages: inPages && bytes ? value : null,
  };
}

/** A figure in its own unit, `scale` of which the kernel counts as one. */
function figureOf(
  section: string,
  meant: string,
  name: string,
  value: number,
  scale: number,
  snapshot: Snapshot,
): SockstatView {
  const { marks, noLimit } = limitOf(name, snapshot);
  const limit = marks?.values.at(-1);
  const pressure = marks?.values.length === 3 ? marks.values[1] : undefined;
  return {
    name,
    value: value * scale,
    unit: '',
    pages: null,
    pressure: pressure === undefined ? null : pressure * scale,
    limit: marks === null || limit === undefined ? null : { value: limit * scale, key: marks.key },
    noLimit,
    scope: scopeOf(section, meant),
    meaning: meaningOf(section, meant)?.meaning ?? '',
  };
}

interface Marks {
  readonly key: string;
  readonly values: readonly number[];
}

function limitOf(name: string, snapshot: Snapshot): { readonly marks: Marks | null; readonly noLimit: string | null } {
  const key = limitKeys.get(name);
  if (key === undefined) return { marks: null, noLimit: null };
  if (!snapshot.sysctl.ok) return { marks: null, noLimit: `${key}: ${snapshot.sysctl.reason}` };
  const text = snapshot.sysctl.value.get(key);
  if (text === undefined) {
    const inside = snapshot.host.initialNetns === false;
    return { marks: null, noLimit: `${key} ${inside ? 'is not shown inside a network namespace' : 'is not there'}` };
  }
  const values = text.split(' ').map(Number);
  if (text === '' || values.some((value) => !Number.isFinite(value))) {
    return { marks: null, noLimit: `${key} is not a number` };
  }
  return { marks: { key, values }, noLimit: null };
}
