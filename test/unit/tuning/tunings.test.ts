import { describe, expect, it, test } from 'vitest';
import { computedChanges, tuningHost } from '../../../src/report/tuningNotes.ts';
import { allForms } from '../../../src/tuning/allForms.ts';
import { allTunings } from '../../../src/tuning/allTunings.ts';
import { currentOf } from '../../../src/tuning/current.ts';
import { subjectOf } from '../../../src/tuning/describe.ts';
import { inverseOf } from '../../../src/tuning/inverse.ts';
import { isSame } from '../../../src/tuning/isSame.ts';
import type { Outcome } from '../../../src/tuning/tuning.ts';
import { captures, observed, planned, said, withNic, withSysctl } from './captures.ts';

const fourDrivers = observed('four-drivers.netsnap.gz');
const eightCpus = observed('vm-8cpu.netsnap');
const poor = observed('busybox.netsnap.gz');

function arithmeticOf(outcomes: readonly Outcome[], subject: string): string {
  const outcome = outcomes.find((one) => one.state === 'change' && subjectOf(one.change) === subject);
  return outcome?.state === 'change' ? outcome.arithmetic.formula : 'no change';
}

describe.each(captures)('on %s', (name) => {
  const observation = observed(name);
  const host = tuningHost(observation, { nic: null, rttMs: 40, services: [{ flow: 'udp4', port: 53 }] });

  it('every tuning says what it would set, what stays, or what is missing', () => {
    for (const tuning of allTunings) {
      const outcomes = tuning.plan(host);
      expect(outcomes.length, tuning.id).toBeGreaterThan(0);
      for (const outcome of outcomes) {
        if (outcome.state === 'missing') expect(outcome.reason, outcome.subject).not.toBe('');
        else expect(outcome.arithmetic.formula, tuning.id).not.toBe('');
      }
    }
  });

  it('each change starts from what the snapshot reads, can be written somewhere, and goes back', () => {
    for (const { change } of computedChanges(observation)) {
      const subject = subjectOf(change);
      expect(currentOf(change, observation.snapshot), subject).toEqual({ ok: true, value: change.current });
      expect(
        allForms.some((form) => form.render(change, observation.snapshot).ok),
        subject,
      ).toBe(true);
      const inverse = inverseOf(change);
      if (change.value === change.current) continue;
      expect(inverse?.value, subject).toBe(change.current);
      expect(inverse === null ? null : inverseOf(inverse), subject).toMatchObject({ ...change, atLeast: false });
      expect(isSame(change, change.value)).toBe(true);
      expect(isSame(change, change.current ?? ''), subject).toBe(false);
    }
  });
});

