import { nicCounterKind } from '../../knowledge/nicCounters.ts';
import type { Delta, Rates } from '../../model/rates.ts';
import type { Nic } from '../../model/snapshot.ts';
import { moved, shareOf, sumDeltas } from '../evidence.ts';
import { formatCount, formatRate, formatShare, formatThings } from '../figures.ts';
import type { Draft, Evidence } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { physicalNics } from '../nicLoad.ts';
import { have, lack, type Needed, notRead, type RuleContext, ruleOf } from '../rule.ts';

interface NicRates {
  readonly nic: Nic;
  readonly statistics: ReadonlyMap<string, Delta>;
}

/** The statistics of each physical NIC that is in both samples. */
function statisticsOf({ rates, sample, snapshot }: RuleContext): Needed<readonly NicRates[]> {
  if (!rates.ok) return rates;
  const nics = physicalNics(snapshot);
  if (!nics.ok) return nics;
  if (!sample.nicStatistics.ok) return notRead(sample.nicStatistics);
  const found = nics.value.flatMap((nic) => {
    const statistics = rates.value.nicStatistics.get(nic.name);
    return statistics === undefined ? [] : [{ nic, statistics }];
  });
  return found.length > 0 ? have(found) : lack('no NIC has its statistics in both samples');
}

function fileEvidence(nic: Nic, field: string, delta: Delta, what: string): Evidence {
  return moved(`/sys/class/net/${nic.name}/statistics/${field}`, field, delta, what);
}

const damage = ['rx_crc_errors', 'rx_frame_errors', 'rx_length_errors'] as const;

const damageLimits = {
  warnShare: limit(0.01, 'node_exporter’s mixin', (value) => `above ${formatShare(value)} of the frames a warning`),
  minimumFrames: limit(1000, heuristic, (value) => `judged from ${formatCount(value)} frames on, less for information`),
};

/** R14: frames arrive damaged. One finding a NIC. */
export const damagedFrames = ruleOf({
  id: 'R14',
  title: 'Damaged frames',
  step: 'I2',
  evidence: '/sys/class/net/NIC/statistics rx_crc_errors + rx_frame_errors + rx_length_errors / rx_packets',
  fix: 'cable, optics, connector, duplex; the MTU of both sides where only length errors move. No setting of the kernel helps',
  lookalikes: 'A few at plugging in. Frames longer than the MTU count as length errors with some drivers.',
  limits: damageLimits,
  needs: statisticsOf,
  check: (nics, _, { warnShare, minimumFrames }) =>
    nics.flatMap(({ nic, statistics }): Draft[] => {
      const seen = damage.flatMap((field) => {
        const delta = statistics.get(field);
        return delta === undefined || delta.delta === 0 ? [] : [{ field, delta }];
      });
      const all = sumDeltas(seen.map(({ delta }) => delta));
      if (all === null) return [];
      const received = statistics.get('rx_packets');
      const share = shareOf(all.delta, (received?.delta ?? 0) + all.delta, minimumFrames);
      return [
        {
          severity: share !== null && share > warnShare ? 'warn' : 'info',
          subject: { kind: 'nic', nic: nic.name },
          title: `${nic.name} receives ${formatRate(all.perSecond, 'damaged frames')}${share === null ? '' : ` (${formatShare(share)} of all)`}`,
          why: 'The checksum or the length of frames is wrong when they arrive: they were damaged on the wire, or do not fit. They never reach the host.',
          evidence: seen.map(({ field, delta }) => fileEvidence(nic, field, delta, 'frames')),
          advice: [
            'Nothing to tune on this host: swap cable and optics, clean connectors, compare speed and duplex of both sides (`ethtool`), look at the switch port’s own counters. `ethtool -m` (as root) shows the light an optic receives.',
          ],
          verify: 'Snapshot again: the counters stay flat.',
          tab: 'nics',
        },
      ];
    }),
});

const flapLimits = {
  warnChanges: limit(
    2,
    heuristic,
    (value) => `from ${value} changes between the samples on (down and up again) a warning, one for information`,
  ),
};

/** R15: the link went away or came back. */
export const linkFlap = ruleOf({
  id: 'R15',
  title: 'Link changes',
  step: 'I1',
  evidence: '/sys/class/net/NIC carrier_changes between the samples',
  fix: 'cable, optics, switch port, power saving of the link',
  lookalikes: 'Setting rings or queues (`ethtool -G`, `-L`) takes the link down once with many drivers.',
  limits: flapLimits,
  needs: statisticsOf,
  check: (nics, _, { warnChanges }) =>
    nics.flatMap(({ nic, statistics }): Draft[] => {
      const changes = statistics.get('carrier_changes');
      if (changes === undefined || changes.delta === 0) return [];
      return [
        {
          severity: changes.delta >= warnChanges ? 'warn' : 'info',
          subject: { kind: 'nic', nic: nic.name },
          title: `The link of ${nic.name} changed ${changes.delta === 1 ? 'once' : formatThings(changes.delta, 'time')} in ${changes.seconds.toFixed(0)} s`,
          why: 'While the link is down everything for it is lost, and peers take seconds to find their way back.',
          evidence: [moved(`/sys/class/net/${nic.name}/carrier_changes`, 'carrier_changes', changes, 'changes')],
          advice: ['`dmesg` tells when and what the driver says; the switch’s log tells the other side.'],
          verify: 'Snapshot again: carrier_changes stays flat.',
          tab: 'nics',
        },
      ];
    }),
});

