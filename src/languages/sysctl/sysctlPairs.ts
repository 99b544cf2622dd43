import type { DocumentContext, Fix, Problem } from '../service/languageService.ts';
import { possibleFix, problem, replaced } from '../service/problem.ts';
import type { SysctlAssignment } from './sysctlConf.ts';
import { linksOf } from './sysctlLinks.ts';
import { type SysctlSource, wholeLine } from './sysctlSource.ts';
import { kernelNumber, splitNote } from './sysctlValue.ts';

/** A line and the numbers it sets. */
interface Set {
  readonly line: SysctlAssignment;
  readonly numbers: readonly number[];
}

/** A pair of keys, what of them contradicts each other, and what to say. */
interface Pair {
  readonly keys: readonly [string, string];
  readonly holds: (
    first: readonly number[],
    second: readonly number[],
    order: { readonly firstIsEarlier: boolean },
  ) => boolean;
  /** Which of the two the mark is on. */
  readonly at: 0 | 1;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly why: string;
  /** The number of the first, by its place, that the second must reach: a repair raises it. */
  readonly reach?: number;
}

const above =
  (index = 0, other = 0) =>
  (first: readonly number[], second: readonly number[]) =>
    (first[index] ?? 0) > (second[other] ?? 0);

const families = ['net.ipv4.neigh.default', 'net.ipv6.neigh.default'];

const pairs: readonly Pair[] = [
  {
    keys: ['net.ipv4.tcp_rmem', 'net.core.rmem_max'],
    holds: above(2),
    reach: 2,
    at: 1,
    severity: 'info',
    message:
      'An application that sets SO_RCVBUF gets less than autotuning would give it (the third number of tcp_rmem)',
    why: 'SO_RCVBUF is bounded by rmem_max and switches autotuning off; tcp_rmem bounds autotuning alone. Neither limits the other.',
  },
  {
    keys: ['net.ipv4.tcp_wmem', 'net.core.wmem_max'],
    holds: above(2),
    reach: 2,
    at: 1,
    severity: 'info',
    message:
      'An application that sets SO_SNDBUF gets less than autotuning would give it (the third number of tcp_wmem)',
    why: 'SO_SNDBUF is bounded by wmem_max and switches autotuning off; tcp_wmem bounds autotuning alone. Neither limits the other.',
  },
  {
    keys: ['net.core.rmem_default', 'net.core.rmem_max'],
    holds: above(),
    reach: 0,
    at: 0,
    severity: 'warning',
    message: 'Sockets begin with more than rmem_max allows an application to ask for',
    why: 'An application that sets SO_RCVBUF to any size shrinks its buffer.',
  },
  {
    keys: ['net.core.wmem_default', 'net.core.wmem_max'],
    holds: above(),
    reach: 0,
    at: 0,
    severity: 'warning',
    message: 'Sockets begin with more than wmem_max allows an application to ask for',
    why: 'An application that sets SO_SNDBUF to any size shrinks its buffer.',
  },
  {
    keys: ['net.ipv4.tcp_tw_reuse', 'net.ipv4.tcp_timestamps'],
    holds: ([reuse = 0], [timestamps]) => reuse > 0 && timestamps === 0,
    at: 0,
    severity: 'warning',
    message: 'tcp_tw_reuse does nothing while tcp_timestamps is 0',
    why: 'Only timestamps tell segments of the old connection from those of the new one.',
  },
  {
    keys: ['net.ipv4.tcp_max_syn_backlog', 'net.ipv4.tcp_syncookies'],
    holds: (_, [cookies]) => cookies === 1,
    at: 0,
    severity: 'info',
    message: 'tcp_max_syn_backlog is not looked at while tcp_syncookies is 1',
    why: 'Half-open connections are then bounded by the backlog of listen(), which somaxconn bounds (net/ipv4/tcp_input.c).',
  },
  {
    keys: ['net.core.flow_limit_cpu_bitmap', 'net.core.flow_limit_table_len'],
    holds: (_first, _second, { firstIsEarlier }) => firstIsEarlier,
    at: 1,
    severity: 'warning',
    message: 'The length has no effect on the CPUs that a line before has switched on',
    why: 'A table is made when its CPU is switched on: set the length first.',
  },
  ...['net.ipv4.ipfrag', 'net.ipv6.ip6frag'].map(
    (memory): Pair => ({
      keys: [`${memory}_low_thresh`, `${memory}_high_thresh`],
      holds: above(),
      reach: 0,
      at: 0,
      severity: 'error',
      message: 'The kernel refuses a low mark above the high one',
      why: '',
    }),
  ),
  {
    keys: ['net.netfilter.nf_conntrack_max', 'net.netfilter.nf_conntrack_buckets'],
    holds: ([max = 0], [buckets = 1]) => max > 8 * buckets,
    at: 0,
    severity: 'info',
    message: 'More than eight entries for each bucket: every packet walks a long chain',
    why: 'Since Linux 5.15 there are as many buckets as entries by default.',
  },
  ...['tcp', 'udp'].map(
    (protocol): Pair => ({
      keys: [`net.ipv4.${protocol}_early_demux`, 'net.ipv4.ip_early_demux'],
      holds: ([own], [ip]) => own === 1 && ip === 0,
      at: 0,
      severity: 'info',
      message: `${protocol}_early_demux does nothing while ip_early_demux is 0`,
      why: '',
    }),
  ),
  ...families.flatMap((family): Pair[] =>
    [1, 2].map((mark) => ({
      keys: [`${family}.gc_thresh${mark}`, `${family}.gc_thresh${mark + 1}`],
      holds: above(),
      reach: 0,
      at: 0,
      severity: 'warning',
      message: `gc_thresh${mark} is above gc_thresh${mark + 1}: the marks must rise`,
      why: 'Below the first nothing is collected, above the third new neighbours are refused.',
    })),
  ),
];

