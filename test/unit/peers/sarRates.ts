import { parseNetDev } from '../../../src/kernel/netDev.ts';
import { parseSnmp6Sections } from '../../../src/kernel/nstat.ts';
import { parseSnmp } from '../../../src/kernel/snmp.ts';
import { parseSockstat } from '../../../src/kernel/sockstat.ts';
import { parseSoftnetStat } from '../../../src/kernel/softnet.ts';
import type { Rates } from '../../../src/model/rates.ts';
import { ratesOf } from '../../../src/model/ratesOf.ts';
import { read } from '../../../src/model/reading.ts';
import type { Sample } from '../../../src/model/snapshot.ts';
import { snapshotOf } from '../diagnosis/build.ts';

type Values = Record<string, number>;

/** What sar calls a rate, and which counter it is of. */
const sarNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Tcp: {
    ...{ active: 'ActiveOpens', passive: 'PassiveOpens', iseg: 'InSegs', oseg: 'OutSegs', atmptf: 'AttemptFails' },
    ...{ estres: 'EstabResets', retrseg: 'RetransSegs', isegerr: 'InErrs', orsts: 'OutRsts' },
  },
  Udp: { idgm: 'InDatagrams', odgm: 'OutDatagrams', noport: 'NoPorts', idgmerr: 'InErrors' },
  Udp6: { idgm6: 'InDatagrams', odgm6: 'OutDatagrams', noport6: 'NoPorts', idgmer6: 'InErrors' },
  Ip: {
    ...{ irec: 'InReceives', fwddgm: 'ForwDatagrams', idel: 'InDelivers', orq: 'OutRequests', asmrq: 'ReasmReqds' },
    ...{
      asmok: 'ReasmOKs',
      fragok: 'FragOKs',
      fragcrt: 'FragCreates',
      ihdrerr: 'InHdrErrors',
      iadrerr: 'InAddrErrors',
    },
    ...{ iukwnpr: 'InUnknownProtos', idisc: 'InDiscards', odisc: 'OutDiscards', onort: 'OutNoRoutes' },
    ...{ asmf: 'ReasmFails', fragf: 'FragFails' },
  },
  Icmp: {
    ...{
      imsg: 'InMsgs',
      omsg: 'OutMsgs',
      iech: 'InEchos',
      iechr: 'InEchoReps',
      oech: 'OutEchos',
      oechr: 'OutEchoReps',
    },
    ...{ itm: 'InTimestamps', itmr: 'InTimestampReps', otm: 'OutTimestamps', otmr: 'OutTimestampReps' },
    ...{ iadrmk: 'InAddrMasks', iadrmkr: 'InAddrMaskReps', oadrmk: 'OutAddrMasks', oadrmkr: 'OutAddrMaskReps' },
    ...{ ierr: 'InErrors', oerr: 'OutErrors', idstunr: 'InDestUnreachs', odstunr: 'OutDestUnreachs' },
    ...{ itmex: 'InTimeExcds', otmex: 'OutTimeExcds', iparmpb: 'InParmProbs', oparmpb: 'OutParmProbs' },
    ...{ isrcq: 'InSrcQuenchs', osrcq: 'OutSrcQuenchs', iredir: 'InRedirects', oredir: 'OutRedirects' },
  },
  Ip6: {
    ...{ irec6: 'InReceives', fwddgm6: 'OutForwDatagrams', idel6: 'InDelivers', orq6: 'OutRequests' },
    ...{ asmrq6: 'ReasmReqds', asmok6: 'ReasmOKs', imcpck6: 'InMcastPkts', omcpck6: 'OutMcastPkts' },
    ...{ fragok6: 'FragOKs', fragcr6: 'FragCreates', ihdrer6: 'InHdrErrors', iadrer6: 'InAddrErrors' },
    ...{ iukwnp6: 'InUnknownProtos', i2big6: 'InTooBigErrors', idisc6: 'InDiscards', odisc6: 'OutDiscards' },
    ...{
      inort6: 'InNoRoutes',
      onort6: 'OutNoRoutes',
      asmf6: 'ReasmFails',
      fragf6: 'FragFails',
      itrpck6: 'InTruncatedPkts',
    },
  },
  Icmp6: {
    ...{ imsg6: 'InMsgs', omsg6: 'OutMsgs', iech6: 'InEchos', iechr6: 'InEchoReplies', oechr6: 'OutEchoReplies' },
    ...{ igmbq6: 'InGroupMembQueries', igmbr6: 'InGroupMembResponses', ogmbr6: 'OutGroupMembResponses' },
    ...{ igmbrd6: 'InGroupMembReductions', ogmbrd6: 'OutGroupMembReductions', irtsol6: 'InRouterSolicits' },
    ...{ ortsol6: 'OutRouterSolicits', irtad6: 'InRouterAdvertisements', inbsol6: 'InNeighborSolicits' },
    ...{ onbsol6: 'OutNeighborSolicits', inbad6: 'InNeighborAdvertisements', onbad6: 'OutNeighborAdvertisements' },
    ...{ ierr6: 'InErrors', idtunr6: 'InDestUnreachs', odtunr6: 'OutDestUnreachs', itmex6: 'InTimeExcds' },
    ...{ otmex6: 'OutTimeExcds', iprmpb6: 'InParmProblems', oprmpb6: 'OutParmProblems', iredir6: 'InRedirects' },
    ...{ oredir6: 'OutRedirects', ipck2b6: 'InPktTooBigs', opck2b6: 'OutPktTooBigs' },
  },
};

