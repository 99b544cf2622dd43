import { parseEthtoolChannels } from './ethtool/channels.ts';
import { parseEthtoolCoalesce } from './ethtool/coalesce.ts';
import { parseEthtoolDriver } from './ethtool/driver.ts';
import { parseEthtoolFeatures } from './ethtool/features.ts';
import { parseEthtoolRing } from './ethtool/ring.ts';
import { parseEthtoolStats } from './ethtool/stats.ts';
import { parseInterrupts } from './interrupts.ts';
import { parseNetDev } from './netDev.ts';
import type { Parsed } from './parsed.ts';
import { parseProcNetTcp } from './procNetTcp.ts';
import { parseProcStat } from './procStat.ts';
import { parseQdiscJson, parseQdiscText } from './qdisc.ts';
import { parseSnmp, parseSnmp6 } from './snmp.ts';
import { parseSockstat } from './sockstat.ts';
import { parseSoftirqs } from './softirqs.ts';
import { parseSoftnetStat } from './softnet.ts';
import { parseListeners } from './ss.ts';

/** A format that can be read by itself, outside a capture. */
export interface Format {
  readonly name: string;
  /** Where such text comes from, as a user would type it. */
  readonly source: string;
  readonly parse: (text: string) => Parsed<unknown>;
}

/** Every kernel and tool format there is a parser for, by the name `packet-path parse` knows it by. */
export const formats: readonly Format[] = [
  { name: 'softnet_stat', source: '/proc/net/softnet_stat', parse: (text) => parseSoftnetStat(text, null) },
  { name: 'interrupts', source: '/proc/interrupts', parse: parseInterrupts },
  { name: 'softirqs', source: '/proc/softirqs', parse: parseSoftirqs },
  { name: 'stat', source: '/proc/stat', parse: parseProcStat },
  { name: 'net_dev', source: '/proc/net/dev', parse: parseNetDev },
  { name: 'snmp', source: '/proc/net/snmp', parse: parseSnmp },
  { name: 'netstat', source: '/proc/net/netstat', parse: parseSnmp },
  { name: 'snmp6', source: '/proc/net/snmp6', parse: parseSnmp6 },
  { name: 'sockstat', source: '/proc/net/sockstat', parse: parseSockstat },
  { name: 'tcp', source: '/proc/net/tcp', parse: (text) => parseProcNetTcp(text, 4) },
  { name: 'tcp6', source: '/proc/net/tcp6', parse: (text) => parseProcNetTcp(text, 6) },
  { name: 'udp', source: '/proc/net/udp', parse: (text) => parseProcNetTcp(text, 4) },
  { name: 'listeners', source: 'ss -Hltnm', parse: parseListeners },
  { name: 'qdisc', source: 'tc -s qdisc show', parse: parseQdiscText },
  { name: 'qdisc-json', source: 'tc -s -j qdisc show', parse: parseQdiscJson },
  { name: 'ethtool-i', source: 'ethtool -i DEV', parse: parseEthtoolDriver },
  { name: 'ethtool-g', source: 'ethtool -g DEV', parse: parseEthtoolRing },
  { name: 'ethtool-l', source: 'ethtool -l DEV', parse: parseEthtoolChannels },
  { name: 'ethtool-c', source: 'ethtool -c DEV', parse: parseEthtoolCoalesce },
  { name: 'ethtool-k', source: 'ethtool -k DEV', parse: parseEthtoolFeatures },
  { name: 'ethtool-S', source: 'ethtool -S DEV', parse: parseEthtoolStats },
];
