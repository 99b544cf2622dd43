import type { Delta } from '../../model/rates.ts';
import type { Severity } from '../../model/severity.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { moved, shareOf } from '../evidence.ts';
import { formatRate, formatShare } from '../figures.ts';
import type { Finding, Threshold } from '../finding.ts';
import { have, lack, type Needed, ruleOf } from '../rule.ts';
import { doubled, type Proposal } from '../settings.ts';

const key = 'net.core.rmem_max';
const warnPerSecond = 10;
const critShare = 0.001;
const minimumDatagrams = 1000;
/** The kernel's default since 6.18 (4 MiB), and 64 MiB. */
const bounds = { floor: 4_194_304, ceiling: 67_108_864 };

const threshold: Threshold = {
  text: `above ${warnPerSecond}/s a warning, above ${formatShare(critShare)} of all datagrams critical, less for information`,
  source: 'netdata’s alarm; the share is a heuristic',
};

interface Data {
  readonly errors: Delta;
  readonly delivered: Delta | null;
}

/** R44: UDP sockets were full, datagrams were dropped. */
export const udpReceiveBuffer = ruleOf({
  id: 'R44',
  title: 'UDP receive buffer full',
  step: 'I22',
  needs: ({ rates, sample }): Needed<Data> => {
    if (!rates.ok) return rates;
    if (!sample.snmp.ok) return lack(sample.snmp.reason);
    const udp = rates.value.protocols.get('Udp');
    const errors = udp?.get('RcvbufErrors');
    if (errors === undefined) return lack('Udp RcvbufErrors is not in both samples');
    return have({ errors, delivered: udp?.get('InDatagrams') ?? null });
  },
  check: ({ errors, delivered }, { snapshot }): readonly Finding[] => {
    if (errors.delta === 0) return [];
    const share = shareOf(errors.delta, (delivered?.delta ?? 0) + errors.delta, minimumDatagrams);
    const { changes, advice } = proposal(snapshot);
    return [
      {
        rule: 'R44',
        key: 'R44 host',
        severity: severityOf(errors.perSecond, share),
        step: 'I22',
        subject: { kind: 'host' },
        title: `UDP sockets drop ${formatRate(errors.perSecond, 'datagrams')}: receive buffer full${
          share === null ? '' : ` (${formatShare(share)} of all)`
        }`,
        why: 'Datagrams came faster than the application read them, and the receive buffer of its socket was full. UDP does not send them again.',
        evidence: [
          moved('/proc/net/snmp', 'Udp RcvbufErrors', errors, 'datagrams'),
          ...(delivered === null ? [] : [moved('/proc/net/snmp', 'Udp InDatagrams', delivered, 'datagrams')]),
        ],
        threshold,
        changes,
        advice: [
          'Find the socket: the drops column of /proc/net/udp, or `d` of `ss -uanm`.',
          ...advice,
          'The application must ask for the larger buffer with SO_RCVBUF; read faster too: recvmmsg, more workers, SO_REUSEPORT.',
          'Only if the application cannot be changed, raise net.core.rmem_default: it applies to every new socket of the host.',
        ],
        sideEffects:
          changes.length > 0
            ? 'Any process may then hold more kernel memory; a longer queue adds delay. Sockets get it when they call setsockopt() again.'
            : 'None: nothing is changed.',
        verify: 'Snapshot again under the same load: Udp RcvbufErrors stays flat.',
        tab: 'tcp',
      },
    ];
  },
});

function severityOf(perSecond: number, share: number | null): Severity {
  if (share !== null && share > critShare) return 'crit';
  return perSecond > warnPerSecond ? 'warn' : 'info';
}

function proposal(snapshot: Snapshot): Proposal {
  // A namespace sees a read-only copy of this key.
  if (snapshot.host.initialNetns === false)
    return { changes: [], advice: [`${key} can only be raised on the host, not in this network namespace.`] };
  return doubled(snapshot, key, bounds);
}
