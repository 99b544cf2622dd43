import { parseConntrackStats } from './conntrack.ts';
import { parseEthtoolChannels } from './ethtool/channels.ts';
import { parseEthtoolCoalesce } from './ethtool/coalesce.ts';
import { parseEthtoolDriver } from './ethtool/driver.ts';
import { parseEthtoolFeatures } from './ethtool/features.ts';
import { parseEthtoolFec } from './ethtool/fec.ts';
import { parseFlowHash } from './ethtool/flowHash.ts';
import { parseFlowRules } from './ethtool/flowRules.ts';
import { parseEthtoolModule } from './ethtool/module.ts';
import { parseEthtoolPause } from './ethtool/pause.ts';
import { parseEthtoolPrivateFlags } from './ethtool/privateFlags.ts';
import { parseEthtoolRing } from './ethtool/ring.ts';
import { parseEthtoolRss } from './ethtool/rss.ts';
import { parseEthtoolSettings } from './ethtool/settings.ts';
import { parseEthtoolStats } from './ethtool/stats.ts';
import { parseEthtoolTimestamping } from './ethtool/timestamping.ts';
import { parseInterrupts } from './interrupts.ts';
import { parseKernelConfig } from './kernelConfig.ts';
import { parseLoadavg } from './loadavg.ts';
import { parseNetDev } from './netDev.ts';
import { parseNetstatSummary } from './netstatSummary.ts';
import { parseNstat, parseNstatJson } from './nstat.ts';
import type { Parsed } from './parsed.ts';
import { parsePressure } from './pressure.ts';
import { parseProcNetStat } from './procNetStat.ts';
import { parseProcNetTcp } from './procNetTcp.ts';
import { parseProcStat } from './procStat.ts';
import { parseProtocols } from './protocols.ts';
import { parseQdiscJson, parseQdiscText } from './qdisc.ts';
import { parseSnmp, parseSnmp6 } from './snmp.ts';
import { parseNetstatText } from './sockets/netstatText.ts';
import { parseSs } from './sockets/ssSockets.ts';
import { parseSsSummary } from './sockets/ssSummary.ts';
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
  { name: 'sockstat6', source: '/proc/net/sockstat6', parse: parseSockstat },
  { name: 'xfrm_stat', source: '/proc/net/xfrm_stat', parse: parseSnmp6 },
  { name: 'net-stat', source: '/proc/net/stat/nf_conntrack', parse: parseProcNetStat },
  { name: 'conntrack-S', source: 'conntrack -S', parse: parseConntrackStats },
  { name: 'pressure', source: '/proc/pressure/cpu', parse: parsePressure },
  { name: 'loadavg', source: '/proc/loadavg', parse: parseLoadavg },
  { name: 'protocols', source: '/proc/net/protocols', parse: parseProtocols },
  { name: 'nstat', source: 'nstat -asz', parse: parseNstat },
  { name: 'nstat-json', source: 'nstat -asz -j', parse: parseNstatJson },
  { name: 'netstat-s', source: 'netstat -s', parse: parseNetstatSummary },
  { name: 'tcp', source: '/proc/net/tcp', parse: (text) => parseProcNetTcp(text, 4) },
  { name: 'tcp6', source: '/proc/net/tcp6', parse: (text) => parseProcNetTcp(text, 6) },
  { name: 'udp', source: '/proc/net/udp', parse: (text) => parseProcNetTcp(text, 4) },
  { name: 'udp6', source: '/proc/net/udp6', parse: (text) => parseProcNetTcp(text, 6) },
  { name: 'udplite', source: '/proc/net/udplite', parse: (text) => parseProcNetTcp(text, 4) },
  { name: 'udplite6', source: '/proc/net/udplite6', parse: (text) => parseProcNetTcp(text, 6) },
  { name: 'raw', source: '/proc/net/raw', parse: (text) => parseProcNetTcp(text, 4) },
  { name: 'raw6', source: '/proc/net/raw6', parse: (text) => parseProcNetTcp(text, 6) },
  { name: 'ss', source: 'ss -anetipom', parse: parseSs },
  { name: 'ss-summary', source: 'ss -s', parse: parseSsSummary },
  { name: 'listeners', source: 'ss -ltnm', parse: parseListeners },
  { name: 'netstat-sockets', source: 'netstat -anp', parse: parseNetstatText },
  { name: 'qdisc', source: 'tc -s qdisc show', parse: parseQdiscText },
  { name: 'qdisc-json', source: 'tc -s -j qdisc show', parse: parseQdiscJson },
  { name: 'kernel-config', source: '/boot/config-RELEASE', parse: parseKernelConfig },
  { name: 'ethtool', source: 'ethtool DEV', parse: parseEthtoolSettings },
  { name: 'ethtool-i', source: 'ethtool -i DEV', parse: parseEthtoolDriver },
  { name: 'ethtool-g', source: 'ethtool -g DEV', parse: parseEthtoolRing },
  { name: 'ethtool-l', source: 'ethtool -l DEV', parse: parseEthtoolChannels },
  { name: 'ethtool-c', source: 'ethtool -c DEV', parse: parseEthtoolCoalesce },
  { name: 'ethtool-k', source: 'ethtool -k DEV', parse: parseEthtoolFeatures },
  { name: 'ethtool-a', source: 'ethtool -a DEV', parse: parseEthtoolPause },
  { name: 'ethtool-x', source: 'ethtool -x DEV', parse: parseEthtoolRss },
  { name: 'ethtool-n', source: 'ethtool -n DEV', parse: parseFlowRules },
  { name: 'ethtool-n-hash', source: 'ethtool -n DEV rx-flow-hash TYPE', parse: parseFlowHash },
  { name: 'ethtool-T', source: 'ethtool -T DEV', parse: parseEthtoolTimestamping },
  { name: 'ethtool-m', source: 'ethtool -m DEV', parse: parseEthtoolModule },
  { name: 'ethtool-show-fec', source: 'ethtool --show-fec DEV', parse: parseEthtoolFec },
  { name: 'ethtool-show-priv-flags', source: 'ethtool --show-priv-flags DEV', parse: parseEthtoolPrivateFlags },
  { name: 'ethtool-S', source: 'ethtool -S DEV', parse: parseEthtoolStats },
];