const devNames: Readonly<Record<string, string>> = {
  ...{
    rxpck: 'rx_packets',
    txpck: 'tx_packets',
    rxcmp: 'rx_compressed',
    txcmp: 'tx_compressed',
    rxmcst: 'rx_multicast',
  },
  ...{
    rxerr: 'rx_errs',
    txerr: 'tx_errs',
    coll: 'tx_colls',
    rxdrop: 'rx_drop',
    txdrop: 'tx_drop',
    txcarr: 'tx_carrier',
  },
  ...{ rxfram: 'rx_frame', rxfifo: 'rx_fifo', txfifo: 'tx_fifo' },
};

const sockNames: Readonly<Record<string, readonly [string, string]>> = {
  totsck: ['sockets', 'used'],
  tcpsck: ['TCP', 'inuse'],
  udpsck: ['UDP', 'inuse'],
  rawsck: ['RAW', 'inuse'],
  'ip-frag': ['FRAG', 'inuse'],
  'tcp-tw': ['TCP', 'tw'],
  tcp6sck: ['TCP6', 'inuse'],
  udp6sck: ['UDP6', 'inuse'],
  raw6sck: ['RAW6', 'inuse'],
  'ip6-frag': ['FRAG6', 'inuse'],
};

/** Which CPUs are online in each tree of the peer's, by its name. Their softnet_stat has no numbers. */
export const onlineIn: ReadonlyMap<string, readonly number[]> = new Map([
  ['root1', [0, 1, 2, 3, 4, 5, 6, 7, 8]],
  ['root2', [0, 1, 2, 3, 4, 5, 6, 7]],
  ['root3', [0, 1, 2, 3, 4, 5, 7]],
  ['root4', [0, 1, 2, 3, 4, 5, 7, 8]],
]);

/** A text of one of these kinds as the part of a sample that it is. */
export function sampleParts(kind: string, text: string, online: readonly number[] | null): Partial<Sample> {
  const of = kind.slice(kind.indexOf('.') + 1);
  if (of === 'net_dev') return { netDev: read('/proc/net/dev', parseNetDev(text)) };
  if (of === 'snmp6') return { snmp6: read('/proc/net/snmp6', parseSnmp6Sections(text)) };
  if (of === 'snmp') return { snmp: read('/proc/net/snmp', parseSnmp(text)) };
  if (of === 'netstat') return { netstat: read('/proc/net/netstat', parseSnmp(text)) };
  if (of === 'sockstat') return { sockstat: read('/proc/net/sockstat', parseSockstat(text)) };
  if (of === 'sockstat6') return { sockstat6: read('/proc/net/sockstat6', parseSockstat(text)) };
  if (of === 'softnet_stat') return { softnet: read('/proc/net/softnet_stat', parseSoftnetStat(text, online)) };
  throw new Error(`no sample of ${kind}`);
}

/** Rates of two texts by the product's own arithmetic. */
export function ratesBetween(before: Partial<Sample>, after: Partial<Sample>, seconds: number): Rates {
  const rates = ratesOf(snapshotOf({ before, after, seconds }));
  if (!rates.ok) throw new Error(rates.reason);
  return rates.value;
}

/** One figure of a report without rows; undefined for one that we cannot have. */
export function sarFigure(name: string, rates: Rates, after: Partial<Sample>): number | undefined {
  const [bare = '', per] = name.split('/');
  if (per === undefined) {
    const [protocol, key] = sockNames[bare] ?? [];
    const sockstat = after.sockstat ?? after.sockstat6;
    return sockstat?.ok === true ? sockstat.value.get(protocol ?? '')?.get(key ?? '') : undefined;
  }
  for (const [section, names] of Object.entries(sarNames)) {
    const counter = names[bare];
    const delta = counter === undefined ? undefined : rates.protocols.get(section)?.get(counter);
    if (delta !== undefined) return delta.perSecond;
  }
  return undefined;
}

/** One figure of a NIC; undefined for one that /proc/net/dev does not say (%ifutil needs the speed). */
export function sarNicFigure(nic: string, name: string, rates: Rates): number | undefined {
  const [bare = ''] = name.split('/');
  const perSecond = (column: string): number | undefined => rates.netDev.get(nic)?.get(column)?.perSecond;
  const bytes = { rxkB: 'rx_bytes', txkB: 'tx_bytes' }[bare];
  const kibi = bytes === undefined ? undefined : perSecond(bytes);
  if (bytes !== undefined) return kibi === undefined ? undefined : kibi / 1024;
  return perSecond(devNames[bare] ?? '');
}

/** The figures of one CPU, or of those that were online in both samples together. */
export function sarCpuFigures(cpu: string, rates: Rates, after: Partial<Sample>): Values | undefined {
  const cpus = cpu === 'all' ? [...rates.softnet.keys()] : [Number(cpu)];
  const rows = cpus.flatMap((each) => rates.softnet.get(each) ?? []);
  if (rows.length === 0) return undefined;
  const sum = (field: 'processed' | 'dropped' | 'time_squeeze' | 'received_rps' | 'flow_limit_count'): number =>
    rows.reduce((total, row) => total + (row[field]?.perSecond ?? 0), 0);
  const softnet = after.softnet?.ok === true ? after.softnet.value : [];
  const waiting = softnet.filter((row) => row.cpu !== null && cpus.includes(row.cpu));
  return {
    'total/s': sum('processed'),
    'dropd/s': sum('dropped'),
    'squeezd/s': sum('time_squeeze'),
    'rx_rps/s': sum('received_rps'),
    'flw_lim/s': sum('flow_limit_count'),
    blg_len: waiting.reduce((total, row) => total + (row.backlog_len ?? 0), 0),
  };
}
