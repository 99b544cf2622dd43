import type { Delta, Rates } from '../../model/rates.ts';
import type { Sample } from '../../model/snapshot.ts';
import type { SysctlChange } from '../../tuning/change.ts';
import { moved, stands } from '../evidence.ts';
import { formatCount, formatRate, formatShare } from '../figures.ts';
import type { Draft } from '../finding.ts';
import { heuristic, limit } from '../limit.ts';
import { movedBy } from '../protocols.ts';
import { have, lack, type Needed, notRead, type RuleContext, ruleOf } from '../rule.ts';
import { doubled, numberOf } from '../settings.ts';

const conntrackFile = '/proc/net/stat/nf_conntrack';
const conntrackMax = 'net.netfilter.nf_conntrack_max';

const conntrackLimits = {
  warnShare: limit(0.75, 'node_exporter’s mixin', (value) => `above ${formatShare(value)} of the table a warning`),
  critShare: limit(
    0.95,
    'netdata',
    (value) => `above ${formatShare(value)}, or packets dropped while it is full, critical`,
  ),
};

interface Conntrack {
  readonly count: number | null;
  readonly most: number;
  readonly dropped: Delta | null;
  readonly evicted: Delta | null;
}

/** R46: the table of tracked connections is full, or will be. */
export const conntrackFull = ruleOf({
  id: 'R46',
  title: 'Connection tracking table full',
  step: 'I16',
  evidence: 'nf_conntrack_count / net.netfilter.nf_conntrack_max; /proc/net/stat/nf_conntrack drop and early_drop',
  fix: 'net.netfilter.nf_conntrack_max; shorter timeouts; no tracking for stateless services',
  lookalikes:
    'drop counts packets that could not be tracked for other reasons too: while the table is far from full it is a warning, and no larger table is proposed. In a container the maximum is the host’s.',
  limits: conntrackLimits,
  needs: ({ rates, sample, snapshot }): Needed<Conntrack> => {
    const most = numberOf(snapshot, conntrackMax);
    if (!most.ok) return sample.conntrackCount.ok ? most : notRead(sample.conntrackCount);
    if (most.value <= 0) return lack('the table has no limit');
    const of = (column: string) => (rates.ok ? (rates.value.netStat.get('nf_conntrack')?.get(column) ?? null) : null);
    const count = sample.conntrackCount.ok ? sample.conntrackCount.value : null;
    return have({ count, most: most.value, dropped: of('drop'), evicted: of('early_drop') });
  },
  check: ({ count, most, dropped, evicted }, { snapshot }, { warnShare, critShare }) => {
    const share = count === null ? null : count / most;
    const isNear = share !== null && share > warnShare;
    const lost = movedBy(dropped) > 0 ? dropped : null;
    // Entries are thrown out only when the table is full; a tracker drops packets for other reasons too.
    const wasFull = movedBy(evicted) > 0 || (lost !== null && (isNear || share === null));
    if (!isNear && !wasFull && lost === null) return [];
    const raised = doubled(snapshot, conntrackMax, { floor: 65_536, ceiling: 4_194_304 });
    const isHost = snapshot.host.initialNetns !== false;
    return [
      {
        severity: wasFull || (share !== null && share > critShare) ? 'crit' : 'warn',
        subject: { kind: 'host' },
        title: [
          ...(isNear
            ? [`holds ${formatCount(count ?? 0)} of ${formatCount(most)} connections (${formatShare(share)})`]
            : []),
          ...(movedBy(evicted) > 0 ? [`throws out ${formatRate(evicted?.perSecond ?? 0, 'connections')}`] : []),
          ...(lost === null ? [] : [`drops ${formatRate(lost.perSecond, 'packets')}`]),
        ].reduce((text, part, at) => `${text}${at === 0 ? ' ' : ' and '}${part}`, 'Connection tracking'),
        why:
          isNear || wasFull
            ? 'Every packet through netfilter belongs to an entry of this table. When it is full, entries that are not assured are thrown out, then the first packets of new connections are dropped.'
            : `The table is far from full (${formatCount(count ?? 0)} of ${formatCount(most)}), so these packets were dropped for another reason: memory, or a tracker that refuses them.`,
        evidence: [
          ...(count === null
            ? []
            : [
                stands(
                  'nf_conntrack_count',
                  'connections',
                  count,
                  `${formatShare(count / most)} of ${formatCount(most)}`,
                ),
              ]),
          ...(dropped === null ? [] : [moved(conntrackFile, 'drop', dropped, 'packets')]),
          ...(evicted === null ? [] : [moved(conntrackFile, 'early_drop', evicted, 'entries')]),
        ],
        changes: isHost && (isNear || wasFull) ? raised.changes : [],
        advice: [
          ...(isNear || wasFull
            ? []
            : [
                'A larger table does not help: see what is refused with `conntrack -S` and net.netfilter.nf_conntrack_log_invalid.',
              ]),
          ...(isHost ? raised.advice : ['The limit can only be raised on the host, not in this network namespace.']),
          'The key exists once nf_conntrack is loaded: name the module in /etc/modules-load.d, or the line is ignored at boot. Raise nf_conntrack_buckets with it.',
          'See what fills it: `conntrack -L`, counted by address; nf_conntrack_tcp_timeout_established is five days by default; stateless services need `notrack`.',
        ],
        sideEffects: 'About 320 bytes of kernel memory for each connection tracked.',
        verify: 'Snapshot again under the same load: drop and early_drop stay flat.',
        tab: 'overview',
      },
    ];
  },
});

