import type { Delta } from '../../model/rates.ts';
import type { SysctlChange } from '../../tuning/change.ts';
import { stands } from '../evidence.ts';
import { formatCount, formatShare, formatThings } from '../figures.ts';
import { limit } from '../limit.ts';
import { counterIfThere, movedBy, movedCounters, sockstatOf } from '../protocols.ts';
import { have, lack, type Needed, type RuleContext, ruleOf } from '../rule.ts';
import { doubled, numberOf, settingOf } from '../settings.ts';

const orphanLimits = {
  warnShare: limit(0.25, 'netdata', (value) => `above ${formatShare(value)} of tcp_max_orphans a warning`),
  critShare: limit(0.5, 'netdata', (value) => `above ${formatShare(value)}, or connections killed for it, critical`),
};

const maxOrphans = 'net.ipv4.tcp_max_orphans';

/** R26: connections that no process owns any more pile up. */
export const orphans = ruleOf({
  id: 'R26',
  title: 'Orphaned TCP sockets',
  step: 'E4',
  evidence: '/proc/net/sockstat TCP orphan against net.ipv4.tcp_max_orphans; TcpExt TCPAbortOnMemory',
  fix: 'net.ipv4.tcp_orphan_retries and tcp_fin_timeout down, tcp_max_orphans up; find who closes with unsent data',
  lookalikes:
    'The figure is of the whole machine, also when read in a namespace. A burst of closed connections passes.',
  limits: orphanLimits,
  needs: (context): Needed<{ orphaned: number; most: number; aborted: Delta | null }> => {
    const orphaned = sockstatOf(context.sample, 'TCP', 'orphan');
    if (!orphaned.ok) return orphaned;
    const most = numberOf(context.snapshot, maxOrphans);
    if (!most.ok) return most;
    if (most.value <= 0) return lack(`${maxOrphans} is ${most.value}`);
    const aborted = counterIfThere(context, 'TcpExt TCPAbortOnMemory');
    return have({ orphaned: orphaned.value, most: most.value, aborted });
  },
  check: ({ orphaned, most, aborted }, context, { warnShare, critShare }) => {
    const share = orphaned / most;
    const killed = movedBy(aborted);
    if (share <= warnShare && killed === 0) return [];
    const raised = doubled(context.snapshot, maxOrphans, { floor: 16_384, ceiling: 1_048_576 });
    return [
      {
        severity: share > critShare || killed > 0 ? 'crit' : 'warn',
        subject: { kind: 'host' },
        title:
          share > warnShare
            ? `${formatCount(orphaned)} TCP sockets without a process: ${formatShare(share)} of the limit`
            : `TCP killed ${formatCount(killed)} connections for want of memory or orphans`,
        why: 'Their processes closed them while data was still unsent or unacknowledged. Each holds memory until the peer answers or retries run out; the kernel counts some double or fourfold and resets connections at the limit.',
        evidence: [
          stands(
            '/proc/net/sockstat',
            'TCP orphan',
            orphaned,
            `${formatCount(orphaned)} of ${formatCount(most)} (${formatShare(share)})`,
          ),
          ...movedCounters(context, ['TcpExt TCPAbortOnMemory', 'TcpExt TCPAbortOnTimeout', 'TcpExt TCPAbortOnLinger']),
        ],
        changes: [...sooner(context), ...raised.changes],
        advice: [
          'Find the service: `ss -tn state fin-wait-1` shows towards whom; peers that vanished or that read no more hold them.',
          ...raised.advice,
        ],
        sideEffects:
          'Peers on bad paths lose their last data sooner. Each orphan more may hold up to 64 KB that cannot be swapped.',
        verify: 'Snapshot again: `orphan` in /proc/net/sockstat falls, TCPAbortOnMemory stays flat.',
        tab: 'tcp',
      },
    ];
  },
});

