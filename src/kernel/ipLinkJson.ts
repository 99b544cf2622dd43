import type { IpLink } from './ipLink.ts';
import type { Parsed, Warning } from './parsed.ts';
import { excerpt, warn } from './warnings.ts';

type Fields = ReadonlyMap<string, unknown>;

/** `ip -s -s -d -j link show`: one array. Text that is no such JSON (cut short, say) is a warning. */
export function parseIpLinkJson(text: string): Parsed<readonly IpLink[]> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { value: [], warnings: [{ line: 1, message: excerpt(String(error)) }] };
  }
  if (!Array.isArray(parsed)) return { value: [], warnings: [{ line: 1, message: 'not an array of interfaces' }] };
  const warnings: Warning[] = [];
  const value = parsed.flatMap((item: unknown) => {
    const link = linkOf(fieldsOf(item));
    // `ip` prints an empty object for what a filter of the command left out.
    if (link === null && JSON.stringify(item) !== '{}') warn(warnings, 1, 'an entry without a name');
    return link ?? [];
  });
  return { value, warnings };
}

function linkOf(fields: Fields): IpLink | null {
  const text = (key: string): string | null => textOf(fields.get(key));
  const number = (key: string): number | null => numberOf(fields.get(key));
  const name = text('ifname');
  if (name === null || name === '') return null;
  const lowerIndex = number('link_index');
  const flags = fields.get('flags');
  return {
    name,
    ifindex: number('ifindex'),
    lower: text('link') ?? (lowerIndex === null ? null : `if${lowerIndex}`),
    flags: Array.isArray(flags) ? flags.filter((flag): flag is string => typeof flag === 'string') : [],
    mtu: number('mtu'),
    minMtu: number('min_mtu'),
    maxMtu: number('max_mtu'),
    qdisc: text('qdisc'),
    operstate: text('operstate'),
    master: text('master'),
    txQueueLen: number('txqlen'),
    address: text('address'),
    promiscuity: number('promiscuity'),
    allmulti: number('allmulti'),
    kind: textOf(fieldsOf(fields.get('linkinfo')).get('info_kind')),
    numTxQueues: number('num_tx_queues'),
    numRxQueues: number('num_rx_queues'),
    gsoMaxSize: number('gso_max_size'),
    gsoMaxSegs: number('gso_max_segs'),
    groMaxSize: number('gro_max_size'),
    tsoMaxSize: number('tso_max_size'),
    parent: parentOf(text('parentbus'), text('parentdev')),
    xdp: xdpOf(fieldsOf(fields.get('xdp'))),
    // Kernels before 2.6.35 have 32-bit statistics only.
    statistics: statisticsOf(fieldsOf(fields.get('stats64') ?? fields.get('stats'))),
  };
}

/** `pci 0000:01:00.0`; null without a device. */
export function parentOf(bus: string | null, device: string | null): string | null {
  return device === null ? null : `${bus ?? ''} ${device}`.trim();
}

/** `XDP_ATTACHED_*` of include/uapi/linux/if_link.h. */
const xdpModes = ['none', 'drv', 'skb', 'hw', 'multi'];

function xdpOf(xdp: Fields): string | null {
  if (xdp.size === 0) return null;
  const mode = xdpModes[numberOf(xdp.get('mode')) ?? -1] ?? 'attached';
  const id = numberOf(fieldsOf(xdp.get('prog')).get('id'));
  return id === null ? mode : `${mode} ${id}`;
}

/** What `ip` calls otherwise than sysfs does, by direction. */
const names: ReadonlyMap<string, string> = new Map([
  ['rx.multicast', 'multicast'],
  ['rx.otherhost', 'rx_otherhost_dropped'],
  ['tx.collisions', 'collisions'],
  ['tx.carrier_changes', 'carrier_changes'],
]);

function statisticsOf(stats: Fields): ReadonlyMap<string, number> {
  const statistics = new Map<string, number>();
  for (const direction of ['rx', 'tx']) {
    for (const [key, field] of fieldsOf(stats.get(direction))) {
      const counter = numberOf(field);
      if (counter !== null) statistics.set(names.get(`${direction}.${key}`) ?? `${direction}_${key}`, counter);
    }
  }
  return statistics;
}

function fieldsOf(item: unknown): Fields {
  return new Map<string, unknown>(typeof item === 'object' && item !== null ? Object.entries(item) : []);
}

function textOf(field: unknown): string | null {
  return typeof field === 'string' ? field : null;
}

function numberOf(field: unknown): number | null {
  return typeof field === 'number' && Number.isFinite(field) ? field : null;
}