const clashLimits = {
  warnPerSecond: limit(1, heuristic, (value) => `above ${value}/s a warning, less for information`),
};

/** R47: two packets raced to make the same entry. */
export const conntrackClash = ruleOf({
  id: 'R47',
  title: 'Connection tracking inserts fail',
  step: 'I16',
  evidence: '/proc/net/stat/nf_conntrack insert_failed a second',
  fix: 'one DNS query at a time (single-request), a DNS cache on the node, a newer kernel',
  lookalikes: 'Clashes that the kernel resolves count as clashres and lose nothing.',
  limits: clashLimits,
  needs: ({ rates, sample }): Needed<Delta> => {
    if (!rates.ok) return rates;
    const failed = rates.value.netStat.get('nf_conntrack')?.get('insert_failed');
    if (failed !== undefined) return have(failed);
    const reading = sample.netStat.get('nf_conntrack');
    return reading?.ok === false ? notRead(reading) : lack('insert_failed is not in both samples');
  },
  check: (failed, _, { warnPerSecond }) =>
    failed.delta === 0
      ? []
      : [
          {
            severity: failed.perSecond > warnPerSecond ? 'warn' : 'info',
            subject: { kind: 'host' },
            title: `Connection tracking drops ${formatRate(failed.perSecond, 'packets')} that raced for one entry`,
            why: 'Two packets of one new connection were tracked at the same time, mostly UDP through NAT: a resolver that asks for A and AAAA at once from one socket. The loser is dropped, and the resolver waits for its timeout.',
            evidence: [moved(conntrackFile, 'insert_failed', failed, 'packets')],
            advice: [
              'For DNS: `options single-request-reopen` in resolv.conf, or a cache on each node that asks by TCP.',
            ],
            verify: 'Snapshot again under the same load: insert_failed stays flat.',
            tab: 'overview',
          },
        ],
});

const neighbourLimits = {
  nearShare: limit(
    0.9,
    heuristic,
    (value) => `above gc_thresh2 a warning, above ${formatShare(value)} of gc_thresh3 critical`,
  ),
};

interface Neighbours {
  readonly family: 'ipv4' | 'ipv6';
  readonly file: 'arp_cache' | 'ndisc_cache';
  readonly entries: number;
  readonly soft: number;
  readonly hard: number;
  readonly overflows: Delta | null;
}

