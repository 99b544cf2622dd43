import { describe, expect, test } from 'vitest';
import { nicCounterMeaning } from '../../../src/knowledge/nicCounterMeanings.ts';
import { nicCounterKind } from '../../../src/knowledge/nicCounters.ts';

describe('nicCounterKind', () => {
  test.each([
    ['rx_crc_errors', 'error'],
    ['port.rx_csum_bad', 'error'],
    ['[4]: rx_l4_csum_errors', 'error'],
    ['tx timeout count', 'error'],
    ['queue_0_tx_missed_tx', 'error'],
    ['rx_fec_uncorrectable_blocks', 'error'],
    ['link_down_events_phy', 'error'],
    ['rx_queue_0_csum_err', 'error'],
    ['tx_fifo_errors', 'error'],
    ['rx_queue_7_drops', 'drop'],
    ['tx_queue_dropped', 'drop'],
    ['drv dropped rx total #3', 'drop'],
    ['rx_steer_missed_packets', 'drop'],
    ['tx_queue_0_xdp_tx_drops', 'drop'],
    ['rx_out_of_buffer', 'ring'],
    ['rx_no_buffers_posted[3]', 'ring'],
    ['pkts rx OOB', 'ring'],
    ['rxq0: rx_drops_no_frags', 'ring'],
    ['queue_0_rx_empty_rx_ring', 'ring'],
    ['rx_missed_errors', 'ring'],
    ['queue_0_tx_queue_stop', 'stopped'],
    ['tx_queue_wake', 'stopped'],
    ['tx_stop[2]', 'stopped'],
    ['ring full', 'stopped'],
    ['stop_queue', 'stopped'],
    ['tx_restart_queue', 'stopped'],
    ['bw_in_allowance_exceeded', 'allowance'],
    ['link_xoff_rx.nic', 'pause'],
    ['rx_global_pause', 'pause'],
    ['tx_pauseframes', 'pause'],
    ['rx_packets', 'info'],
    ['rx0_cache_full', 'info'],
    ['tx_deferred_ok', 'info'],
    ['rx0_csum_complete', 'info'],
    ['rx_corrected_bits_phy', 'info'],
    ['port.fdir_sb_match', 'info'],
    ['rx_queue_0_xdp_drops', 'info'],
    ['rx_1024_to_1522_octet_packets', 'info'],
    ['tx_tso_packets', 'info'],
    ['tx_linearize', 'info'],
  ])('%s is of the kind %s', (name, kind) => {
    expect(nicCounterKind(null, name)).toBe(kind);
  });

  test('the driver decides where names mean different things', () => {
    expect(nicCounterKind('mlx4_en', 'rx_dropped')).toBe('ring');
    expect(nicCounterKind('i40e', 'rx_dropped')).toBe('drop');
    expect(nicCounterKind('bnxt_en', '[0]: rx_discards')).toBe('ring');
    expect(nicCounterKind('be2net', '[0]: rx_discards')).toBe('drop');
  });
});

test('a meaning is given where one is known', () => {
  expect(nicCounterMeaning('bw_in_allowance_exceeded')).toMatch(/inbound bandwidth/);
  expect(nicCounterMeaning('queue_3_rx_page_alloc_fail')).toMatch(/memory/);
  expect(nicCounterMeaning('rx_packets')).toBeNull();
});

test('a name without end costs no more than one of its own length', () => {
  const endless = 'prio1_fdir_'.repeat(200_000);
  const start = performance.now();
  expect([nicCounterKind(null, endless), nicCounterMeaning(endless)]).toEqual(['info', null]);
  expect(performance.now() - start).toBeLessThan(100);
});
