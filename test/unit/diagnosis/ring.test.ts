import { describe, expect, test } from 'vitest';
import { ringLossPerSecond } from '../../../src/diagnosis/ringLoss.ts';
import { ratesOf } from '../../../src/model/ratesOf.ts';
import { missing } from '../../../src/model/reading.ts';
import type { Nic, Sample } from '../../../src/model/snapshot.ts';
import { type Case, ethtool, findingOf, findingsOf, nicOf, ring, snapshotOf, statistics } from './build.ts';

type Counters = Readonly<Record<string, number>>;

/** eth0 over two seconds; every counter starts at 0. */
function received(nic: Partial<Nic>, kernel: Counters, driver: Counters = {}): Case {
  const zero = (counters: Counters): Counters => Object.fromEntries(Object.keys(counters).map((name) => [name, 0]));
  const sample = (a: Counters, b: Counters): Partial<Sample> => ({
    ...statistics({ eth0: a }),
    ...ethtool({ eth0: b }),
  });
  return { before: sample(zero(kernel), zero(driver)), after: sample(kernel, driver), nics: [nicOf('eth0', nic)] };
}

describe('R06 ring exhausted', () => {
  test('missed frames double a ring that can grow', () => {
    const finding = findingOf(
      'R06',
      received(
        { driver: 'ixgbe', ...ring(512, 4096) },
        { rx_packets: 100_000, rx_missed_errors: 400, rx_fifo_errors: 0 },
      ),
    );
    expect(finding.severity).toBe('crit');
    expect(finding.title).toBe('eth0 lost 200 frames/s for want of a free RX descriptor (0.4 % of all)');
    expect(finding.changes).toMatchObject([
      { kind: 'ethtool', set: 'ring', nic: 'eth0', name: 'rx', value: '1024', current: '512' },
    ]);
    expect(finding).toMatchObject({ key: 'R06 eth0', step: 'I3', subject: { kind: 'nic', nic: 'eth0' } });
  });

  test('one loss under several names is counted once, all are named', () => {
    const finding = findingOf(
      'R06',
      received(
        { driver: 'igb', ...ring(256, 4096) },
        { rx_packets: 1_000_000, rx_missed_errors: 90, rx_fifo_errors: 100 },
        { rx_missed_errors: 90, rx_queue_0_drops: 60, rx_queue_1_drops: 40, rx_no_buffer_count: 700, rx_bytes: 5 },
      ),
    );
    expect(finding.title).toContain('50 frames/s');
    expect(finding.severity).toBe('warn');
    expect(finding.evidence.map(({ field, figure }) => `${field} ${figure}`).sort()).toEqual([
      'rx_fifo_errors 50 frames/s',
      'rx_missed_errors 45 frames/s',
      'rx_missed_errors 45 frames/s',
      'rx_no_buffer_count 350 events/s',
      'rx_queue_N_drops 50 frames/s',
    ]);
  });

  test.each([
    ['doubled no further than the maximum', ring(3000, 4096), 4096],
    ['at its maximum', ring(4096, 4096), null],
    ['not told by the driver', ring(null, null), null],
    ['not readable', { ring: missing('ethtool -g eth0', 'no-tool', 'ethtool is not installed') }, null],
  ])('ring %s', (_, sizes, size) => {
    const finding = findingOf('R06', received(sizes, { rx_packets: 9000, rx_missed_errors: 1 }));
    expect(finding.changes.map((change) => Number(change.value))).toEqual(size === null ? [] : [size]);
    expect(finding.advice[0]).toMatch(size === null ? /No ring size|at its maximum/ : /double it/);
  });

  test('frames dropped in the NIC itself do not ask for a larger ring', () => {
    const nic = { driver: 'mlx5_core', ...ring(1024, 8192) };
    const own = findingOf('R06', received(nic, { rx_packets: 9000 }, { rx_discards_phy: 50 }));
    expect(own.changes).toEqual([]);
    expect(own.title).toBe('eth0 lost 25 frames/s in its own buffer (0.55 % of all)');
    const both = findingOf('R06', received(nic, { rx_packets: 9000 }, { rx_discards_phy: 50, rx_out_of_buffer: 2 }));
    expect(both.changes).toHaveLength(1);
  });

  test.each([
    ['no loss', received({}, { rx_packets: 9000, rx_missed_errors: 0, rx_dropped: 40 })],
    ['only waiting', received({ driver: 'ena' }, { rx_packets: 9000 }, { queue_3_rx_empty_rx_ring: 9 })],
    ['a name that another driver means', received({ driver: 'virtio_net' }, { rx_packets: 9000 }, { rx_discards: 9 })],
  ])('silent: %s', (_, parts) => {
    expect(findingsOf('R06', parts)).toEqual([]);
  });

  test('a bond repeats its NICs and is left out', () => {
    const nics = { before: { rx_missed_errors: 0 }, after: { rx_missed_errors: 9 } };
    const findings = findingsOf('R06', {
      before: statistics({ bond0: nics.before, eth0: nics.before }),
      after: statistics({ bond0: nics.after, eth0: nics.after }),
      nics: [nicOf('bond0', { physical: false }), nicOf('eth0')],
    });
    expect(findings.map((finding) => finding.key)).toEqual(['R06 eth0']);
  });
});

describe('loss of all NICs', () => {
  const loss = (parts: Case): number | null => {
    const snapshot = snapshotOf(parts);
    return ringLossPerSecond(snapshot, ratesOf(snapshot));
  };

  test('adds NICs, of each its largest counter, and leaves out what repeats them', () => {
    const nics = [nicOf('eth0'), nicOf('eth1'), nicOf('bond0', { physical: false })];
    const before = statistics({
      eth0: { rx_missed_errors: 0 },
      eth1: { rx_missed_errors: 0 },
      bond0: { rx_missed_errors: 0 },
    });
    const after = statistics({
      eth0: { rx_missed_errors: 100 },
      eth1: { rx_missed_errors: 40 },
      bond0: { rx_missed_errors: 140 },
    });
    expect(loss({ before, after, nics })).toBe(70);
    expect(loss({ before, after: before, nics })).toBe(0);
  });

  test('is not known without rates or counters', () => {
    const nics = [nicOf('eth0')];
    expect(loss({ oneSample: true, after: statistics({ eth0: { rx_missed_errors: 1 } }), nics })).toBeNull();
    expect(loss({ after: {}, nics })).toBeNull();
    expect(loss({ after: {} })).toBeNull();
  });
});