/** Lines of one file that contradict each other. Of several lines of one key the last is meant. */
export function pairProblems(source: SysctlSource, context: DocumentContext): Problem[] {
  const sets = new Map<string, Set>();
  for (const line of source.assignments) {
    const numbers = splitNote(line.value)
      .plain.split(/\s+/)
      .map((word) => kernelNumber(word) ?? Number.NaN);
    sets.set(line.key, { line, numbers });
  }
  const found = pairs.flatMap((pair) => {
    const [first, second] = [sets.get(pair.keys[0]), sets.get(pair.keys[1])];
    if (first === undefined || second === undefined) return [];
    const isMask = pair.keys[0] === 'net.core.flow_limit_cpu_bitmap';
    if (isMask ? /^[0,]*$/.test(first.line.value) : [...first.numbers, ...second.numbers].some(Number.isNaN)) return [];
    const order = { firstIsEarlier: first.line.lineNumber < second.line.lineNumber };
    return pair.holds(first.numbers, second.numbers, order) ? [pairProblem(source, pair, [first, second])] : [];
  });
  return [...found, ...reversePath(source, sets), ...flowSteering(source, sets, context)];
}

function pairProblem(source: SysctlSource, { at, keys, ...said }: Pair, sets: readonly [Set, Set]): Problem {
  const [marked, other] = at === 0 ? sets : [sets[1], sets[0]];
  const isOrder = keys[1] === 'net.core.flow_limit_table_len';
  const text = source.text.slice(
    source.index.startOf(marked.line.lineNumber),
    source.index.endOf(marked.line.lineNumber),
  );
  return problem({
    code: 'contradiction',
    severity: said.severity,
    span: source.index.spanOf(marked.line.keyRange),
    message: said.message,
    why: said.why,
    links: linksOf(marked.line.key),
    related: [
      {
        path: null,
        span: source.index.spanOf(other.line.keyRange),
        line: other.line.lineNumber + 1,
        message: 'the line that it contradicts',
      },
    ],
    fixes: [
      ...(isOrder
        ? [
            possibleFix(
              `Move it before line ${other.line.lineNumber + 1}`,
              { ...startOf(source, other.line), text: `${text}\n` },
              replaced(wholeLine(source, marked.line.lineNumber), ''),
            ),
          ]
        : []),
      ...raised(source, said.reach, sets),
    ],
  });
}

/** The second set to what the first asks of it. */
function raised(source: SysctlSource, reach: number | undefined, [first, second]: readonly [Set, Set]): Fix[] {
  const wanted = reach === undefined ? undefined : first.numbers[reach];
  if (wanted === undefined) return [];
  const { key, valueRange } = second.line;
  return [possibleFix(`Set ${key} to ${wanted}`, replaced(source.index.spanOf(valueRange), String(wanted)))];
}

function startOf({ index }: SysctlSource, { lineNumber }: SysctlAssignment) {
  const start = index.startOf(lineNumber);
  return { start, end: start };
}

/** Of `all` and the interface the higher number counts for the reverse path check (net/ipv4/fib_frontend.c). */
function reversePath(source: SysctlSource, sets: ReadonlyMap<string, Set>): Problem[] {
  const all = sets.get('net.ipv4.conf.all.rp_filter');
  const [most = 0] = all?.numbers ?? [];
  if (all === undefined || most === 0) return [];
  return [...sets].flatMap(([key, { line, numbers }]) => {
    const [own = 0] = numbers;
    const device = /^net\.ipv4\.conf\.([^.]+)\.rp_filter$/.exec(key)?.[1];
    if (device === undefined || device === 'all' || device === 'default' || own >= most) return [];
    return [
      problem({
        code: 'contradiction',
        severity: 'warning',
        span: source.index.spanOf(line.keyRange),
        message: `The interface is checked by ${most} all the same: of \`all\` and the interface the higher number counts`,
        links: linksOf(key),
        related: [
          {
            path: null,
            span: source.index.spanOf(all.line.keyRange),
            line: all.line.lineNumber + 1,
            message: 'the number that counts',
          },
        ],
      }),
    ];
  });
}

/** Receive flow steering needs the global table, and a share of it in each receive queue. */
function flowSteering(source: SysctlSource, sets: ReadonlyMap<string, Set>, { host }: DocumentContext): Problem[] {
  const table = sets.get('net.core.rps_sock_flow_entries');
  const [entries] = table?.numbers ?? [];
  if (table === undefined || entries === undefined || host === null) return [];
  const shares = host.nics.flatMap(({ queues }) =>
    queues.flatMap(({ flowCount }) => (flowCount === null ? [] : [flowCount])),
  );
  if (shares.length === 0) return [];
  const shared = shares.some((share) => share > 0);
  if (shared === entries > 0) return [];
  return [
    problem({
      code: 'contradiction',
      severity: entries > 0 ? 'info' : 'warning',
      span: source.index.spanOf(table.line.valueRange),
      message:
        entries > 0
          ? `On ${host.label} no receive queue has a share of the table (rps_flow_cnt): RFS is off`
          : `On ${host.label} receive queues have a share of a table that is empty (rps_flow_cnt): RFS is off`,
      why: 'Receive flow steering needs both: rps_sock_flow_entries, and rps_flow_cnt of each queue, which a udev rule sets.',
      links: linksOf(table.line.key),
    }),
  ];
}
