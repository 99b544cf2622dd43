/**
 * What a receive counter of `ethtool -S` says about descriptors:
 * `lost`: frames dropped because no descriptor (and buffer) was free: the ring ran dry.
 * `nic-buffer`: frames dropped in the NIC's own memory, before a descriptor was asked for: the bus or the host is slow,
 * a larger ring does not help.
 * `waiting`: the ring ran dry for a moment; the NIC still held the frame, or the count is of moments and not of frames.
 */
export type RingCounterKind = 'lost' | 'nic-buffer' | 'waiting';

interface RingCounter {
  readonly name: string | RegExp;
  readonly kind: RingCounterKind;
}

const lost = (...names: readonly (string | RegExp)[]): RingCounter[] => names.map((name) => ({ name, kind: 'lost' }));
const waiting = (...names: readonly (string | RegExp)[]): RingCounter[] =>
  names.map((name) => ({ name, kind: 'waiting' }));
const nicBuffer = (...names: readonly (string | RegExp)[]): RingCounter[] =>
  names.map((name) => ({ name, kind: 'nic-buffer' }));

const intel1g = [...lost('rx_missed_errors', /^rx_queue_\d+_drops$/), ...waiting('rx_no_buffer_count')];

/**
 * Driver (`ethtool -i`) to its counters; names as the drivers of Linux 6.12 print them.
 * Failed buffer allocations (`alloc_rx_buff_failed`) are lack of memory, and `*_allowance_exceeded` of ena are limits of
 * the cloud: neither is here. virtio_net cannot see its ring run dry, the hypervisor drops; its `rx_drops` counts XDP too.
 */
const byDriver: ReadonlyMap<string, readonly RingCounter[]> = new Map([
  ['ixgbe', [...lost('rx_missed_errors', 'rx_no_dma_resources'), ...waiting('rx_no_buffer_count')]],
  ['igb', intel1g],
  ['igc', intel1g],
  ['e1000e', intel1g],
  ['e1000', intel1g],
  ['i40e', lost('port.rx_discards', 'rx_discards')],
  ['ice', lost('rx_dropped', 'rx_dropped.nic')],
  [
    'mlx5_core',
    [...lost('rx_out_of_buffer'), ...nicBuffer('rx_discards_phy', /^rx_prio\d+_(?:buf|cong)_discard(?:_phy)?$/)],
  ],
  ['mlx4_en', lost('rx_dropped')],
  ['ena', waiting(/^queue_\d+_rx_empty_rx_ring$/)],
  ['bnxt_en', lost('rx_total_ring_discards', /^\[\d+\]: rx_discards$/)],
  ['gve', lost(/^rx_no_buffers_posted\[\d+\]$/)],
  ['vmxnet3', lost('pkts rx OOB')],
  ['tg3', [...lost('rx_discards'), ...waiting('rxbds_empty', 'mbuf_lwm_thresh_hit')]],
  ['r8169', lost('rx_missed')],
  ['sfc', lost('port_rx_nodesc_drops')],
  ['mana', lost('hc_rx_discards_no_wqe')],
  ['bnx2x', [...lost('rx_discards', /^\[\d+\]: rx_discards$/), ...nicBuffer('rx_brb_discard')]],
]);

/** Drivers that cannot tell when their receive ring ran dry, and who drops then. */
export const ringBlindDrivers: ReadonlyMap<string, string> = new Map([
  ['virtio_net', 'virtio_net cannot see its ring run dry: the hypervisor drops, and counts there'],
  ['xen_netfront', 'xen_netfront cannot see its ring run dry: the backend drops, and counts there'],
]);

/** A counter under the name it is reported with: the queue's number is `N`, so that queues add up. */
export interface RingCounterMatch {
  readonly kind: RingCounterKind;
  /** `rx_queue_N_drops`; the name itself when it is not per queue. */
  readonly family: string;
}

/** What a line of `ethtool -S` means for the receive ring; null when it says nothing about it, or the driver is not known. */
export function ringCounter(driver: string | null, name: string): RingCounterMatch | null {
  // A repeated name (vmxnet3 prints one block a queue) carries `#2`, `#3` ... in Rates.
  const bare = name.replace(/ #\d+$/, '');
  const found = byDriver.get(driver ?? '')?.find((counter) => matches(counter.name, bare));
  if (found === undefined) return null;
  return { kind: found.kind, family: typeof found.name === 'string' ? bare : bare.replace(/\d+/, 'N') };
}

function matches(pattern: string | RegExp, name: string): boolean {
  return typeof pattern === 'string' ? pattern === name : pattern.test(name);
}
