import { describe, expect, test } from 'vitest';
import { ringCounter } from '../../../src/knowledge/ringCounters.ts';
import { stepLabel, steps } from '../../../src/knowledge/steps.ts';
import { tcpStateMeanings } from '../../../src/knowledge/tcpStates.ts';

test('the way in has 25 steps and the way out 20, each once and in order', () => {
  const numbered = (letter: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  expect(steps.map((step) => step.id)).toEqual([...numbered('I', 25), ...numbered('E', 20)]);
  expect(stepLabel('I14')).toBe('I14 Per-CPU backlog');
});

test('every state of include/net/tcp_states.h has a meaning', () => {
  for (const state of 'ESTABLISHED SYN_SENT SYN_RECV FIN_WAIT1 FIN_WAIT2 TIME_WAIT CLOSE CLOSE_WAIT LAST_ACK LISTEN CLOSING'.split(
    ' ',
  ))
    expect(tcpStateMeanings.get(state)).toBeDefined();
});

describe('ringCounter', () => {
  test.each([
    ['igb', 'rx_queue_7_drops', 'lost', 'rx_queue_N_drops'],
    ['igb', 'rx_no_buffer_count', 'waiting', 'rx_no_buffer_count'],
    ['mlx5_core', 'rx_out_of_buffer', 'lost', 'rx_out_of_buffer'],
    ['mlx5_core', 'rx_prio3_buf_discard', 'nic-buffer', 'rx_prioN_buf_discard'],
    ['bnxt_en', '[11]: rx_discards', 'lost', '[N]: rx_discards'],
    ['ena', 'queue_0_rx_empty_rx_ring', 'waiting', 'queue_N_rx_empty_rx_ring'],
    ['vmxnet3', 'pkts rx OOB #8', 'lost', 'pkts rx OOB'],
    ['gve', 'rx_no_buffers_posted[2]', 'lost', 'rx_no_buffers_posted[N]'],
  ])('%s %s', (driver, name, kind, family) => {
    expect(ringCounter(driver, name)).toEqual({ kind, family });
  });

  test.each([
    ['igb', 'tx_queue_0_drops'],
    ['igb', 'rx_packets'],
    ['ena', 'bw_in_allowance_exceeded'],
    ['virtio_net', 'rx_drops'],
    ['unknown', 'rx_missed_errors'],
    [null, 'rx_missed_errors'],
  ])('%s %s says nothing', (driver, name) => {
    expect(ringCounter(driver, name)).toBeNull();
  });
});
