import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseEthtoolFigures } from '../../../src/kernel/ethtool/queueFigures.ts';
import { placeStats } from '../../../src/kernel/ethtool/statPlace.ts';
import { parseEthtoolStats } from '../../../src/kernel/ethtool/stats.ts';
import { statTraffic, trafficFigures } from '../../../src/kernel/ethtool/statTraffic.ts';
import { fuzzRuns } from '../fuzz.ts';
import { fixture } from './fixture.ts';

/** A text of `ethtool -S` with these lines. */
function text(...lines: readonly string[]): string {
  return `NIC statistics:\n${lines.map((line) => `     ${line}`).join('\n')}\n`;
}

describe('the queue in a name', () => {
  test.each([
    ['ixgbe', 'rx_queue_3_packets', 'rx', 3, 'packets'],
    ['igb', 'tx_queue_12_restart', 'tx', 12, 'restart'],
    ['i40e before 4.20', 'tx-3.tx_bytes', 'tx', 3, 'bytes'],
    ['i40e', 'rx-3.bytes', 'rx', 3, 'bytes'],
    ['sfc', 'rx-3.rx_packets', 'rx', 3, 'packets'],
    ['mlx5_core', 'rx3_xdp_drop', 'rx', 3, 'xdp_drop'],
    ['mlx5_core with traffic classes', 'tx3_1_packets', 'tx', 3, 'packets'],
    ['mlx5_core channel', 'ch3_poll', null, 3, 'poll'],
    ['virtio_net since 6.9', 'tx3_packets', 'tx', 3, 'packets'],
    ['be2net', 'rxq3: rx_drops_no_frags', 'rx', 3, 'drops_no_frags'],
    ['hns3', 'txq3_bytes', 'tx', 3, 'bytes'],
    ['idpf', 'rx_q-3_pkts', 'rx', 3, 'pkts'],
    ['ena', 'queue_3_tx_cnt', 'tx', 3, 'cnt'],
    ['ena', 'queue_3_rx_empty_rx_ring', 'rx', 3, 'empty_rx_ring'],
    ['bnxt_en', '[3]: rx_ucast_bytes', 'rx', 3, 'ucast_bytes'],
    ['bnxt_en', '[3]: missed_irqs', null, 3, 'missed_irqs'],
    ['qede', '3: rcv_pkts', 'rx', 3, 'pkts'],
    ['gve', 'tx_stop[3]', 'tx', 3, 'stop'],
    ['atlantic', 'Queue[3] InPackets', 'rx', 3, 'packets'],
    ['enetc', 'Rx ring  3 frames', 'rx', 3, 'frames'],
    ['stmmac', 'q3_rx_pkt_n', 'rx', 3, 'pkt_n'],
  ])('%s: %s', (_, name, direction, queue, field) => {
    expect(placeStats([{ name, value: 1 }])).toEqual([{ name, key: name, value: 1, direction, queue, field }]);
  });

  test.each([
    ['rx_64_bytes_phy', 'rx'],
    ['rx_prio0_packets', 'rx'],
    ['tx_prio_3_bytes', 'tx'],
    ['port.rx_size_64', 'rx'],
    ['rx_1024_to_1522_octet_packets', 'rx'],
    ['cpu3_vf_rx_packets', 'rx'],
    ['tx-xdp-cpu-0.tx_packets', 'tx'],
    ['rx_frames_64', 'rx'],
  ])('there is none in %s', (name, direction) => {
    expect(placeStats([{ name, value: 1 }])).toMatchObject([{ queue: null, direction }]);
  });

  it('is a bare number only where queue 0 has its packets so', () => {
    const mana = placeStats(parseEthtoolStats(text('rx_0_packets: 1', 'rx_64_packets: 2')).value);
    expect(mana.map(({ queue }) => queue)).toEqual([0, 64]);
    expect(placeStats([{ name: 'rx_64_packets', value: 2 }])).toMatchObject([{ queue: null }]);
  });
});

