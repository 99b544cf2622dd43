import type { Delta } from '../../model/rates.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { moved, shareOf } from '../evidence.ts';
import { formatRate, formatShare } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { have, lack, type Needed, notRead, ruleOf } from '../rule.ts';
import { doubled, type Proposal } from '../settings.ts';

const key = 'net.core.rmem_max';
const minimumDatagrams = 1000;
const shownSockets = 4;
/** The kernel's default since 6.18 (4 MiB), and 64 MiB. */
const bounds = { floor: 4_194_304, ceiling: 67_108_864 };

const limits = {
  warnPerSecond: limit(10, 'netdata', (value) => `above ${value}/s a warning, less for information`),
  critShare: limit(0.001, heuristic, (value) => `above ${formatShare(value)} of all datagrams critical`),
};

interface Data {
  readonly errors: Delta;
  readonly delivered: Delta | null;
  /** Sockets that dropped, by address, port and inode, worst first; none where they could not be walked twice. */
  readonly sockets: readonly (readonly [key: string, drops: Delta])[];
}

/** R44: UDP sockets were full, datagrams were dropped. */
export const udpReceiveBuffer = ruleOf({
  id: 'R44',
  title: 'UDP receive buffer full',
  step: 'I22',
  evidence: '/proc/net/snmp Udp RcvbufErrors a second, and as a share of InDatagrams + RcvbufErrors',
  fix: 'a larger SO_RCVBUF in the application and net.core.rmem_max to allow it; faster reading',
  lookalikes:
    'InErrors counts the same datagrams again. MemErrors are a full udp_mem (R65), which no socket buffer helps. A socket that nobody reads any more drops for ever and harms nobody.',
  limits,
  needs: ({ rates, sample }): Needed<Data> => {
    if (!rates.ok) return rates;
    if (!sample.snmp.ok) return notRead(sample.snmp);
    const udp = rates.value.protocols.get('Udp');
    const errors = udp?.get('RcvbufErrors');
    if (errors === undefined) return lack('Udp RcvbufErrors is not in both samples');
    const sockets = [...rates.value.udpDrops].filter(([, { delta }]) => delta > 0);
    sockets.sort(([, a], [, b]) => b.delta - a.delta);
    return have({ errors, delivered: udp?.get('InDatagrams') ?? null, sockets });
  },
  check: ({ errors, delivered, sockets }, { snapshot }, { warnPerSecond, critShare }): readonly Draft[] => {
    if (errors.delta === 0) return [];
    const share = shareOf(errors.delta, (delivered?.delta ?? 0) + errors.delta, minimumDatagrams);
    const { changes, advice } = proposal(snapshot);
    return [
      {
        severity: share !== null && share > critShare ? 'crit' : errors.perSecond > warnPerSecond ? 'warn' : 'info',
        subject: { kind: 'host' },
        title: `UDP sockets drop ${formatRate(errors.perSecond, 'datagrams')}${at(sockets)}: receive buffer full${
          share === null ? '' : ` (${formatShare(share)} of all)`
        }`,
        why: 'Datagrams came faster than the application read them, and the receive buffer of its socket was full. UDP does not send them again.',
        evidence: [
          moved('/proc/net/snmp', 'Udp RcvbufErrors', errors, 'datagrams'),
          ...(delivered === null ? [] : [moved('/proc/net/snmp', 'Udp InDatagrams', delivered, 'datagrams')]),
          ...sockets
            .slice(0, shownSockets)
            .map(([key, drops]) => moved('/proc/net/udp', `${endOf(key)} drops`, drops, 'datagrams')),
        ],
        changes,
        advice: [
          sockets.length === 0
            ? 'Find the socket: the drops column of /proc/net/udp, or `d` of `ss -uanm`.'
            : 'Whose socket it is: `ss -uanp`, as root.',
          ...advice,
          'The application must ask for the larger buffer with SO_RCVBUF; read faster too: recvmmsg, more workers, SO_REUSEPORT.',
          'Only if the application cannot be changed, raise net.core.rmem_default: it applies to every new socket of the host.',
        ],
        sideEffects:
          'Any process may then hold more kernel memory; a longer queue adds delay. Sockets get it when they call setsockopt() again.',
        verify: 'Snapshot again under the same load: Udp RcvbufErrors stays flat.',
        tab: 'tcp',
      },
    ];
  },
});

/** ` at 0.0.0.0:514 and 2 more` */
function at(sockets: Data['sockets']): string {
  const [first, ...others] = sockets;
  if (first === undefined) return '';
  return ` at ${endOf(first[0])}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

/** Address and port of a key of `Rates.udpDrops`. */
function endOf(key: string): string {
  return key.slice(0, key.lastIndexOf(' '));
}

function proposal(snapshot: Snapshot): Proposal {
  // A namespace sees a read-only copy of this key.
  if (snapshot.host.initialNetns === false)
    return { changes: [], advice: [`${key} can only be raised on the host, not in this network namespace.`] };
  return doubled(snapshot, key, bounds);
}