describe('values from real hosts', () => {
  test('T1: the driver’s maximum or the CPUs near it, whichever is less; isolated CPUs and other nodes do not count', () => {
    const one = { rx: null, tx: null, other: 1, combined: 1 };
    const eth2 = eightCpus.snapshot.nics.find(({ name }) => name === 'eth2');
    if (eth2?.channels.ok !== true) throw new Error('no channels');
    const few = withNic(eightCpus, 'eth2', {
      numaNode: 1,
      channels: { ...eth2.channels, value: { ...eth2.channels.value, current: one } },
    });
    const cpus = {
      ...few.snapshot.cpus,
      isolated: [6],
      nodes: new Map([
        [0, [0, 1, 2, 3]],
        [1, [4, 5, 6, 7]],
      ]),
    };
    const numa = { ...few, snapshot: { ...few.snapshot, cpus } };
    expect(said(planned('T1', numa, { nic: 'eth2' }))).toEqual(['eth2 channels combined: 1 -> 3']);
    expect(arithmeticOf(planned('T1', numa, { nic: 'eth2' }), 'eth2 channels combined')).toBe('min(8, 3) = 3');
    expect(said(planned('T1', eightCpus, { nic: 'eth2' }))).toEqual(['kept: eth2 channels combined 8']);
    expect(said(planned('T1', eightCpus, { nic: 'eth1' }))).toEqual([
      'none: eth1 channels: the driver does not support it',
    ]);
  });

  test('T2: what the full link brings while a run of others lasts, as a power of two up to the driver’s maximum', () => {
    const busy = observed('vm-8cpu.netsnap', (text) =>
      text
        .replace(/^( *eth1: *)\d+ +\d+/gm, '$1976000000 1000000')
        .replace(/(\/eth1\/statistics\/rx_packets:)\d+/g, '$11000000'),
    );
    const [ring] = planned('T2', busy, { nic: 'eth1' });
    // 1 Gbit/s of 976 + 24 bytes are 125,000 frames a second, 1,000 of them in 8 ms.
    expect(said(ring === undefined ? [] : [ring])).toEqual(['eth1 rx ring: 256 -> 1024']);
    expect(ring?.state === 'change' && ring.arithmetic.formula).toBe(
      '125000 frames/s / 1 x 1 x 8000 us = 1000 descriptors; the next power of two, at least 256 and at most 4096 = 1024',
    );
    expect(ring?.state === 'change' && ring.arithmetic.terms.map(({ source }) => source)).toContain('ethtool -g eth1');
    expect(said(planned('T2', eightCpus, { nic: 'eth1' }))[0]).toMatch(
      /^none: eth1 rx ring: .*fewer than 10000 frames/,
    );
  });

  test('T3: an even table stays; one that leaves queues out is spread; weights go back as weights', () => {
    expect(said(planned('T3', fourDrivers, { nic: 'eth2' }))).toEqual(['kept: eth2 RSS table 32 32 32 32']);
    const eth2 = fourDrivers.snapshot.nics.find(({ name }) => name === 'eth2');
    if (eth2?.rss.ok !== true) throw new Error('no table');
    const { rss } = eth2;
    const as = (table: number[]) =>
      said(
        planned('T3', withNic(fourDrivers, 'eth2', { rss: { ...rss, value: { ...rss.value, table } } }), {
          nic: 'eth2',
        }),
      );
    expect(as([0, 1, 0, 1, 0, 1, 0, 1])).toEqual(['eth2 rxfh equal: 2 -> 4']);
    expect(as([0, 0, 0, 1, 1, 1, 2, 3])).toEqual(['eth2 rxfh weight: 3 3 1 1 -> 1 1 1 1']);
    expect(as([3, 0, 0, 0])[0]).toMatch(/^none: .*order that ethtool cannot make again/);
  });

  test('T6: values that Intel’s drivers read as a mode stay', () => {
    expect(said(planned('T6', fourDrivers))).toEqual([
      'none: eth0 coalescing: the driver does not support it',
      'kept: eth1 coalesce rx-usecs 3',
      'none: eth2 coalescing: the driver does not support it',
      'none: eth3 coalescing: virtio_net says off and 0 also where the device cannot wait',
    ]);
    const eth1 = fourDrivers.snapshot.nics.find(({ name }) => name === 'eth1');
    if (eth1?.coalesce.ok !== true) throw new Error('no coalescing');
    const coalesce = { ...eth1.coalesce, value: { ...eth1.coalesce.value, values: new Map([['rx-usecs', 0]]) } };
    expect(said(planned('T6', withNic(fourDrivers, 'eth1', { coalesce }), { nic: 'eth1' }))).toEqual([
      'eth1 coalesce rx-usecs: 0 -> 50',
    ]);
  });

  test('T7: vectors of all NICs over the CPUs in turn, completions beside their queue, and irqbalance told', () => {
    const plans = said(planned('T7', fourDrivers));
    expect(plans.filter((line) => line.startsWith('eth2'))).toEqual([
      'eth2 affinity of eth2-rxtx-0: 0-3 -> 2',
      'eth2 affinity of eth2-rxtx-1: 0-3 -> 3',
      'eth2 affinity of eth2-rxtx-2: 0-3 -> 0',
      'eth2 affinity of eth2-rxtx-3: 0-3 -> 1',
    ]);
    expect(plans).toContain('eth1 affinity of eth1-rx-0: 0-3 -> 1');
    expect(plans).toContain('eth1 affinity of eth1-tx-0: 0-3 -> 1');
    const { bootConfig } = fourDrivers.snapshot;
    const irqbalance = {
      ok: true,
      source: 'test',
      warnings: [],
      value: {
        enabled: true,
        oneshot: false,
        running: true,
        bannedCpus: [],
        bannedIrqs: [],
        policyScript: null,
        args: '--journal',
        lines: [],
      },
    } as const;
    const running = {
      ...fourDrivers,
      snapshot: { ...fourDrivers.snapshot, bootConfig: { ...bootConfig, irqbalance } },
    };
    expect(said(planned('T7', running, { nic: 'eth1' })).at(-1)).toBe(
      'IRQBALANCE_ARGS: --journal -> --journal --banmod=e1000e',
    );
  });

  test('T10: CPUs near the NIC without those it interrupts; off where each CPU has a queue; XPS deals the CPUs out', () => {
    expect(said(planned('T10', eightCpus, { nic: 'eth1' }))).toEqual([
      'eth1 rps_cpus: 0 -> fd',
      'none: eth1 xps_cpus: one transmit queue: there is nothing to choose',
    ]);
    expect(said(planned('T10', eightCpus, { nic: 'eth2' })).slice(0, 3)).toEqual([
      'kept: eth2 rps_cpus 0',
      'eth2 xps_cpus of queue 0: 0 -> 1',
      'eth2 xps_cpus of queue 1: 0 -> 2',
    ]);
    expect(arithmeticOf(planned('T10', eightCpus, { nic: 'eth1' }), 'eth1 rps_cpus')).toBe(
      '1 queues < 8 CPUs: 0,2-7 = mask fd',
    );
  });

  test('T11: both tables, the queues’ shares of the host’s', () => {
    expect(said(planned('T11', eightCpus, { nic: 'eth2' }))).toEqual([
      'net.core.rps_sock_flow_entries: 0 -> 32768',
      'eth2 rps_flow_cnt: 0 -> 4096',
    ]);
    const many = observed('vm-8cpu.netsnap', (text) => text.replace(/^TCP: inuse \d+/gm, 'TCP: inuse 50000'));
    expect(said(planned('T11', many, { nic: 'eth2' }))).toEqual([
      'net.core.rps_sock_flow_entries: 0 -> 131072',
      'eth2 rps_flow_cnt: 0 -> 16384',
    ]);
  });

  test('T14: the length comes before the bits, and bits that are set are set again for a new length', () => {
    const many = observed('vm-8cpu.netsnap', (text) => text.replace(/^TCP: inuse \d+/gm, 'TCP: inuse 50000'));
    const keys = (observation: typeof many) => said(planned('T14', observation));
    expect(keys(many)).toEqual([
      'net.core.flow_limit_table_len: 4096 -> 65536',
      'net.core.flow_limit_cpu_bitmap: 00 -> ff',
    ]);
    expect(keys(withSysctl(many, { 'net.core.flow_limit_cpu_bitmap': 'ff' }))[1]).toBe(
      'net.core.flow_limit_cpu_bitmap: ff -> ff',
    );
  });

  test('T15: a router looks up no sockets first', () => {
    const router = observed('vm-8cpu.netsnap', (text) =>
      text.replace(/^Ip: (\d+ \d+ \d+ \d+ \d+) \d+ (\d+ \d+) \d+/gm, 'Ip: $1 90000 $2 500'),
    );
    expect(said(planned('T15', router))).toEqual(['net.ipv4.ip_early_demux: 1 -> 0']);
  });

  test('T16: bandwidth times round trip, twice, in pages; without a round trip it says so', () => {
    expect(said(planned('T16', eightCpus))[0]).toMatch(/^none: net\.ipv4\.tcp_rmem: the round trip.*--rtt MS/);
    const roomy = withSysctl(eightCpus, { 'net.ipv4.tcp_mem': '190000 250000 4000000' });
    expect(said(planned('T16', roomy, { rttMs: 100 }))[0]).toBe(
      'net.ipv4.tcp_rmem: 4096 131072 6291456 -> 4096 131072 25001984',
    );
    expect(arithmeticOf(planned('T16', roomy, { rttMs: 100 }), 'net.ipv4.tcp_rmem')).toMatch(
      /^1000 Mbit\/s x 100 ms \/ 8 = 12500000 bytes under way; x 2 in whole pages = 25001984; at least 6291456, at most \d+ = 25001984$/,
    );
  });

  test('T17, T19: nothing is raised that nobody fills', () => {
    expect(said(planned('T17', eightCpus))[0]).toBe('kept: net.core.somaxconn 4096');
    expect(said(planned('T19', eightCpus))).toEqual([
      'kept: net.ipv4.ip_local_port_range 32768 60999',
      'kept: net.ipv4.tcp_max_tw_buckets 4096',
    ]);
  });

  test('a host without ethtool gets no value that would need it, and is told why', () => {
    for (const id of ['T1', 'T3', 'T4', 'T6']) {
      const outcomes = planned(id, poor);
      expect(
        outcomes.every(({ state }) => state === 'missing'),
        said(outcomes).join(),
      ).toBe(true);
    }
  });
});
