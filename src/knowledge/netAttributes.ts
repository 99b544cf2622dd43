import type { NicKnobId } from './nicKnobs.ts';

/** What may be written to a file of `/sys/class/net`. */
export type AttributeValue =
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'switch' }
  | { readonly kind: 'cpu-mask' }
  | { readonly kind: 'queue-mask' }
  | { readonly kind: 'power-of-two' }
  | { readonly kind: 'text' };

/** A file of a network interface or of one of its queues (Documentation/ABI/testing/sysfs-class-net*). */
export interface NetAttribute {
  /** `tx_queue_len`, `rps_cpus`, `byte_queue_limits/limit_max` */
  readonly name: string;
  readonly of: 'net' | 'rx' | 'tx';
  /** Null: it can only be read. */
  readonly value: AttributeValue | null;
  /** The kernel that brought it; empty: long there. */
  readonly since: string;
  readonly meaning: string;
  readonly knob: NicKnobId | null;
}

const number = (least: number, most: number): AttributeValue => ({ kind: 'number', least, most });
const mask: AttributeValue = { kind: 'cpu-mask' };
const uint32 = 4_294_967_295;

const attribute = (
  of: NetAttribute['of'],
  name: string,
  value: AttributeValue | null,
  since: string,
  meaning: string,
  knob: NicKnobId | null = null,
): NetAttribute => ({ of, name, value, since, meaning, knob });