interface DriverCounter {
  readonly name: string;
  readonly delta: Delta;
}

/** The counters of `ethtool -S` of one kind that moved, of each physical NIC whose driver has any. */
function driverCounters(
  { rates, sample, snapshot }: RuleContext,
  isWanted: (driver: string | null, name: string) => boolean,
): Needed<readonly { nic: Nic; moved: readonly DriverCounter[] }[]> {
  if (!rates.ok) return rates;
  const nics = physicalNics(snapshot);
  if (!nics.ok) return nics;
  const read = nics.value.filter((nic) => rates.value.ethtoolStats.has(nic.name));
  if (read.length === 0) {
    const first = [...sample.ethtoolStats.values()].find((reading) => !reading.ok);
    return first?.ok === false ? notRead(first) : lack('no NIC has driver counters in both samples');
  }
  return have(read.map((nic) => ({ nic, moved: movedOf(nic, rates.value, isWanted) })));
}

function movedOf(nic: Nic, rates: Rates, isWanted: (driver: string | null, name: string) => boolean): DriverCounter[] {
  return [...(rates.ethtoolStats.get(nic.name) ?? [])]
    .filter(([name, delta]) => delta.delta > 0 && isWanted(nic.driver, name))
    .map(([name, delta]) => ({ name, delta }))
    .sort((a, b) => b.delta.delta - a.delta.delta);
}

const shownCounters = 8;

const pauseLimits = {
  perSecond: limit(100, heuristic, (value) => `above ${value} frames/s`),
};

/** R16: the other side of the link asks to wait, or is asked to. */
export const pauseFrames = ruleOf({
  id: 'R16',
  title: 'Pause frames',
  step: 'I1',
  evidence: '`ethtool -S` counters of pause (xoff, PFC) frames a second, by direction',
  fix: 'what is slow: this host where it sends them (R06, R36), the switch or the peer where it gets them; not the pause',
  lookalikes: 'Lossless networks (RoCE, FCoE) pause by design.',
  limits: pauseLimits,
  needs: (context) => driverCounters(context, (driver, name) => nicCounterKind(driver, name) === 'pause'),
  check: (nics, _, { perSecond }) =>
    nics.flatMap(({ nic, moved: counters }): Draft[] => {
      // Of one event drivers count frames, on and off, each class, and the time: the busiest frame counter is it.
      const [busiest] = counters.filter(({ name }) => !/duration|time|xon/i.test(name));
      if (busiest === undefined || busiest.delta.perSecond <= perSecond) return [];
      const received = /rx/i.test(busiest.name);
      return [
        {
          severity: 'warn',
          subject: { kind: 'nic', nic: nic.name },
          title: `${nic.name} ${received ? 'is told' : 'tells the other side'} to pause: ${formatRate(busiest.delta.perSecond, 'frames')}`,
          why: received
            ? 'The switch or the peer cannot take what this NIC sends and stops it: packets wait in the qdisc meanwhile.'
            : 'This host takes frames from the NIC too slowly, and the NIC stops the sender instead of dropping: nothing shows as lost here, everything is late.',
          evidence: counters
            .slice(0, shownCounters)
            .map(({ name, delta }) => moved(`ethtool -S ${nic.name}`, name, delta, 'frames')),
          advice: [
            received
              ? 'Look at the other end: its counters say what it waits for.'
              : 'Look at the CPUs that serve the NIC, and at its ring.',
          ],
          verify: 'Snapshot again under the same load: the counters stay flat.',
          tab: 'nics',
        },
      ];
    }),
});

/** R17: the cloud drops or delays what is over the instance's allowance. */
export const cloudAllowance = ruleOf({
  id: 'R17',
  title: 'Over the cloud’s allowance',
  step: 'I3',
  evidence: '`ethtool -S` of ena: *_allowance_exceeded between the samples',
  fix: 'a larger instance, fewer flows, a cache for DNS and instance data; no setting of the kernel helps',
  lookalikes: 'Bursts are allowed for a while: the counters move when the credit is used up.',
  limits: {
    least: limit(0, 'Amazon’s documentation of ENA', () => 'any is a warning, of connections critical'),
  },
  needs: (context) => driverCounters(context, (driver, name) => nicCounterKind(driver, name) === 'allowance'),
  check: (nics) =>
    nics.flatMap(({ nic, moved: counters }): Draft[] => {
      const [worst] = counters;
      if (worst === undefined) return [];
      const isConntrack = counters.some(({ name }) => name.startsWith('conntrack'));
      return [
        {
          severity: isConntrack ? 'crit' : 'warn',
          subject: { kind: 'nic', nic: nic.name },
          title: `${nic.name} is over its instance’s allowance: ${worst.name} ${formatRate(worst.delta.perSecond)}`,
          why: 'The cloud queues or drops packets above what this size of instance may have, before they reach the host or after they left it.',
          evidence: counters
            .slice(0, shownCounters)
            .map(({ name, delta }) => moved(`ethtool -S ${nic.name}`, name, delta, 'packets')),
          advice: [
            'Nothing to tune on this host: a larger instance, or the load spread over several; for linklocal a DNS cache on the host.',
          ],
          verify: 'Snapshot again under the same load: the counters stay flat.',
          tab: 'nics',
        },
      ];
    }),
});
