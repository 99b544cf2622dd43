import type { Delta } from '../../model/rates.ts';
import { moved, stands } from '../evidence.ts';
import { formatCount, formatRate, formatShare } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { counterIfThere, movedBy, sockstatOf } from '../protocols.ts';
import { have, lack, type Needed, ruleOf } from '../rule.ts';
import { bufferSizes } from '../tcpBuffers.ts';

const key = 'net.ipv4.udp_mem';

const limits = {
  warnShare: limit(
    0.9,
    heuristic,
    (value) =>
      `above ${formatShare(value)} of the third number of udp_mem a warning; at it, or datagrams dropped for it, critical`,
  ),
};

interface Data {
  readonly pages: number;
  readonly most: number;
  readonly text: string;
  /** Null on kernels before 5.12, which do not count them, and without rates. */
  readonly dropped: Delta | null;
}

/** R65: the memory for datagrams of all sockets together is used up. */
export const udpMemory = ruleOf({
  id: 'R65',
  title: 'UDP memory used up',
  step: 'I22',
  evidence: '/proc/net/sockstat UDP mem (pages) against the third number of net.ipv4.udp_mem; Udp MemErrors',
  fix: 'the sockets with large queues; then net.ipv4.udp_mem, half as much again',
  lookalikes:
    'mem is of the whole machine, also when read in a namespace. A full buffer of one socket is R44: it counts RcvbufErrors, not MemErrors.',
  limits,
  needs: (context): Needed<Data> => {
    const pages = sockstatOf(context.sample, 'UDP', 'mem');
    if (!pages.ok) return pages;
    const sizes = bufferSizes(context.snapshot, key);
    if (sizes === null) return lack(`${key} was not read, or is not three numbers`);
    const dropped = counterIfThere(context, 'Udp MemErrors');
    return have({ pages: pages.value, most: sizes.most, text: sizes.text, dropped });
  },
  check: ({ pages, most, text, dropped }, _, { warnShare }): readonly Draft[] => {
    const isDropping = movedBy(dropped) > 0;
    if (pages <= warnShare * most && !isDropping) return [];
    const value = text
      .split(/\s+/)
      .map((number) => String(Math.round(Number(number) * 1.5)))
      .join(' ');
    return [
      {
        severity: isDropping || pages >= most ? 'crit' : 'warn',
        subject: { kind: 'host' },
        title: `UDP holds ${formatCount(pages)} of at most ${formatCount(most)} pages (${formatShare(pages / most)})${
          dropped !== null && isDropping ? ` and drops ${formatRate(dropped.perSecond, 'datagrams')} for it` : ''
        }`,
        why: 'Datagrams that wait in the queues of all sockets share this memory. At its end each socket keeps udp_rmem_min, and what is beyond that is dropped, also for sockets that read fast enough.',
        evidence: [
          stands('/proc/net/sockstat', 'UDP mem', pages, `${formatCount(pages)} of ${formatCount(most)} pages`),
          ...(dropped === null ? [] : [moved('/proc/net/snmp', 'Udp MemErrors', dropped, 'datagrams')]),
        ],
        changes: [{ kind: 'sysctl', key, value, current: text, atLeast: false }],
        advice: ['First find who holds it: the largest Recv-Q of `ss -uan`, then why its application does not read.'],
        sideEffects: 'The kernel may use half as much memory again for UDP, which no process gets.',
        verify: 'Snapshot again under the same load: UDP mem stays well below the maximum, MemErrors stays flat.',
        tab: 'tcp',
      },
    ];
  },
});
