import type { Finding, Found } from './finding.ts';

/** One rule's finding explains another's. */
interface Link {
  readonly cause: string;
  readonly symptoms: readonly string[];
  /** Of what both must speak; `host`: of the host, which every finding does. */
  readonly shared: 'host' | 'cpu' | 'nic';
  /** Reads on after the cause's title. */
  readonly because: string;
}

/** Closest cause first: of several that are there the first explains. */
const links: readonly Link[] = [
  {
    cause: 'R42',
    symptoms: ['R41', 'R40', 'R39'],
    shared: 'nic',
    because: 'the NIC does not send, so its queue fills',
  },
  {
    cause: 'R41',
    symptoms: ['R40', 'R39'],
    shared: 'nic',
    because: 'the TX ring is full, so packets wait in the qdisc',
  },
  { cause: 'R40', symptoms: ['R39'], shared: 'nic', because: 'the driver takes no more packets, so the qdisc fills' },
  { cause: 'R39', symptoms: ['R45', 'R33'], shared: 'host', because: 'what the qdisc drops is lost to its sender' },
  { cause: 'R14', symptoms: ['R33'], shared: 'host', because: 'frames that are damaged on the wire are sent again' },
  {
    cause: 'R46',
    symptoms: ['R22', 'R33', 'R34'],
    shared: 'host',
    because: 'packets that cannot be tracked are dropped',
  },
  { cause: 'R49', symptoms: ['R22'], shared: 'host', because: 'a neighbour without an entry cannot be reached' },
  { cause: 'R62', symptoms: ['R34'], shared: 'host', because: 'without SACK losses wait for the timeout' },
  { cause: 'R33', symptoms: ['R34', 'R35'], shared: 'host', because: 'these are the same losses' },
  { cause: 'R29', symptoms: ['R01'], shared: 'cpu', because: 'the flow limit drops what fills half the backlog' },
  { cause: 'R58', symptoms: ['R18', 'R19'], shared: 'host', because: 'accept() fails without a file to give' },
  { cause: 'R21', symptoms: ['R20'], shared: 'host', because: 'a full SYN queue is one of the other reasons' },
  { cause: 'R21', symptoms: ['R23'], shared: 'host', because: 'cookies would answer what the full queue drops' },
  {
    cause: 'R18',
    symptoms: ['R22'],
    shared: 'host',
    because: 'SYNs that a full accept queue drops are sent again',
  },
  { cause: 'R27', symptoms: ['R30', 'R20'], shared: 'host', because: 'under memory pressure buffers do not grow' },
  { cause: 'R63', symptoms: ['R30', 'R31'], shared: 'host', because: 'a buffer this small is full at the first burst' },
  { cause: 'R26', symptoms: ['R27'], shared: 'host', because: 'orphans hold the memory' },
  { cause: 'R31', symptoms: ['R30'], shared: 'host', because: 'a buffer that nobody reads overflows' },
  { cause: 'R02', symptoms: ['R06'], shared: 'nic', because: 'a poll loop that is cut short leaves the ring full' },
  {
    cause: 'R36',
    symptoms: ['R06', 'R02', 'R01'],
    shared: 'cpu',
    because: 'a CPU that softirq takes whole falls behind',
  },
  { cause: 'R36', symptoms: ['R44', 'R28'], shared: 'host', because: 'tasks wait for a CPU that softirq holds' },
  { cause: 'R02', symptoms: ['R36'], shared: 'cpu', because: 'work in portions this small costs more than the work' },
  { cause: 'R02', symptoms: ['R44'], shared: 'host', because: 'it takes the CPU that readers wait for' },
  { cause: 'R08', symptoms: ['R03', 'R36'], shared: 'cpu', because: 'interrupts of several queues go to one CPU' },
  { cause: 'R53', symptoms: ['R03', 'R36'], shared: 'cpu', because: 'all interrupts go to one CPU' },
  { cause: 'R04', symptoms: ['R03', 'R36'], shared: 'cpu', because: 'the NIC puts most flows into one queue' },
  { cause: 'R05', symptoms: ['R03', 'R36'], shared: 'cpu', because: 'fewer queues than CPUs bring the work to a few' },
  { cause: 'R09', symptoms: ['R03', 'R36'], shared: 'cpu', because: 'without RPS one queue is one CPU’s' },
  {
    cause: 'R10',
    symptoms: ['R36'],
    shared: 'cpu',
    because: 'an interrupt for each packet costs more than the packet',
  },
  { cause: 'R03', symptoms: ['R36'], shared: 'cpu', because: 'the receive work is all on that CPU' },
  {
    cause: 'R37',
    symptoms: ['R36', 'R02', 'R01', 'R06', 'R44', 'R28', 'R18'],
    shared: 'host',
    because: 'the time was taken from this host',
  },
];

