import type { Delta } from '../../model/rates.ts';
import { shareOf } from '../evidence.ts';
import { formatCount, formatRate, formatShare } from '../figures.ts';
import { heuristic, limit } from '../limit.ts';
import { counterEvidence, counterOf, countersOf, movedCounters, sockstatOf } from '../protocols.ts';
import { have, type Needed, ruleOf } from '../rule.ts';
import { doubled, numberOf, type Proposal, settingOf } from '../settings.ts';

const reasmLimits = {
  failShare: limit(0.01, heuristic, (value) => `above ${formatShare(value)} of the fragments`),
  minimumFragments: limit(100, heuristic, (value) => `judged from ${formatCount(value)} fragments on`),
};

const fragMemory = 'net.ipv4.ipfrag_high_thresh';

/** R48: datagrams in fragments do not become whole. */
export const reassemblyFails = ruleOf({
  id: 'R48',
  title: 'IP reassembly fails',
  step: 'I18',
  evidence:
    '/proc/net/snmp Ip ReasmFails / ReasmReqds; ReasmTimeout; /proc/net/sockstat FRAG memory against ipfrag_high_thresh',
  fix: 'no fragments: path MTU, EDNS 1232, smaller datagrams; ipfrag_high_thresh where its memory is full',
  lookalikes: 'Scanners and floods send fragments that were never meant to be whole.',
  limits: reasmLimits,
  needs: (context): Needed<{ fails: Delta; wanted: Delta; memory: number | null; most: number | null }> => {
    const counters = countersOf(context, { fails: 'Ip ReasmFails', wanted: 'Ip ReasmReqds' });
    if (!counters.ok) return counters;
    const memory = sockstatOf(context.sample, 'FRAG', 'memory');
    const most = numberOf(context.snapshot, fragMemory);
    return have({
      ...counters.value,
      memory: memory.ok ? memory.value : null,
      most: most.ok ? most.value : null,
    });
  },
  check: ({ fails, wanted, memory, most }, context, { failShare, minimumFragments }) => {
    const share = shareOf(fails.delta, wanted.delta, minimumFragments);
    if (share === null || share <= failShare) return [];
    const isFull = memory !== null && most !== null && memory > 0.9 * most;
    const raised: Proposal = isFull
      ? doubled(context.snapshot, fragMemory, { floor: 4_194_304, ceiling: 268_435_456 })
      : { changes: [], advice: [] };
    return [
      {
        severity: 'warn',
        subject: { kind: 'host' },
        title: `IP gives up on ${formatRate(fails.perSecond, 'datagrams')} in fragments (${formatShare(share)} of the fragments)`,
        why: isFull
          ? 'The memory for fragments that wait for one another is full, so the oldest are thrown away.'
          : 'A fragment of each was lost, or came later than ipfrag_time: the whole datagram is lost with it.',
        evidence: [
          counterEvidence('Ip ReasmFails', fails, 'datagrams'),
          counterEvidence('Ip ReasmReqds', wanted, 'fragments'),
          ...movedCounters(context, ['Ip ReasmTimeout', 'Ip ReasmOKs', 'IpExt ReasmOverlaps']),
        ],
        changes: raised.changes,
        advice: [
          'Send datagrams that fit the path: EDNS buffer 1232 for DNS, TCP for NFS, the MTU of tunnels on both ends.',
          ...raised.advice,
        ],
        sideEffects: 'Fragments may hold more kernel memory, also those of a flood.',
        verify: 'Snapshot again under the same load: ReasmFails stays flat.',
        tab: 'tcp',
      },
    ];
  },
});

const pathLimits = {
  warnPerSecond: limit(1, heuristic, (value) => `above ${value}/s a warning, less for information`),
};

/** R55: reverse path filtering drops what comes in by another way than it would go out. */
export const reversePathFilter = ruleOf({
  id: 'R55',
  title: 'Reverse path filter drops',
  step: 'I17',
  evidence: '/proc/net/netstat TcpExt IPReversePathFilter a second; net.ipv4.conf.all.rp_filter',
  fix: 'symmetric routes; net.ipv4.conf.all.rp_filter = 2 (loose), the larger of all and the interface counts',
  lookalikes: 'Spoofed source addresses are dropped here, and should be.',
  limits: pathLimits,
  needs: (context): Needed<Delta> => counterOf(context, 'TcpExt IPReversePathFilter'),
  check: (drops, { snapshot }, { warnPerSecond }) => {
    if (drops.delta === 0) return [];
    const key = 'net.ipv4.conf.all.rp_filter';
    const mode = settingOf(snapshot, key);
    return [
      {
        severity: drops.perSecond > warnPerSecond ? 'warn' : 'info',
        subject: { kind: 'host' },
        title: `Reverse path filtering drops ${formatRate(drops.perSecond, 'packets')}`,
        why: 'The answer to these packets would leave by another interface than they came in by, or by none, so they count as forged. With several uplinks, tunnels or policy routing they are real.',
        evidence: [counterEvidence('TcpExt IPReversePathFilter', drops, 'packets')],
        changes:
          mode.ok && mode.value !== '2'
            ? [{ kind: 'sysctl', key, value: '2', current: mode.value, atLeast: false }]
            : [],
        advice: [
          'See which they are: `net.ipv4.conf.all.log_martians = 1` for a minute, then dmesg. Do not loosen the filter for addresses nobody should send from.',
        ],
        sideEffects:
          'Loose mode accepts a source address that is reachable by any interface: forged ones from inside pass.',
        verify: 'Snapshot again under the same load: IPReversePathFilter stays flat.',
        tab: 'tcp',
      },
    ];
  },
});
