import { type EthtoolStat, type KeyedStat, keyedStats } from './stats.ts';

/** A line of `ethtool -S` and where it belongs, whatever the driver's way of naming. */
export interface PlacedStat extends KeyedStat {
  /** Null: of the whole device. */
  readonly queue: number | null;
  /** Null: neither, or the name does not say. */
  readonly direction: 'rx' | 'tx' | null;
  /** What is counted, lower case, words joined by `_`, without queue and direction: `packets`, `ucast_bytes`, `xdp_drops`. */
  readonly field: string;
}

/**
 * How drivers write a queue into a name. `q` is its number; `d` the direction where the shape holds it, else the rest
 * (`what`) begins with it. mlx5 puts the traffic class after the channel (`tx3_0_packets`): its classes add up.
 */
const shapes: readonly RegExp[] = [
  // rx_queue_0_packets: ixgbe, igb, igc, ice, fm10k, veth, ifb, hv_netvsc, virtio_net until 6.8
  /^(?<d>[rt]x)_queue_(?<q>\d{1,5})_(?<what>.+)$/,
  // rx-0.packets, rx-0.rx_packets: i40e, iavf, sfc, old ice; rx-0-packets: liquidio
  /^(?<d>[rt]x)-(?<q>\d{1,5})[-.](?<what>.+)$/,
  // rx0_packets: mlx4, mlx5, virtio_net since 6.9; tx0_1_packets: mlx5 with traffic classes
  /^(?<d>[rt]x)(?<q>\d{1,5})_(?:\d{1,2}_)?(?<what>.+)$/,
  // rxq0: rx_pkts: be2net, nicvf, otx2; rxq0_packets: hns3, hinic; rxq_0_packets: xgbe; rx_q-0_pkts: idpf; txq#0_bytes: hns3 since 6.7
  /^(?<d>[rt]x)_?q[-_#]?(?<q>\d{1,5})(?:: |_)(?<what>.+)$/,
  // queue_0_rx_bytes: ena; q0_rx_packets: macb, stmmac; rvec_0_rx_pkts: nfp; ch0_events: mlx5
  /^(?:queue_|q|rvec_|ch)(?<q>\d{1,5})_(?<what>.+)$/,
  // [0]: rx_ucast_packets: bnxt_en, bnx2x; 0: rcv_pkts: qede
  /^\[?(?<q>\d{1,5})\]?: (?<what>.+)$/,
  // rx_posted_desc[0]: gve
  /^(?<what>[rt]x_\w+)\[(?<q>\d{1,5})\]$/,
  // Queue[0] InPackets: atlantic; Rx ring  0 frames: enetc
  /^Queue\[(?<q>\d{1,5})\] (?<what>.+)$/,
  /^(?<d>[RT]x) ring +(?<q>\d{1,5}) (?<what>.+)$/,
];

/** rx_0_packets: mana, ionic. Only where queue 0 is named so: elsewhere such a number is a frame size (`rx_64_bytes`). */
const bareNumber = /^(?<d>[rt]x)_(?<q>\d{1,5})_(?<what>.+)$/;
const bareNumberSign = /^[rt]x_0_(?:packets|pkts|bytes)$/;

/** vmxnet3 heads each queue with a line of its own, and what follows is of that queue. */
const heading = /^([RT]x) Queue#$/;
/** Its only counter of the device stands after the last queue. */
const afterQueues = 'tx timeout count';

/** Each line of `ethtool -S` with its queue, direction and field, in the driver's order; headings of vmxnet3 are left out. */
export function placeStats(stats: readonly EthtoolStat[]): readonly PlacedStat[] {
  const numbered = stats.some(({ name }) => bareNumberSign.test(name));
  const tried = numbered ? [...shapes, bareNumber] : shapes;
  let under: { readonly queue: number; readonly direction: 'rx' | 'tx' } | null = null;
  const placed: PlacedStat[] = [];
  for (const stat of keyedStats(stats)) {
    const head = heading.exec(stat.name);
    if (head !== null) {
      under = { queue: stat.value, direction: head[1] === 'Rx' ? 'rx' : 'tx' };
      continue;
    }
    if (stat.name === afterQueues) under = null;
    placed.push(under === null ? placeOf(stat, tried) : { ...stat, ...under, field: wordsOf(stat.name).field });
  }
  return placed;
}

function placeOf(stat: KeyedStat, tried: readonly RegExp[]): PlacedStat {
  for (const shape of tried) {
    const groups = shape.exec(stat.name)?.groups;
    if (groups === undefined) continue;
    const { direction, field } = wordsOf(groups['what'] ?? '');
    const side = groups['d']?.toLowerCase();
    return { ...stat, queue: Number(groups['q']), direction: side === 'rx' || side === 'tx' ? side : direction, field };
  }
  return { ...stat, queue: null, ...wordsOf(stat.name) };
}

const sides: ReadonlyMap<string, 'rx' | 'tx'> = new Map([
  ['rx', 'rx'],
  ['rcv', 'rx'],
  ['in', 'rx'],
  ['received', 'rx'],
  ['tx', 'tx'],
  ['xmit', 'tx'],
  ['out', 'tx'],
  ['sent', 'tx'],
]);

/** `ucast pkts rx`, `rx_ucast_pkts`, `port.rx_bytes`, `[hw] rx frames`, `InPackets`: the first word of direction is taken out; what stands before a dot stays. */
function wordsOf(name: string): Pick<PlacedStat, 'direction' | 'field'> {
  const prefix = /^[a-z]+\.(?=[rt]x_)/.exec(name)?.[0] ?? '';
  const words = name
    .slice(prefix.length)
    .replace(/^(In|Out)(?=[A-Z])/, '$1 ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const at = words.findIndex((word) => sides.has(word));
  return {
    direction: sides.get(words[at] ?? '') ?? null,
    field: prefix + words.filter((_, index) => index !== at).join('_'),
  };
}