/**
 * Findings with what explains them, in the order to read: each cause before its symptoms, the group with the worst
 * finding first. What would be changed for a symptom is advised against until its cause is dealt with. Of equals those come first in which a setting is below the kernel's default, since that is the host's
 * own doing; then the order they came in, the packet's way.
 */
export function causesFirst(findings: readonly Finding[]): Found[] {
  const causes = new Map(findings.map((finding) => [finding, causeOf(finding, findings)]));
  const explained = (finding: Finding): Found => {
    const cause = causes.get(finding) ?? null;
    if (cause === null) return { ...finding, explainedBy: null };
    const { key, rule, title } = cause.finding;
    const explainedBy = { key, because: cause.link.because };
    // Nothing to change, or what the cause proposes as well.
    const known = cause.finding.changes.map((change) => JSON.stringify(change));
    if (finding.changes.every((change) => known.includes(JSON.stringify(change)))) return { ...finding, explainedBy };
    const first = `Changing this treats a symptom only: act on its cause first, ${rule}: ${title}.`;
    return { ...finding, explainedBy, advice: [first, ...finding.advice] };
  };
  const symptomsOf = (head: Finding): Finding[] =>
    findings
      .filter((finding) => causes.get(finding)?.finding === head)
      .flatMap((finding) => [finding, ...symptomsOf(finding)]);
  const groups = findings
    .filter((finding) => causes.get(finding) === null)
    .map((head) => [head, ...symptomsOf(head)])
    .map((group) => ({ group, worst: Math.min(...group.map(({ severity }) => rank[severity])) }));
  const misset = ({ group }: (typeof groups)[number]): number => (group[0]?.misset === true ? 0 : 1);
  groups.sort((a, b) => a.worst - b.worst || misset(a) - misset(b));
  return groups.flatMap(({ group }) => group.map(explained));
}

const rank = { crit: 0, warn: 1, info: 2 } as const;

interface Cause {
  readonly finding: Finding;
  readonly link: Link;
}

function causeOf(symptom: Finding, findings: readonly Finding[]): Cause | null {
  // What its own setting explains needs no other cause.
  if (symptom.misset) return null;
  for (const link of links) {
    if (!link.symptoms.includes(symptom.rule)) continue;
    const finding = findings.find(
      (one) => one.rule === link.cause && areOf(link, one, symptom) && canExplain(one, symptom),
    );
    if (finding !== undefined) return { finding, link };
  }
  return null;
}

/**
 * A budget that was set small makes work of its own; otherwise the CPU is the cause of the squeeze. A CPU that softirq
 * does not take whole still empties its queues in time.
 */
function canExplain(cause: Finding, symptom: Finding): boolean {
  if (cause.rule === 'R02') return cause.misset || symptom.rule === 'R06';
  return cause.rule !== 'R36' || cause.severity === 'crit';
}

function areOf({ shared }: Link, cause: Finding, symptom: Finding): boolean {
  if (shared === 'host') return true;
  const [mine, theirs] = shared === 'cpu' ? [cause.cpus, symptom.cpus] : [nicsOf(cause), nicsOf(symptom)];
  return mine.some((one) => (theirs as readonly (number | string)[]).includes(one));
}

function nicsOf({ subject, nics }: Finding): readonly string[] {
  return subject.kind === 'nic' || subject.kind === 'queue' ? [subject.nic, ...nics] : nics;
}
