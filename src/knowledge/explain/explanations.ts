import type { CounterMeaning } from '../counters/counterMeaning.ts';
import { meaningOf, scopeOf } from '../counters.ts';
import { type Step, steps } from '../steps.ts';
import { tcpStateMeanings } from '../tcpStates.ts';
import { columns, figures } from './columns.ts';
import { type Explanation, explanation, type NamesHere, named } from './explanation.ts';
import { hostFacts, nicFacts, socketFacts } from './facts.ts';
import { cpuTimes, softirqs } from './interrupts.ts';
import { measures } from './links.ts';
import { driver, irq, knob, link, nicSetting, offload, queue } from './nicNames.ts';
import { qdiscKinds } from './qdiscs.ts';
import { sections } from './sections.ts';
import { sysctl } from './sysctlName.ts';

/**
 * What is known under an id of the panel, `KIND:NAME`: null for a kind that is none, or a name nothing is known of. A rule
 * (`rule:R01`) and evidence of a finding are for those who know rules.
 */
export function explanationOf(id: string, here: NamesHere): Explanation | null {
  const colon = id.indexOf(':');
  const name = id.slice(colon + 1);
  const explain = kinds.get(id.slice(0, colon));
  return explain === undefined ? null : explain(name, here);
}

type Explain = (name: string, here: NamesHere) => Explanation | null;

const kinds: ReadonlyMap<string, Explain> = new Map<string, Explain>([
  ['counter', (name) => counter(name)],
  ['softnet', (name) => counter(`softnet ${name}`)],
  ['sockstat', (name) => counter(`sockstat ${name}`) ?? counter(name)],
  ['link', (name) => link(name)],
  ['driver', driver],
  ['measure', measure],
  ['irq', irq],
  ['cputime', (name) => named(cpuTimes, name, 'CPU time', name, '/proc/stat')],
  ['softirq', (name) => named(softirqs, name, 'softirq', name, '/proc/softirqs')],
  ['state', state],
  ['queue', queue],
  ['qdisc', (name) => named(qdiscKinds, name, 'queueing discipline', name, 'tc -s qdisc')],
  ['nicsetting', nicSetting],
  ['offload', (name) => offload(name)],
  ['nicfact', (name) => named(nicFacts, name, 'of an interface')],
  ['hostfact', (name) => named(hostFacts, name, 'of the host')],
  ['socketfact', (name) => named(socketFacts, name, 'of sockets')],
  ['knob', knob],
  ['sysctl', sysctl],
  ['step', step],
  ['section', (name) => named(sections, name.replace(/@.*| .*$/, ''), 'section', name)],
  ['figure', (name) => named(figures, `figure:${name}`, 'chart', name)],
  ['tile', (name) => named(figures, `tile:${name}`, 'rate', name)],
  ['column', column],
  ['help', help],
]);

const counterFiles: ReadonlyMap<string, string> = new Map([
  ['Tcp', '/proc/net/snmp'],
  ['Udp', '/proc/net/snmp'],
  ['UdpLite', '/proc/net/snmp'],
  ['Ip', '/proc/net/snmp'],
  ['Icmp', '/proc/net/snmp'],
  ['IcmpMsg', '/proc/net/snmp'],
  ['TcpExt', '/proc/net/netstat'],
  ['IpExt', '/proc/net/netstat'],
  ['MPTcpExt', '/proc/net/netstat'],
  ['Ip6', '/proc/net/snmp6'],
  ['Udp6', '/proc/net/snmp6'],
  ['UdpLite6', '/proc/net/snmp6'],
  ['Icmp6', '/proc/net/snmp6'],
  ['Xfrm', '/proc/net/xfrm_stat'],
  ['softnet', '/proc/net/softnet_stat'],
  ['sockstat', '/proc/net/sockstat, sockstat6'],
  ['pressure', '/proc/pressure'],
  ['loadavg', '/proc/loadavg'],
  ['protocols', '/proc/net/protocols'],
  ['conntrack', '/proc/sys/net/netfilter/nf_conntrack_count'],
]);

