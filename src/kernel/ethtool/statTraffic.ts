import type { PlacedStat } from './statPlace.ts';

/**
 * The lines that add up to one figure, by their keys; empty where the driver does not count it. So a figure, its rate
 * and its place in the driver's list are all of the same lines.
 */
export interface TrafficLines {
  readonly packets: readonly string[];
  readonly bytes: readonly string[];
  readonly drops: readonly string[];
  readonly errors: readonly string[];
}

export type TrafficFigure = keyof TrafficLines;
export const trafficFigures: readonly TrafficFigure[] = ['packets', 'bytes', 'drops', 'errors'];

export interface QueueLines {
  readonly queue: number;
  /** Null: the driver names no such queue. */
  readonly rx: TrafficLines | null;
  readonly tx: TrafficLines | null;
}

export interface StatTraffic {
  /** By queue number. */
  readonly queues: readonly QueueLines[];
  /** Of the whole device: its own lines, else those of all queues. Empty where neither counts it. */
  readonly totals: { readonly rx: TrafficLines; readonly tx: TrafficLines };
}

type Casts = readonly [unicast: string, multicast: string, broadcast: string];
const casts = (what: string): Casts => [`ucast_${what}`, `mcast_${what}`, `bcast_${what}`];

/** The first that is there is taken; a triple is there when its unicast is, and adds up. */
const queuePackets: readonly (string | Casts)[] = [
  ...['packets', 'pkts', 'frames', 'cnt', 'pkt_n', 'pkt_num'],
  ...[casts('packets'), casts('pkts'), casts('frames')],
];
const queueBytes: readonly (string | Casts)[] = ['bytes', 'octets', casts('bytes')];

const words = (text: string): readonly string[] => text.split(' ');

/**
 * The driver's own name of its total before a sum, and the host's side before the wire's. `port_` is sfc, `hw_` fsl_dpaa2, `dev_`
 * nfp, `si_` enetc, `_ok` cxgb4, enic and old PCI cards, `good_` mvneta; bnxt_en and many others count by kind of address only.
 */
const devicePackets: readonly (string | Casts)[] = [
  ...words('packets pkts frames packets_total port_packets hw_frames si_frames frames_ok dev_pkts pkt_n ok'),
  ...[casts('packets'), casts('pkts'), casts('frames'), casts('packets_ok')],
  ...[
    ['unicast', 'multicast', 'broadcast'] as const,
    ['unicast_packets', 'multicast_packets', 'broadcast_packets'] as const,
    ['unicast_frames_ok', 'multicast_frames_ok', 'broadcast_frames_ok'] as const,
  ],
  ...words('total_frames total_packets good_frames packets_phy port_good'),
];
const deviceBytes: readonly (string | Casts)[] = [
  ...words('bytes octets port_bytes hw_bytes si_octets bytes_ok octets_ok dev_bytes byte_cnt total_bytes'),
  ...[
    casts('bytes'),
    ['unicast_bytes', 'multicast_bytes', 'broadcast_bytes'] as const,
    ['unicast_bytes_ok', 'multicast_bytes_ok', 'broadcast_bytes_ok'] as const,
  ],
  ...words('good_octets bytes_phy'),
];

const drops = [
  'drops',
  'dropped',
  'drop',
  'discards',
  'discard',
  'drv_dropped_total',
  'dropped_pkts',
  'queue_drop_cnt',
];
const errors = ['errors', 'error', 'errs', 'err', 'pkts_err'];
const deviceDrops = [...drops, 'total_ring_discards', 'hw_discarded_frames', 'port_nodesc_drops'];
const deviceErrors = [...errors, 'mac_frame_errors', 'port_bad', 'bad'];

/** Within a queue, reasons of drops and errors are told apart and do not overlap; what an XDP program decides is neither. */
const dropReason = /^(?!xdp).*(?:drops?|dropped|discards?)(?:_|$)/;
const errorReason = /^(?!xdp).*(?:err|errs|error|errors|fail|failed|timeouts?)$/;

/** Which lines of a device's statistics count packets, bytes, drops and errors: for each queue and for the whole. */
export function statTraffic(stats: readonly PlacedStat[]): StatTraffic {
  const byQueue = new Map<number, PlacedStat[]>();
  const device: PlacedStat[] = [];
  for (const stat of stats) {
    if (stat.queue === null) {
      device.push(stat);
      continue;
    }
    const known = byQueue.get(stat.queue);
    if (known === undefined) byQueue.set(stat.queue, [stat]);
    else known.push(stat);
  }
  const queues = [...byQueue]
    .map(([queue, lines]) => ({ queue, rx: queueLines(lines, 'rx'), tx: queueLines(lines, 'tx') }))
    .filter(({ rx, tx }) => rx !== null || tx !== null)
    .sort((a, b) => a.queue - b.queue);
  return { queues, totals: { rx: deviceLines(device, queues, 'rx'), tx: deviceLines(device, queues, 'tx') } };
}

function queueLines(stats: readonly PlacedStat[], direction: 'rx' | 'tx'): TrafficLines | null {
  const own = stats.filter((stat) => stat.direction === direction);
  if (own.length === 0) return null;
  const fields = byField(own);
  return {
    packets: firstOf(fields, queuePackets),
    bytes: firstOf(fields, queueBytes),
    drops: firstOf(fields, drops, () => own.filter(({ field }) => dropReason.test(field))),
    errors: firstOf(fields, errors, () => own.filter(({ field }) => errorReason.test(field))),
  };
}

function deviceLines(
  stats: readonly PlacedStat[],
  queues: readonly QueueLines[],
  direction: 'rx' | 'tx',
): TrafficLines {
  // Two lines of one field (`rx_bytes`, `rx.bytes`) are two ways to count the same.
  const fields = new Map(
    [...byField(stats.filter((stat) => stat.direction === direction))].map(([field, keys]) => [
      field,
      keys.slice(0, 1),
    ]),
  );
  const ofQueues = (figure: TrafficFigure): string[] => queues.flatMap((queue) => queue[direction]?.[figure] ?? []);
  const orQueues = (figure: TrafficFigure, own: readonly string[]): readonly string[] =>
    own.length > 0 ? own : ofQueues(figure);
  return {
    packets: orQueues('packets', firstOf(fields, devicePackets)),
    bytes: orQueues('bytes', firstOf(fields, deviceBytes)),
    drops: orQueues('drops', firstOf(fields, deviceDrops)),
    errors: orQueues('errors', firstOf(fields, deviceErrors)),
  };
}

function byField(stats: readonly PlacedStat[]): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (const { field, key } of stats) {
    const known = fields.get(field);
    if (known === undefined) fields.set(field, [key]);
    else known.push(key);
  }
  return fields;
}

function firstOf(
  fields: ReadonlyMap<string, readonly string[]>,
  wanted: readonly (string | Casts)[],
  otherwise: () => readonly PlacedStat[] = () => [],
): readonly string[] {
  for (const each of wanted) {
    const [first, ...more] = typeof each === 'string' ? [each] : each;
    const found = fields.get(first ?? '');
    if (found !== undefined) return [...found, ...more.flatMap((field) => fields.get(field) ?? [])];
  }
  return otherwise().map(({ key }) => key);
}
