import type { EthtoolChange } from '../../tuning/change.ts';
import { moved, shareOf } from '../evidence.ts';
import { formatCount, formatRate, formatShare } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { limit } from '../limit.ts';
import { type LossSource, type NicLoss, nicLosses } from '../ringLoss.ts';
import { type Needed, ruleOf } from '../rule.ts';

/** Below, a handful of frames at link up makes any share. */
const minimumFrames = 1000;

const limits = {
  critShare: limit(
    0.001,
    'netdata’s alarm for FIFO errors; the share is a heuristic',
    (value) => `any frame lost is a warning, above ${formatShare(value)} of the frames received it is critical`,
  ),
};

interface RingProposal {
  readonly changes: readonly EthtoolChange[];
  readonly advice: string;
}

/** R06, with R07 as its fix: a NIC lost frames because no receive descriptor was free. One finding a NIC. */
export const ringExhausted = ruleOf({
  id: 'R06',
  title: 'Frames lost for want of RX descriptors',
  step: 'I3',
  evidence:
    '/sys/class/net/NIC/statistics rx_missed_errors and rx_fifo_errors, and the driver’s own counters of `ethtool -S`; the largest of them counts, as a share of the frames received',
  fix: 'a larger RX ring (R07), the CPU side (R02, R03, R36), interrupt coalescing (R10)',
  lookalikes: 'A few frames at link up or reset. Counters of a port (ice, mlx5) include its other functions.',
  limits,
  needs: ({ rates, snapshot }): Needed<readonly NicLoss[]> => (rates.ok ? nicLosses(snapshot, rates.value) : rates),
  check: (nics, _, { critShare }) =>
    nics.flatMap((loss) => (loss.lost === null ? [] : [findingOf(loss, loss.lost, critShare)])),
});

function findingOf(loss: NicLoss, lost: LossSource, critShare: number): Draft {
  const { nic } = loss;
  const frames = lost.delta.delta;
  const share = shareOf(frames, (loss.rxPackets?.delta ?? 0) + frames, minimumFrames);
  // Of kinds that moved, only a lack of descriptors is cured by more descriptors.
  const ringEmpty = loss.sources.some((source) => source.kind === 'lost');
  const ring = ringEmpty ? ringProposal(loss) : null;
  const where = lost.kind === 'lost' ? 'for want of a free RX descriptor' : 'in its own buffer';
  const ofAll = share === null ? '' : ` (${formatShare(share)} of all)`;
  return {
    severity: share !== null && share > critShare ? 'crit' : 'warn',
    subject: { kind: 'nic', nic: nic.name },
    cpus: [
      ...new Set(nic.irqs.filter(({ role }) => role === 'rx' || role === 'rxtx').flatMap(({ cpus }) => cpus ?? [])),
    ],
    title: `${nic.name} lost ${formatRate(lost.delta.perSecond, 'frames')} ${where}${ofAll}`,
    why: why(loss, lost),
    evidence: loss.sources.map(({ source, field, kind, delta }) =>
      moved(source, field, delta, kind === 'waiting' ? 'events' : 'frames'),
    ),
    changes: ring?.changes ?? [],
    advice: [
      ...(ring === null ? [] : [ring.advice]),
      ...(lost.kind === 'nic-buffer' ? [nicBufferAdvice] : []),
      'Look at the CPU side too: time_squeeze and softirq time of the CPUs that serve this NIC, and whether its queues are spread over CPUs.',
    ],
    sideEffects:
      'Setting the ring takes the link down for a moment on most drivers. A large ring holds more cache and adds delay under overload.',
    verify: `\`ethtool -g ${nic.name}\` shows the size; snapshot again under the same load: the counters stay flat.`,
    tab: 'overview',
  };
}

function why(loss: NicLoss, lost: LossSource): string {
  const lostSources = loss.sources.filter((source) => source.kind !== 'waiting');
  return [
    lost.kind === 'lost'
      ? 'The NIC had a frame and the driver had no free descriptor: the host takes frames from the ring too slowly, or the ring is too short for bursts.'
      : 'The NIC dropped frames in its own memory before it asked for a descriptor: the bus or the host took them too slowly.',
    ...(lostSources.length > 1
      ? [
          'Several counters moved; drivers report one loss under several names, so the largest is taken and they are not added.',
        ]
      : []),
  ].join(' ');
}

const nicBufferAdvice =
  'A larger ring does not help against frames dropped in the NIC’s own buffer: check the PCIe link (width, speed), pause frames and the CPU that polls.';

function ringProposal({ nic }: NicLoss): RingProposal {
  if (!nic.ring.ok) return { changes: [], advice: `No ring size is proposed: ${nic.ring.reason}.` };
  const current = nic.ring.value.current.rx;
  const maximum = nic.ring.value.maximum.rx;
  if (current === null || maximum === null)
    return { changes: [], advice: 'No ring size is proposed: the driver does not tell its ring.' };
  if (current >= maximum) {
    return {
      changes: [],
      advice: `The RX ring is at its maximum (${formatCount(maximum)}): only taking frames out faster helps.`,
    };
  }
  const size = Math.min(maximum, current * 2);
  return {
    changes: [
      {
        kind: 'ethtool',
        set: 'ring',
        nic: nic.name,
        name: 'rx',
        value: String(size),
        current: String(current),
        atLeast: true,
      },
    ],
    advice: `The RX ring holds ${formatCount(current)} of at most ${formatCount(maximum)} descriptors: double it and measure again.`,
  };
}