export const netAttributes: readonly NetAttribute[] = [
  attribute(
    'net',
    'tx_queue_len',
    number(0, uint32),
    '',
    'Packets that pfifo_fast and pfifo hold; other queue disciplines have limits of their own',
    'txqueuelen',
  ),
  attribute('net', 'mtu', number(0, 2_147_483_647), '', 'Largest packet the interface takes', 'mtu'),
  attribute(
    'net',
    'gro_flush_timeout',
    number(0, Number.MAX_SAFE_INTEGER),
    '3.19',
    'Nanoseconds that packets may wait in GRO, and that a deferred poll may wait',
    'gro_flush_timeout',
  ),
  attribute(
    'net',
    'napi_defer_hard_irqs',
    number(0, 2_147_483_647),
    '5.8',
    'Empty polls before the interrupt is used again',
    'napi_defer_hard_irqs',
  ),
  attribute(
    'net',
    'threaded',
    { kind: 'switch' },
    '5.12',
    '1: polls run in kernel threads that the scheduler places',
    'threaded',
  ),
  attribute('net', 'ifalias', { kind: 'text' }, '2.6.28', 'A description'),
  attribute('net', 'netdev_group', number(0, uint32), '2.6.39', 'Group of the interface'),
  attribute('net', 'flags', { kind: 'text' }, '', 'IFF_ flags as a number'),
  attribute('net', 'carrier', { kind: 'switch' }, '', '1: the link is up. Dummies and the like can be told'),
  attribute('net', 'proto_down', { kind: 'switch' }, '4.2', '1: a protocol took the interface down'),
  attribute('net', 'address', null, '', 'Hardware address; ip link set address changes it'),
  attribute(
    'net',
    'addr_assign_type',
    null,
    '2.6.39',
    'Where the address comes from: 0 permanent, 1 random, 2 copied, 3 set',
  ),
  attribute('net', 'addr_len', null, '', 'Bytes of the address'),
  attribute('net', 'broadcast', null, '', 'Broadcast address'),
  attribute('net', 'carrier_changes', null, '3.15', 'How often the link came and went'),
  attribute('net', 'carrier_up_count', null, '4.16', 'How often the link came'),
  attribute('net', 'carrier_down_count', null, '4.16', 'How often the link went'),
  attribute('net', 'dev_id', null, '2.6.26', 'Tells interfaces apart that share an address'),
  attribute('net', 'dev_port', null, '3.15', 'Port of the NIC, from 0'),
  attribute('net', 'dormant', null, '', '1: the link waits for something, 802.1X for instance'),
  attribute('net', 'duplex', null, '', 'half or full; ethtool -s changes it'),
  attribute('net', 'speed', null, '', 'Mbit/s; ethtool -s changes it'),
  attribute('net', 'ifindex', null, '', 'Number of the interface'),
  attribute('net', 'iflink', null, '', 'Number of the interface below it'),
  attribute('net', 'link_mode', null, '', '0 or 1: how the link comes up'),
  attribute('net', 'name_assign_type', null, '3.17', '1 by the kernel, 2 predictable, 3 by the user, 4 renamed'),
  attribute('net', 'operstate', null, '', 'up, down, dormant ... (RFC 2863)'),
  attribute('net', 'phys_port_id', null, '3.12', 'Port of the NIC'),
  attribute('net', 'phys_port_name', null, '4.1', 'Name of the port'),
  attribute('net', 'phys_switch_id', null, '3.19', 'Switch it belongs to'),
  attribute('net', 'testing', null, '5.8', '1: the interface is being tested'),
  attribute('net', 'type', null, '', 'ARPHRD_ number: 1 Ethernet, 772 loopback'),
  attribute('rx', 'rps_cpus', mask, '2.6.35', 'CPUs that take packets over from the queue (RPS)', 'queue rps_cpus'),
  attribute(
    'rx',
    'rps_flow_cnt',
    { kind: 'power-of-two' },
    '2.6.35',
    'Flows that RFS follows on the queue',
    'queue rps_flow_cnt',
  ),
  attribute('tx', 'xps_cpus', mask, '2.6.38', 'CPUs that send on the queue (XPS)', 'queue xps_cpus'),
  attribute('tx', 'xps_rxqs', { kind: 'queue-mask' }, '4.18', 'Receive queues whose flows are sent on the queue'),
  attribute('tx', 'tx_maxrate', number(0, uint32), '4.1', 'Mbit/s at most; needs the driver', null),
  attribute('tx', 'tx_timeout', null, '3.0', 'Timeouts of the queue'),
  attribute('tx', 'traffic_class', null, '4.11', 'Traffic class of the queue'),
  attribute(
    'tx',
    'byte_queue_limits/limit_max',
    number(0, uint32),
    '3.3',
    'Bytes that may wait in the ring at most',
    'bql',
  ),
  attribute('tx', 'byte_queue_limits/limit_min', number(0, uint32), '3.3', 'Bytes that may always wait in the ring'),
  attribute(
    'tx',
    'byte_queue_limits/limit',
    number(0, uint32),
    '3.3',
    'Bytes that may wait in the ring now; the kernel moves it',
  ),
  attribute(
    'tx',
    'byte_queue_limits/hold_time',
    number(0, uint32),
    '3.3',
    'Milliseconds until the kernel lowers the limit',
  ),
  attribute('tx', 'byte_queue_limits/inflight', null, '3.3', 'Bytes in the ring'),
  attribute(
    'tx',
    'byte_queue_limits/stall_thrs',
    number(0, uint32),
    '6.9',
    'Milliseconds without completion that count as a stall',
  ),
  attribute('tx', 'byte_queue_limits/stall_cnt', null, '6.9', 'Stalls so far'),
  attribute('tx', 'byte_queue_limits/stall_max', number(0, uint32), '6.9', 'Longest stall in milliseconds'),
];

/** The attribute of an interface or a queue, and of which queue a path names it: `queues/rx-0/rps_cpus`. */
export function netAttribute(
  path: string,
  of: 'net' | 'queues',
): { readonly facts: NetAttribute; readonly queue: string | null } | null {
  const [, queue = null, rest = ''] = of === 'net' ? (/^queues\/((?:rx|tx)-[^/]*|[^/]*)\/(.+)$/.exec(path) ?? []) : [];
  const name = queue === null ? path : rest;
  const direction = queue === null ? null : queue.slice(0, 2);
  const facts = netAttributes.find(
    (one) =>
      one.name === name &&
      (of === 'net' && queue === null
        ? one.of === 'net'
        : one.of !== 'net' && (direction !== 'rx' && direction !== 'tx' ? true : one.of === direction)),
  );
  return facts === undefined ? null : { facts, queue };
}
