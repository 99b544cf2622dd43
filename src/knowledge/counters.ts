import type { CounterMeaning } from './counters/counterMeaning.ts';
import {
  loadMeanings,
  pressureMeanings,
  protocolMeaning,
  sockstatMeanings,
  softnetMeanings,
  xfrmMeanings,
} from './counters/host.ts';
import { icmp6Meanings, icmpMeanings, icmpTypeMeaning } from './counters/icmp.ts';
import { ip6Meanings, ipExtMeanings, ipMeanings } from './counters/ip.ts';
import { mptcpMeanings } from './counters/mptcp.ts';
import {
  conntrackCountMeanings,
  conntrackMeanings,
  neighbourMeanings,
  routeMeanings,
  synproxyMeanings,
} from './counters/tables.ts';
import { tcpConnectionMeanings, tcpMeanings } from './counters/tcp.ts';
import { tcpDataMeanings } from './counters/tcpData.ts';
import { udpMeanings } from './counters/udp.ts';

/** Every figure that kernels up to 7.x print in these files, by file and in the kernel's order or by what belongs together. */
export const counterMeanings: readonly CounterMeaning[] = [
  ...tcpMeanings,
  ...tcpConnectionMeanings,
  ...tcpDataMeanings,
  ...udpMeanings,
  ...ipMeanings,
  ...ipExtMeanings,
  ...ip6Meanings,
  ...icmpMeanings,
  ...icmp6Meanings,
  ...mptcpMeanings,
  ...conntrackCountMeanings,
  ...conntrackMeanings,
  ...synproxyMeanings,
  ...neighbourMeanings,
  ...routeMeanings,
  ...xfrmMeanings,
  ...softnetMeanings,
  ...sockstatMeanings,
  ...pressureMeanings,
  ...loadMeanings,
];

const byName = new Map(counterMeanings.map((meaning) => [`${meaning.section} ${meaning.name}`, meaning]));

/** What moves a counter; null for one that is not known here, as of a kernel newer than these tables. */
export function meaningOf(section: string, name: string): CounterMeaning | null {
  if (section === 'protocols') return protocolMeaning(name);
  return byName.get(`${section} ${name}`) ?? icmpTypeMeaning(section, name);
}

const machineWide: ReadonlySet<string> = new Set([
  ...['softnet', 'pressure', 'loadavg', 'arp_cache', 'ndisc_cache', 'rt_cache'],
  ...['sockstat TCP orphan', 'sockstat TCP alloc', 'sockstat TCP mem', 'sockstat UDP mem'],
]);

/** Whether a figure is of one network namespace or of the whole machine, also where it is read inside a namespace. */
export function scopeOf(section: string, name: string): 'namespace' | 'machine' {
  return machineWide.has(section) || machineWide.has(`${section} ${name}`) ? 'machine' : 'namespace';
}
