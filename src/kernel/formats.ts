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
import { parseEthtoolFigures } from './ethtool/queueFigures.ts';
import { parseEthtoolRing } from './ethtool/ring.ts';
import { parseEthtoolRss } from './ethtool/rss.ts';
import { parseEthtoolSettings } from './ethtool/settings.ts';
import { parseEthtoolStats } from './ethtool/stats.ts';
import { parseEthtoolTimestamping } from './ethtool/timestamping.ts';
import { parseInterrupts } from './interrupts.ts';
import { parseIpLink } from './ipLink.ts';
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
import { parseQdiscText } from './qdisc.ts';
import { parseQdiscJson } from './qdiscJson.ts';
import { parseSnmp, parseSnmp6 } from './snmp.ts';
import { parseNetstatText } from './sockets/netstatText.ts';
import { parseSs } from './sockets/ssSockets.ts';
import { parseSsSummary } from './sockets/ssSummary.ts';
import { parseSockstat } from './sockstat.ts';
import { parseSoftirqs } from './softirqs.ts';
import { parseSoftnetStat } from './softnet.ts';
import { parseListeners } from './ss.ts';
import { parseSysctlA } from './sysctlA.ts';
import { parseTunedAdm } from './tunedAdm.ts';

/** A format that can be read by itself, outside a capture. */
export interface Format {
  readonly name: string;
  /** Where such text comes from, as a user would type it. */
  readonly source: string;
  /**
   * Real texts of it, files of `test/fixtures/kernel`, read without a warning; at least one. `docs/formats.md` shows
   * what becomes of the first, and all are bent and cut by `test/unit/kernel/formats.test.ts`.
   */
  readonly examples: readonly [string, ...string[]];
  readonly parse: (text: string) => Parsed<unknown>;
}

/**
 * Every kernel and tool format there is a parser for, by the name `packet-path parse` knows it by. An entry is all a new
 * one needs: its tests, its JSON and its page in `docs/formats.md` (`npm run docs`) come of it and of the docstrings of
 * its parser and types.
 */
