import { readFileSync } from 'node:fs';
import { parseProcStat } from '../../../src/kernel/procStat.ts';
import { parseSnmp } from '../../../src/kernel/snmp.ts';
import { parseSockstat } from '../../../src/kernel/sockstat.ts';
import { parseSoftirqs } from '../../../src/kernel/softirqs.ts';
import { parseSoftnetStat } from '../../../src/kernel/softnet.ts';
import { parseListeners } from '../../../src/kernel/ss.ts';
import { read } from '../../../src/model/reading.ts';
import type { Sample, Snapshot } from '../../../src/model/snapshot.ts';
import { sampleOf, snapshotOf } from './build.ts';

/** One of the two looks at a real host (kernel 6.18, 2 CPUs) before and during a known fault. */
function look(scenario: string, which: 'a' | 'b'): Sample {
  const text = (name: string): string =>
    readFileSync(new URL(`../../fixtures/scenarios/${scenario}/${name}.${which}.txt`, import.meta.url), 'utf8');
  return sampleOf(
    {
      softnet: read('/proc/net/softnet_stat', parseSoftnetStat(text('proc_net_softnet_stat'), [0, 1])),
      softirqs: read('/proc/softirqs', parseSoftirqs(text('proc_softirqs'))),
      cpuTimes: read('/proc/stat', parseProcStat(text('proc_stat'))),
      netstat: read('/proc/net/netstat', parseSnmp(text('proc_net_netstat'))),
      snmp: read('/proc/net/snmp', parseSnmp(text('proc_net_snmp'))),
      sockstat: read('/proc/net/sockstat', parseSockstat(text('proc_net_sockstat'))),
      listeners: read('ss -Hltnm', parseListeners(text('ss_ltn').replace(/^State.*\n/, ''))),
    },
    Number.parseFloat(text('proc_uptime')),
  );
}

/** The host with its settings at that time: the faults were made by setting two of them very low. */
export function scenario(name: string): Snapshot {
  const sysctl = {
    'net.core.netdev_max_backlog': name === 'softnet_drop' ? '16' : '1000',
    'net.core.netdev_budget': name === 'time_squeeze' ? '2' : '300',
    'net.core.netdev_budget_usecs': '8000',
    'net.core.somaxconn': '4096',
    'net.core.rmem_max': '4194304',
    'net.ipv4.tcp_max_tw_buckets': '131072',
  };
  return { ...snapshotOf({ after: {}, sysctl }), samples: [look(name, 'a'), look(name, 'b')] };
}
