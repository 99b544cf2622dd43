import { nicCounterKind } from '../../knowledge/nicCounters.ts';
import type { Delta, Rates } from '../../model/rates.ts';
import type { Nic } from '../../model/snapshot.ts';
import type { Change } from '../../tuning/change.ts';
import { moved } from '../evidence.ts';
import { formatRate, formatThings } from '../figures.ts';
import type { Draft, Evidence } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { physicalNics } from '../nicLoad.ts';
import { have, lack, type Needed, notRead, ruleOf } from '../rule.ts';

const fullLimits = {
  perSecond: limit(100, heuristic, (value) => `above ${value}/s`),
};

interface NicRates {
  readonly nics: readonly Nic[];
  readonly rates: Rates;
}

interface FullCounter {
  readonly source: string;
  readonly name: string;
  readonly delta: Delta;
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
    const { ethtoolStats, nicStatistics } = rates.value;
    const read = nics.value.filter(({ name }) => ethtoolStats.has(name) || nicStatistics.has(name));
    return read.length > 0
      ? have({ nics: read, rates: rates.value })
      : lack('no NIC has driver counters or statistics in both samples');
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
          evidence: full.slice(0, 8).map(({ source, name, delta }) => moved(source, name, delta, 'times')),
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

function fullCounters(nic: Nic, rates: Rates): FullCounter[] {
  const isLimited = nic.queues.some(({ limits }) => limits !== null);
  const driver = [...(rates.ethtoolStats.get(nic.name) ?? [])]
    .filter(([name]) => nicCounterKind(nic.driver, name) === 'stopped')
    .filter(([name]) => !isLimited || /busy|full|exhaust|no_?space/i.test(name))
    .map(([name, delta]) => ({ source: `ethtool -S ${nic.name}`, name, delta }));
  const fifo = rates.nicStatistics.get(nic.name)?.get('tx_fifo_errors');
  const source = `/sys/class/net/${nic.name}/statistics/tx_fifo_errors`;
  const kernel = fifo === undefined ? [] : [{ source, name: 'tx_fifo_errors', delta: fifo }];
  return [...driver, ...kernel].filter(({ delta }) => delta.delta > 0).sort((a, b) => b.delta.delta - a.delta.delta);
}

function largerRing(nic: Nic): Change[] {
  if (!nic.ring.ok) return [];
  const [current, maximum] = [nic.ring.value.current.tx, nic.ring.value.maximum.tx];
  if (current === null || maximum === null || current >= maximum) return [];
  const value = String(Math.min(maximum, current * 2));
  return [{ kind: 'ethtool', set: 'ring', nic: nic.name, name: 'tx', value, current: String(current), atLeast: true }];
}

/** R42: the NIC stopped sending, or is late to say what it sent. One finding a NIC. */
export const txTimeout = ruleOf({
  id: 'R42',
  title: 'Transmit timeout',
  step: 'E20',
  evidence:
    '/sys/class/net/NIC/queues/tx-N/tx_timeout and, from Linux 6.9 on and where byte_queue_limits/stall_thrs is set, stall_cnt between the samples',
  fix: 'driver, firmware, hypervisor; no setting',
  lookalikes:
    'Unplugging a cable under load times out once with some drivers. Pause frames of the other side (R16) hold queues back too.',
  limits: {
    least: limit(
      0,
      'the kernel’s watchdog (NETDEV WATCHDOG, 5 s)',
      () => 'any timeout is critical, any stall a warning',
    ),
  },
  needs: ({ rates, sample, snapshot }): Needed<NicRates> => {
    if (!rates.ok) return rates;
    const nics = physicalNics(snapshot);
    if (!nics.ok) return nics;
    if (!sample.nicStatistics.ok) return notRead(sample.nicStatistics);
    const counted = nics.value.filter(({ name }) => countersOf(name, rates.value, 'tx_timeout').length > 0);
    return counted.length > 0
      ? have({ nics: counted, rates: rates.value })
      : lack('no queue has tx_timeout in both samples');
  },
  check: ({ nics, rates }) =>
    nics.flatMap((nic): Draft[] => {
      const timedOut = countersOf(nic.name, rates, 'tx_timeout').filter(([, { delta }]) => delta > 0);
      const stalled = countersOf(nic.name, rates, 'byte_queue_limits/stall_cnt').filter(([, { delta }]) => delta > 0);
      const stalls = stalled.reduce((sum, [, { delta }]) => sum + delta, 0);
      if (timedOut.length + stalled.length === 0) return [];
      const hasStopped = timedOut.length > 0;
      return [
        {
          severity: hasStopped ? 'crit' : 'warn',
          subject: { kind: 'nic', nic: nic.name },
          title: hasStopped
            ? `${nic.name} stopped sending: ${formatThings(timedOut.length, 'queue')} timed out`
            : `${nic.name} is late with what it sent: ${formatThings(stalls, 'stall')} on ${formatThings(stalled.length, 'queue')}`,
          why: hasStopped
            ? 'A queue had packets for the NIC and none was reported sent for five seconds; the kernel resets the device. Everything in the ring is lost.'
            : 'A queue was stopped and nothing was reported sent for longer than stall_thrs. Its packets waited that long, and nothing else shows it.',
          evidence: [...evidenceOf(nic, timedOut, 'timeouts'), ...evidenceOf(nic, stalled, 'stalls')],
          advice: [
            'Nothing to tune: `dmesg` has NETDEV WATCHDOG with the driver’s state. Update driver and firmware; of a virtual machine look at the host below.',
          ],
          verify: 'Snapshot again: tx_timeout and stall_cnt stay flat.',
          tab: 'nics',
        },
      ];
    }),
});

function evidenceOf(nic: Nic, counters: readonly (readonly [string, Delta])[], what: string): Evidence[] {
  return counters.map(([name, delta]) => moved(`/sys/class/net/${nic.name}/queues/${name}`, name, delta, what));
}

function countersOf(nic: string, rates: Rates, file: string): [string, Delta][] {
  return [...(rates.nicStatistics.get(nic) ?? [])].filter(([name]) => name.endsWith(`/${file}`));
}