/** 0 stands for 8 retries, a minute and more. */
function sooner({ snapshot }: RuleContext): SysctlChange[] {
  const key = 'net.ipv4.tcp_orphan_retries';
  const retries = numberOf(snapshot, key);
  if (!retries.ok || (retries.value > 0 && retries.value <= 3)) return [];
  return [{ kind: 'sysctl', key, value: '3', current: String(retries.value), atLeast: false }];
}

const memoryLimits = {
  critShare: limit(
    0.9,
    'netdata',
    (value) => `above the pressure mark of tcp_mem a warning, above ${formatShare(value)} of its maximum critical`,
  ),
};

interface Memory {
  readonly pages: number;
  readonly pressure: number;
  readonly most: number;
  readonly text: string;
}

const tcpMem = 'net.ipv4.tcp_mem';

/** R27: TCP's memory is at its limit. */
export const tcpMemoryPressure = ruleOf({
  id: 'R27',
  title: 'TCP memory pressure',
  step: 'I22',
  evidence: '/proc/net/sockstat TCP mem (pages) against net.ipv4.tcp_mem; TcpExt TCPMemoryPressures',
  fix: 'the sockets with large queues; then net.ipv4.tcp_mem, half as much again and above what is held',
  lookalikes: 'mem is of the whole machine and includes what CPUs keep in reserve, up to 1 MiB each.',
  limits: memoryLimits,
  needs: (context): Needed<{ memory: Memory; entered: Delta | null }> => {
    const pages = sockstatOf(context.sample, 'TCP', 'mem');
    if (!pages.ok) return pages;
    const text = settingOf(context.snapshot, tcpMem);
    if (!text.ok) return text;
    const [, pressure, most] = text.value.split(' ').map(Number);
    if (pressure === undefined || most === undefined || Number.isNaN(pressure + most) || most <= 0)
      return lack(`${tcpMem} is not three numbers`);
    const memory = { pages: pages.value, pressure, most, text: text.value };
    return have({ memory, entered: counterIfThere(context, 'TcpExt TCPMemoryPressures') });
  },
  check: ({ memory, entered }, context, { critShare }) => {
    const { pages, pressure, most, text } = memory;
    if (pages <= pressure && movedBy(entered) === 0) return [];
    const pageSize = context.snapshot.host.pageSize;
    const bytes = pageSize === null ? '' : `, ${formatCount(Math.round((pages * pageSize) / 1_048_576))} MiB`;
    // What is held now has to fit below the mark, with room.
    const factor = Math.max(1.5, (1.5 * pages) / pressure);
    const value = text
      .split(' ')
      .map((number) => String(Math.round(Number(number) * factor)))
      .join(' ');
    return [
      {
        severity: pages > critShare * most ? 'crit' : 'warn',
        subject: { kind: 'host' },
        title:
          pages > pressure
            ? `TCP holds ${formatCount(pages)} of at most ${formatCount(most)} pages (${formatShare(pages / most)}${bytes})`
            : `TCP came under memory pressure ${formatThings(movedBy(entered), 'time')} between the samples`,
        why: 'Above the second number of tcp_mem the kernel stops to enlarge buffers and shrinks windows; at the third it drops data and kills connections. Some sockets hold large queues: applications that do not read, or peers that do not.',
        evidence: [
          stands(
            '/proc/net/sockstat',
            'TCP mem',
            pages,
            `${formatCount(pages)} pages; pressure from ${formatCount(pressure)} on`,
          ),
          ...movedCounters(context, [
            'TcpExt TCPMemoryPressures',
            'TcpExt TCPMemoryPressuresChrono',
            'TcpExt TCPAbortOnMemory',
          ]),
        ],
        changes: [{ kind: 'sysctl', key: tcpMem, value, current: text, atLeast: false }],
        advice: ['First find who holds it: the largest `r` and `w` of `ss -tm`, then why it does not drain.'],
        sideEffects: 'The kernel may use more memory for TCP, which no process gets.',
        verify: 'Snapshot again under the same load: mem stays below the pressure mark, TCPMemoryPressures stays flat.',
        tab: 'tcp',
      },
    ];
  },
});
