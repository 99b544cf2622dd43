import { nicCounterKind } from '../../knowledge/nicCounters.ts';
import type { Delta, Rates } from '../../model/rates.ts';
import type { Nic } from '../../model/snapshot.ts';
import type { Change } from '../../tuning/change.ts';
import { moved } from '../evidence.ts';
import { formatCount, formatRate } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { physicalNics } from '../nicLoad.ts';
import { have, lack, type Needed, ruleOf } from '../rule.ts';

const fullLimits = {
  perSecond: limit(100, heuristic, (value) => `above ${value}/s`),
};

interface NicRates {
  readonly nics: readonly Nic[];
  readonly rates: Rates;
}

/** R41: the transmit ring was full. */
export const txRingFull = ruleOf({
  id: 'R41',
  title: 'TX ring full',
  step: 'E12',
  evidence: '`ethtool -S` counters of busy, stopped or restarted transmit queues a second, and tx_fifo_errors',
  fix: 'a larger TX ring, more transmit queues, XPS, TSO on; of virtual NICs the host below',
  lookalikes: 'With byte queue limits stopping and waking queues is flow control: then only busy rings are counted.',
  limits: fullLimits,
  needs: ({ rates, snapshot }): Needed<NicRates> => {
    if (!rates.ok) return rates;
    const nics = physicalNics(snapshot);
    if (!nics.ok) return nics;
    const read = nics.value.filter(({ name }) => rates.value.ethtoolStats.has(name));
    return read.length > 0
      ? have({ nics: read, rates: rates.value })
      : lack('no NIC has driver counters in both samples');
  },
  check: ({ nics, rates }, _, { perSecond }) =>
    nics.flatMap((nic): Draft[] => {
      const full = fullCounters(nic, rates);
      const [worst] = full;
      if (worst === undefined || worst.delta.perSecond <= perSecond) return [];
      const change = largerRing(nic);
      return [
        {
          severity: 'warn',
          subject: { kind: 'nic', nic: nic.name },
          title: `The transmit ring of ${nic.name} is full: ${worst.name} ${formatRate(worst.delta.perSecond)}`,
          why: 'The driver has no free descriptor for a packet: the NIC does not send as fast as it is given, or tells late what it has sent.',
          evidence: full.slice(0, 8).map(({ name, delta }) => moved(`ethtool -S ${nic.name}`, name, delta, 'times')),
          changes: change,
          advice: [
            ...(nic.ring.ok && change.length === 0
              ? ['The TX ring is at its maximum already, or its size is not known.']
              : []),
            'More transmit queues and XPS spread senders; TSO makes fewer, larger packets for the ring. A virtual NIC waits for the machine below it.',
          ],
          sideEffects: 'Setting the ring takes the link down for a moment on most drivers.',
          verify: 'Snapshot again under the same load: the counters stay flat.',
          tab: 'nics',
        },
      ];
    }),
});

function fullCounters(nic: Nic, rates: Rates): { name: string; delta: Delta }[] {
  const isLimited = nic.queues.some(({ limits }) => limits !== null);
  return [...(rates.ethtoolStats.get(nic.name) ?? [])]
    .filter(([name, delta]) => delta.delta > 0 && nicCounterKind(nic.driver, name) === 'stopped')
    .filter(([name]) => !isLimited || /busy|full|exhaust|no_?space/i.test(name))
    .map(([name, delta]) => ({ name, delta }))
    .sort((a, b) => b.delta.delta - a.delta.delta);
}

function largerRing(nic: Nic): Change[] {
  if (!nic.ring.ok) return [];
  const [current, maximum] = [nic.ring.value.current.tx, nic.ring.value.maximum.tx];
  if (current === null || maximum === null || current >= maximum) return [];
  const value = String(Math.min(maximum, current * 2));
  return [{ kind: 'ethtool', set: 'ring', nic: nic.name, name: 'tx', value, current: String(current), atLeast: true }];
}

/** R42: the NIC stopped sending. */
export const txTimeout = ruleOf({
  id: 'R42',
  title: 'Transmit timeout',
  step: 'E20',
  evidence: '/sys/class/net/NIC/queues/tx-N/tx_timeout between the samples',
  fix: 'driver, firmware, hypervisor; no setting',
  lookalikes: 'Unplugging a cable under load times out once with some drivers.',
  limits: {
    least: limit(0, 'the kernel’s watchdog (NETDEV WATCHDOG, 5 s)', () => 'any is critical'),
  },
  needs: ({ rates, sample, snapshot }): Needed<NicRates> => {
    if (!rates.ok) return rates;
    const nics = physicalNics(snapshot);
    if (!nics.ok) return nics;
    if (!sample.nicStatistics.ok) return lack(sample.nicStatistics.reason);
    const counted = nics.value.filter(({ name }) => timeoutsOf(name, rates.value).length > 0);
    return counted.length > 0
      ? have({ nics: counted, rates: rates.value })
      : lack('no queue has tx_timeout in both samples');
  },
  check: ({ nics, rates }) =>
    nics.flatMap((nic): Draft[] => {
      const timedOut = timeoutsOf(nic.name, rates).filter(([, delta]) => delta.delta > 0);
      if (timedOut.length === 0) return [];
      return [
        {
          severity: 'crit',
          subject: { kind: 'nic', nic: nic.name },
          title: `${nic.name} stopped sending: ${formatCount(timedOut.length)} queues timed out`,
          why: 'A queue had packets for the NIC and none was reported sent for five seconds; the kernel resets the device. Everything in the ring is lost.',
          evidence: timedOut.map(([name, delta]) =>
            moved(`/sys/class/net/${nic.name}/queues/${name}`, name, delta, 'timeouts'),
          ),
          advice: [
            '`dmesg` has NETDEV WATCHDOG with the driver’s state. Update driver and firmware; of a virtual machine look at the host below.',
          ],
          verify: 'Snapshot again: tx_timeout stays flat.',
          tab: 'nics',
        },
      ];
    }),
});

function timeoutsOf(nic: string, rates: Rates): [string, Delta][] {
  return [...(rates.nicStatistics.get(nic) ?? [])].filter(([name]) => name.endsWith('/tx_timeout'));
}