function counter(full: string): Explanation | null {
  // Those of xfrm_stat carry their section in their name.
  const [section = '', ...rest] = (full.startsWith('Xfrm') ? `Xfrm ${full}` : full).split(' ');
  const name = rest.join(' ');
  const meaning = meaningOf(section, name);
  if (meaning === null) return null;
  return explanation({
    title: full,
    kind: meaning.kind,
    what: meaning.meaning,
    where: meaning.where,
    source: counterFiles.get(section) ?? `/proc/net/stat/${section}`,
    step: meaning.step,
    unit: meaning.unit === 'us' ? 'microseconds' : meaning.unit,
    scope: scopeOf(section, name) === 'machine' ? 'the whole machine' : 'this network namespace',
    versions: versionsOf(meaning),
    named: namesOf(section, name),
  });
}

/** A name of several capitals is unlike any other word; a plain one counts beside its file only. */
function namesOf(section: string, name: string): readonly (readonly string[])[] {
  if (section === 'softnet') return [['softnet_stat', name]];
  if (section === 'sockstat') return [['sockstat', name]];
  if (section === 'conntrack') return [['nf_conntrack_count']];
  const file = counterFiles.get(section);
  if (file === undefined)
    return [[`/proc/net/stat/${section}`, name], ...(section === 'ndisc_cache' ? [[section, name]] : [])];
  if (section === 'Udp6') return [['Udp', name]];
  if (section === 'Ip6') return [['Ip', name]];
  return /^(?:Tcp|Udp|Ip)$/.test(section) ? [[section, name]] : [[name]];
}

function versionsOf({ since, until }: CounterMeaning): string {
  if (since !== null && until !== null) return `Linux ${since} to ${until}`;
  if (since !== null) return `Linux ${since} and later`;
  return until === null ? '' : `up to Linux ${until}`;
}

function measure(name: string, here: NamesHere): Explanation | null {
  const own = named(measures, name, 'figure', name);
  if (own !== null && measures.has(name)) return own;
  const [kind = '', ...rest] = name.split(' ');
  const of: Readonly<Record<string, string>> = {
    nic: 'link',
    cpu: 'cputime',
    counter: 'counter',
    softnet: 'softnet',
    softirq: 'softirq',
  };
  return of[kind] === undefined ? null : explanationOf(`${of[kind]}:${rest.join(' ')}`, here);
}

function state(name: string): Explanation | null {
  const meaning = tcpStateMeanings.get(name);
  if (meaning === undefined) return null;
  return explanation({
    title: name,
    kind: 'TCP state',
    what: meaning,
    where: 'tcp_set_state',
    source: '/proc/net/tcp, tcp6',
    step:
      name === 'SYN_SENT'
        ? 'E4'
        : name === 'LISTEN' || name.endsWith('SYN_RECV')
          ? 'I20'
          : name === 'CLOSE_WAIT'
            ? 'I25'
            : 'I21',
    named: [
      [name],
      ...(name === 'TIME_WAIT' ? [['sockstat', 'TCP tw']] : []),
      ...(name === 'LISTEN' ? [['ss -ltn']] : []),
    ],
  });
}

const stepById: ReadonlyMap<string, Step> = new Map(steps.map((each) => [each.id, each]));

/** `I14 eth0`: the interface is for those who have a snapshot. */
function step(full: string): Explanation | null {
  const found = stepById.get(full.split(' ')[0] ?? '');
  if (found === undefined) return null;
  return explanation({
    title: `${found.id} ${found.name}`,
    kind: found.id.startsWith('I') ? 'step of the way in' : 'step of the way out',
    what: found.meaning,
    where: found.functions.join(', '),
    step: found.id,
  });
}

/** `TABLE/COLUMN` */
function column(id: string): Explanation | null {
  const [, own = ''] = id.split('/', 2);
  const row = columns.get(id) ?? columns.get(`*/${own}`);
  if (row === undefined) return null;
  return explanation({
    title: own,
    kind: 'column',
    what: row.what,
    source: row.where,
    step: row.step,
    named: row.named,
  });
}

function help(): Explanation {
  return explanation({
    title: 'Anything here, explained',
    kind: 'help',
    what: 'Point at a heading, counter, setting or step to read what it is, where the kernel counts it, what makes it move, and what the rules that go by it found here. A click on the name of a row keeps it open. By keyboard: `?` explains what has the focus, arrow keys go from name to name in a table, `Enter` opens, `Escape` closes.',
  });
}