export const formats: readonly Format[] = [
  {
    name: 'softnet_stat',
    source: '/proc/net/softnet_stat',
    examples: ['softnet_stat.6.8.txt', 'softnet_stat.6.1.txt'],
    parse: (text) => parseSoftnetStat(text, null),
  },
  {
    name: 'interrupts',
    source: '/proc/interrupts',
    examples: ['interrupts.6.8.txt', 'interrupts.6.1.txt'],
    parse: parseInterrupts,
  },
  { name: 'softirqs', source: '/proc/softirqs', examples: ['softirqs.txt'], parse: parseSoftirqs },
  { name: 'stat', source: '/proc/stat', examples: ['stat.txt'], parse: parseProcStat },
  { name: 'net_dev', source: '/proc/net/dev', examples: ['net_dev.txt'], parse: parseNetDev },
  { name: 'snmp', source: '/proc/net/snmp', examples: ['snmp.every.txt', 'snmp.txt'], parse: parseSnmp },
  { name: 'netstat', source: '/proc/net/netstat', examples: ['netstat.every.txt', 'netstat.txt'], parse: parseSnmp },
  { name: 'snmp6', source: '/proc/net/snmp6', examples: ['snmp6.every.txt', 'snmp6.txt'], parse: parseSnmp6 },
  { name: 'sockstat', source: '/proc/net/sockstat', examples: ['sockstat.txt'], parse: parseSockstat },
  { name: 'sockstat6', source: '/proc/net/sockstat6', examples: ['sockstat6.txt'], parse: parseSockstat },
  { name: 'xfrm_stat', source: '/proc/net/xfrm_stat', examples: ['snmp6.txt'], parse: parseSnmp6 },
  {
    name: 'net-stat',
    source: '/proc/net/stat/nf_conntrack',
    examples: ['nf_conntrack.txt', 'synproxy.txt'],
    parse: parseProcNetStat,
  },
  { name: 'conntrack-S', source: 'conntrack -S', examples: ['conntrack-S.txt'], parse: parseConntrackStats },
  { name: 'pressure', source: '/proc/pressure/cpu', examples: ['pressure.txt'], parse: parsePressure },
  { name: 'loadavg', source: '/proc/loadavg', examples: ['loadavg.txt'], parse: parseLoadavg },
  { name: 'protocols', source: '/proc/net/protocols', examples: ['protocols.txt'], parse: parseProtocols },
  { name: 'nstat', source: 'nstat -asz', examples: ['nstat.txt', 'nstat.every.txt'], parse: parseNstat },
  { name: 'nstat-json', source: 'nstat -asz -j', examples: ['nstat.json', 'nstat.every.json'], parse: parseNstatJson },
  { name: 'netstat-s', source: 'netstat -s', examples: ['netstat-s.xenial.txt'], parse: parseNetstatSummary },
  { name: 'tcp', source: '/proc/net/tcp', examples: ['tcp.txt'], parse: (text) => parseProcNetTcp(text, 4) },
  { name: 'tcp6', source: '/proc/net/tcp6', examples: ['tcp6.txt'], parse: (text) => parseProcNetTcp(text, 6) },
  { name: 'udp', source: '/proc/net/udp', examples: ['udp.txt'], parse: (text) => parseProcNetTcp(text, 4) },
  { name: 'udp6', source: '/proc/net/udp6', examples: ['udp6.txt'], parse: (text) => parseProcNetTcp(text, 6) },
  {
    name: 'udplite',
    source: '/proc/net/udplite',
    examples: ['udplite.txt'],
    parse: (text) => parseProcNetTcp(text, 4),
  },
  {
    name: 'udplite6',
    source: '/proc/net/udplite6',
    examples: ['udplite6.txt'],
    parse: (text) => parseProcNetTcp(text, 6),
  },
  { name: 'raw', source: '/proc/net/raw', examples: ['raw.txt'], parse: (text) => parseProcNetTcp(text, 4) },
  { name: 'raw6', source: '/proc/net/raw6', examples: ['raw6.txt'], parse: (text) => parseProcNetTcp(text, 6) },
  {
    name: 'ss',
    source: 'ss -anetipom',
    examples: [
      'ss.6.1.H.txt',
      'ss.6.1.HO.txt',
      'ss.6.1.tinmeop.txt',
      'ss.bullseye.txt',
      'ss.listen_overflow.txt',
      'ss.xenial.ti.txt',
      'ss.xenial.txt',
    ],
    parse: parseSs,
  },
  { name: 'ss-summary', source: 'ss -s', examples: ['ss-s.6.1.txt', 'ss-s.xenial.txt'], parse: parseSsSummary },
  {
    name: 'listeners',
    source: 'ss -ltnm',
    examples: ['ss.6.1.H.txt', 'ss.6.1.HO.txt', 'ss.xenial.txt', 'ss.bullseye.txt', 'ss.listen_overflow.txt'],
    parse: parseListeners,
  },
  { name: 'netstat-sockets', source: 'netstat -anp', examples: ['netstat-tanp.txt'], parse: parseNetstatText },
  {
    name: 'qdisc',
    source: 'tc -s qdisc show',
    examples: ['tc.tbf.txt', 'tc.mq.txt', 'tc.xenial.txt'],
    parse: parseQdiscText,
  },
  { name: 'qdisc-json', source: 'tc -s -j qdisc show', examples: ['tc.tbf.json', 'tc.mq.json'], parse: parseQdiscJson },
  { name: 'kernel-config', source: '/boot/config-RELEASE', examples: ['kernel-config.txt'], parse: parseKernelConfig },
  {
    name: 'ip-link',
    source: 'ip -s -s -d -j link show',
    examples: ['ip-link.virtual.json', 'ip-link.virtual.txt', 'ip-link.xenial.txt'],
    parse: parseIpLink,
  },
  {
    name: 'ethtool',
    source: 'ethtool DEV',
    examples: ['ethtool.all.txt', 'ethtool.virtio.json', 'ethtool.e1000e.txt', 'ethtool.xenial.txt'],
    parse: parseEthtoolSettings,
  },
  {
    name: 'ethtool-i',
    source: 'ethtool -i DEV',
    examples: ['ethtool-i.noble.txt', 'ethtool-i.veth.txt'],
    parse: parseEthtoolDriver,
  },
  {
    name: 'ethtool-g',
    source: 'ethtool -g DEV',
    examples: ['ethtool-g.noble.txt', 'ethtool-g.all.txt', 'ethtool-g.e1000e.json'],
    parse: parseEthtoolRing,
  },
  {
    name: 'ethtool-l',
    source: 'ethtool -l DEV',
    examples: ['ethtool-l.bullseye.txt', 'ethtool-l.xenial.txt'],
    parse: parseEthtoolChannels,
  },
  {
    name: 'ethtool-c',
    source: 'ethtool -c DEV',
    examples: ['ethtool-c.noble.txt', 'ethtool-c.bookworm.txt', 'ethtool-c.e1000e.json'],
    parse: parseEthtoolCoalesce,
  },
  {
    name: 'ethtool-k',
    source: 'ethtool -k DEV',
    examples: ['ethtool-k.xenial.txt', 'ethtool-k.e1000e.json'],
    parse: parseEthtoolFeatures,
  },
  {
    name: 'ethtool-a',
    source: 'ethtool -a DEV',
    examples: ['ethtool-a.noble.txt', 'ethtool-a.e1000e.json'],
    parse: parseEthtoolPause,
  },
  {
    name: 'ethtool-x',
    source: 'ethtool -x DEV',
    examples: ['ethtool-x.virtio-4q.txt', 'ethtool-x.vmxnet3.json', 'ethtool-x.virtio.txt', 'ethtool-x.vmxnet3.txt'],
    parse: parseEthtoolRss,
  },
  {
    name: 'ethtool-n',
    source: 'ethtool -n DEV',
    examples: ['ethtool-n.txt', 'ethtool-n.igb.txt'],
    parse: parseFlowRules,
  },
  {
    name: 'ethtool-n-hash',
    source: 'ethtool -n DEV rx-flow-hash TYPE',
    examples: ['ethtool-n-hash.e1000e.txt'],
    parse: parseFlowHash,
  },
  {
    name: 'ethtool-T',
    source: 'ethtool -T DEV',
    examples: ['ethtool-T.e1000e.txt', 'ethtool-T.xenial.txt'],
    parse: parseEthtoolTimestamping,
  },
  { name: 'ethtool-m', source: 'ethtool -m DEV', examples: ['ethtool-m.txt'], parse: parseEthtoolModule },
  {
    name: 'ethtool-show-fec',
    source: 'ethtool --show-fec DEV',
    examples: ['ethtool-show-fec.netdevsim.txt'],
    parse: parseEthtoolFec,
  },
  {
    name: 'ethtool-show-priv-flags',
    source: 'ethtool --show-priv-flags DEV',
    examples: ['ethtool-show-priv-flags.e1000e.txt'],
    parse: parseEthtoolPrivateFlags,
  },
  {
    name: 'ethtool-S',
    source: 'ethtool -S DEV',
    examples: ['ethtool-S.virtio.txt', 'ethtool-S.vmxnet3.txt'],
    parse: parseEthtoolStats,
  },
  {
    name: 'ethtool-S-queues',
    source: 'ethtool -S DEV',
    examples: ['ethtool-S.virtio.txt', 'ethtool-S.vmxnet3.txt'],
    parse: parseEthtoolFigures,
  },
  { name: 'sysctl-a', source: 'sysctl -a', examples: ['sysctl-a.txt'], parse: parseSysctlA },
  { name: 'tuned-adm', source: 'tuned-adm list', examples: ['tuned-adm.txt'], parse: parseTunedAdm },
];