describe('parseEthtoolFigures', () => {
  it('reads vmxnet3, whose queues are headings', () => {
    const { value, warnings } = parseEthtoolFigures(fixture('ethtool-S.vmxnet3.txt'));
    expect(warnings).toEqual([]);
    expect(value.queues.map(({ queue }) => queue)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(value.queues.every(({ rx, tx }) => rx !== null && tx !== null)).toBe(true);
    const sum = (pick: (queue: (typeof value.queues)[number]) => number | null | undefined): number =>
      value.queues.reduce((total, queue) => total + (pick(queue) ?? Number.NaN), 0);
    expect(value.totals.rx.packets).toBe(sum(({ rx }) => rx?.packets));
    expect(value.totals.tx.bytes).toBe(sum(({ tx }) => tx?.bytes));
    expect(value.totals.tx.packets).toBeGreaterThan(0);
  });

  it('reads virtio_net, which counts no errors: unknown, not 0', () => {
    const { queues, totals } = parseEthtoolFigures(fixture('ethtool-S.virtio.txt')).value;
    expect(queues[0]?.rx).toMatchObject({ drops: 0, errors: null });
    expect(queues[0]?.rx?.packets).toBeGreaterThan(0);
    expect(totals.rx.bytes).toBe(queues.reduce((sum, { rx }) => sum + (rx?.bytes ?? Number.NaN), 0));
  });

  it('adds up what is counted by kind of address', () => {
    const value = parseEthtoolFigures(
      text(
        'rx_bytes: 900',
        'rx_ucast_packets: 90',
        '[0]: rx_bytes: 111',
        '[0]: rx_ucast_packets: 5',
        '[0]: rx_mcast_packets: 6',
        '[0]: rx_bcast_packets: 7',
        '[0]: rx_discards: 2',
        '[0]: rx_skb_alloc_discard: 1',
        '[0]: tx_bytes: 99',
        '[0]: tx_ucast_packets: 8',
      ),
    ).value;
    expect(value.queues).toEqual([
      {
        queue: 0,
        rx: { packets: 18, bytes: 111, drops: 2, errors: null },
        tx: { packets: 8, bytes: 99, drops: null, errors: null },
      },
    ]);
    expect(value.totals.rx).toEqual({ packets: 90, bytes: 900, drops: 2, errors: null });
  });

  it('adds up the traffic classes of a channel, and the reasons of drops of a queue', () => {
    const mlx5 = parseEthtoolFigures(text('tx0_0_packets: 3', 'tx0_1_packets: 4', 'tx0_0_dropped: 1')).value;
    expect(mlx5.queues[0]?.tx).toEqual({ packets: 7, bytes: null, drops: 1, errors: null });
    const be2net = parseEthtoolFigures(
      text('rxq0: rx_pkts: 5', 'rxq0: rx_drops_no_skbs: 2', 'rxq0: rx_drops_no_frags: 3', 'rxq0: rx_compl_err: 4'),
    ).value;
    expect(be2net.queues[0]?.rx).toEqual({ packets: 5, bytes: null, drops: 5, errors: 4 });
  });

  test.each([
    ['tg3', ['rx_octets: 7', 'rx_ucast_packets: 1', 'rx_mcast_packets: 2', 'rx_bcast_packets: 3'], 6, 7],
    ['bnxt_en', ['rx_total_frames: 9', 'rx_ucast_frames: 1', 'rx_mcast_frames: 2', 'rx_bytes: 7'], 3, 7],
    ['sfc', ['port_rx_packets: 4', 'port_rx_bytes: 7', 'rx_unicast: 3'], 4, 7],
    ['iavf', ['rx_unicast: 1', 'rx_multicast: 2', 'rx_broadcast: 3', 'rx_bytes: 7'], 6, 7],
    ['i40e', ['rx_packets: 4', 'port.rx_unicast: 9', 'port.rx_bytes: 9', 'veb.rx_bytes: 9', 'rx_bytes: 7'], 4, 7],
    ['fsl_dpaa2', ['[hw] rx frames: 4', '[hw] rx bytes: 7', '[mac] rx bytes: 9'], 4, 7],
    ['mvneta', ['good_octets_received: 7', 'good_frames_received: 4', 'good_frames_sent: 9'], 4, 7],
    ['atlantic', ['InPackets: 4', 'InUCast: 3', 'InOctets: 7', 'OutOctets: 9'], 4, 7],
    ['mlx5_core', ['rx_packets: 4', 'rx_bytes: 7', 'rx_packets_phy: 9', 'rx_prio0_bytes: 9'], 4, 7],
    ['r8169', ['rx_packets: 4', 'unicast: 3'], 4, null],
    ['8139cp', ['tx_ok: 9', 'rx_ok: 4'], 4, null],
    ['hv_netvsc', ['vf_rx_packets: 9', 'cpu0_rx_packets: 9', 'rx_queue_0_packets: 4', 'rx_queue_0_bytes: 7'], 4, 7],
  ])('finds the totals of %s', (_, lines, packets, bytes) => {
    expect(parseEthtoolFigures(text(...lines)).value.totals.rx).toMatchObject({ packets, bytes });
  });

  it('takes the driver’s own totals before the sum of its queues', () => {
    const value = parseEthtoolFigures(
      text('rx_packets: 10', 'rx_queue_0_packets: 4', 'rx_queue_1_packets: 5', 'rx_queue_0_drops: 1'),
    ).value;
    expect(value.totals.rx).toEqual({ packets: 10, bytes: null, drops: 1, errors: null });
  });

  it('holds what an XDP program drops for no loss', () => {
    const value = parseEthtoolFigures(text('rx_queue_0_xdp_drops: 9', 'rx_queue_0_xdp_packets: 9')).value;
    expect(value.queues[0]?.rx).toEqual({ packets: null, bytes: null, drops: null, errors: null });
  });
});

describe('whatever names a driver makes up', () => {
  const name = fc
    .tuple(
      fc.constantFrom('', 'rx', 'tx', 'rx_queue_', 'tx-', 'queue_', '[', 'port.', 'rxq', 'ch'),
      fc.constantFrom('', '0', '1', '12', '4096'),
      fc.constantFrom('', '_', '.', ': ', ']: ', '_0_'),
      fc.constantFrom('packets', 'rx_bytes', 'drops', 'ucast_packets', 'mcast_packets', 'errors', 'xdp_drops', 'bytes'),
    )
    .map((parts) => parts.join(''));
  const heading = fc.constantFrom('Rx Queue#', 'Tx Queue#');
  const stats = fc.array(fc.record({ name: fc.oneof(name, name, heading), value: fc.nat() }), { maxLength: 60 });

  it('keeps every line but headings, tells each from the others, and counts none twice in a figure', () => {
    fc.assert(
      fc.property(stats, (lines) => {
        const placed = placeStats(lines);
        expect(placed).toHaveLength(lines.filter((line) => !line.name.endsWith('Queue#')).length);
        const keys = new Set(placed.map(({ key }) => key));
        expect(keys.size).toBe(placed.length);
        const { queues, totals } = statTraffic(placed);
        for (const traffic of [totals.rx, totals.tx, ...queues.flatMap(({ rx, tx }) => [rx, tx])]) {
          for (const figure of trafficFigures) {
            const used = traffic?.[figure] ?? [];
            expect(new Set(used).size).toBe(used.length);
            expect(used.every((key) => keys.has(key))).toBe(true);
          }
        }
      }),
      { numRuns: fuzzRuns },
    );
  });
});