/** R49: the table of neighbours is full. One finding a family. */
export const neighbourOverflow = ruleOf({
  id: 'R49',
  title: 'Neighbour table full',
  step: 'E9',
  evidence: '/proc/net/stat/arp_cache and ndisc_cache: entries against gc_thresh2 and gc_thresh3, table_fulls',
  fix: 'net.ipv4.neigh.default.gc_thresh1 to 3 (and net.ipv6), in the host’s own namespace',
  lookalikes: 'A scan of the network fills the table for a minute. entries counts those of all namespaces.',
  limits: neighbourLimits,
  needs: (context): Needed<readonly Neighbours[]> => {
    const tables = (['ipv4', 'ipv6'] as const).map((family) => neighboursOf(context, family));
    const read = tables.flatMap((table) => (table.ok ? [table.value] : []));
    if (read.length > 0) return have(read);
    const [first] = tables;
    return first !== undefined && !first.ok ? first : lack('no neighbour table could be read');
  },
  check: (tables, context, { nearShare }) => tables.flatMap((table) => neighbourFinding(table, context, nearShare)),
});

function neighboursOf(context: RuleContext, family: Neighbours['family']): Needed<Neighbours> {
  const file = family === 'ipv4' ? 'arp_cache' : 'ndisc_cache';
  const entries = entriesOf(context.sample, file);
  if (!entries.ok) return entries;
  const soft = numberOf(context.snapshot, `net.${family}.neigh.default.gc_thresh2`);
  if (!soft.ok) return soft;
  const hard = numberOf(context.snapshot, `net.${family}.neigh.default.gc_thresh3`);
  if (!hard.ok) return hard;
  const overflows = context.rates.ok ? tableFulls(context.rates.value, file) : null;
  return have({ family, file, entries: entries.value, soft: soft.value, hard: hard.value, overflows });
}

function entriesOf(sample: Sample, file: Neighbours['file']): Needed<number> {
  const reading = sample.netStat.get(file);
  if (reading === undefined) return lack(`the capture has no ${file}`);
  if (!reading.ok) return notRead(reading);
  return reading.value.entries === null ? lack(`${file} has no entries column`) : have(reading.value.entries);
}

function tableFulls(rates: Rates, file: Neighbours['file']): Delta | null {
  return rates.netStat.get(file)?.get('table_fulls') ?? null;
}

function neighbourFinding(table: Neighbours, { snapshot }: RuleContext, nearShare: number): Draft[] {
  const { family, file, entries, soft, hard, overflows } = table;
  const isFull = overflows !== null && overflows.delta > 0;
  if (!isFull && entries <= soft) return [];
  const named = family === 'ipv4' ? 'The ARP table' : 'The IPv6 neighbour table';
  const isCritical = isFull || entries > nearShare * hard;
  // The third first, and of each at least this: none may pass the next while they are written one after the other.
  const changes = Object.entries({ gc_thresh3: 16_384, gc_thresh2: 8192, gc_thresh1: 4096 }).flatMap(
    ([name, floor]): readonly SysctlChange[] =>
      doubled(snapshot, `net.${family}.neigh.default.${name}`, { floor, ceiling: 1_048_576 }).changes,
  );
  return [
    {
      severity: isCritical ? 'crit' : 'warn',
      subject: { kind: 'host' },
      title: isFull
        ? `${named} was full ${formatRate(overflows.perSecond, 'times')}; it holds ${formatCount(entries)} entries of at most ${formatCount(hard)}`
        : `${named} holds ${formatCount(entries)} entries; from ${formatCount(soft)} on they live five seconds, and ${formatCount(hard)} is the most`,
      why: 'Above gc_thresh2 entries live five seconds, at gc_thresh3 no new neighbour gets in: packets to it are dropped. Large flat networks, many containers or a scan fill it.',
      evidence: [
        stands(`/proc/net/stat/${file}`, 'entries', entries, `${formatCount(entries)} of at most ${formatCount(hard)}`),
        ...(overflows === null ? [] : [moved(`/proc/net/stat/${file}`, 'table_fulls', overflows, 'times')]),
      ],
      changes: snapshot.host.initialNetns === false ? [] : changes,
      advice: ['A smaller network, or routing instead of one flat one, keeps the table short.'],
      sideEffects: 'About half a kilobyte of kernel memory for each neighbour.',
      verify: 'Snapshot again: table_fulls stays flat, entries stays below gc_thresh2.',
      tab: 'overview',
    },
  ];
}
