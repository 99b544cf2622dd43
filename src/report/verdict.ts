import type { Observation } from '../capture/observation.ts';
import { allRules } from '../diagnosis/allRules.ts';
import { formatCount, formatRate } from '../diagnosis/figures.ts';
import { ringLossPerSecond } from '../diagnosis/ringLoss.ts';
import type { Rates } from '../model/rates.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** Counters of packets, datagrams and connections that this kernel itself threw away. What a peer or the net did is in none. */
const drops: Readonly<Record<string, readonly string[]>> = {
  TcpExt: [
    ...['ListenDrops', 'TCPReqQFullDrop', 'TCPBacklogDrop', 'TCPRcvQDrop', 'RcvPruned', 'OfoPruned', 'TCPOFODrop'],
    ...['TCPZeroWindowDrop', 'PFMemallocDrop', 'TCPMinTTLDrop', 'IPReversePathFilter'],
  ],
  Udp: ['RcvbufErrors', 'SndbufErrors', 'MemErrors'],
  Udp6: ['RcvbufErrors', 'SndbufErrors', 'MemErrors'],
  Ip: ['InDiscards', 'OutDiscards', 'ReasmFails'],
  Ip6: ['InDiscards', 'OutDiscards', 'ReasmFails'],
};

const tableDrops: Readonly<Record<string, readonly string[]>> = {
  nf_conntrack: ['drop', 'insert_failed'],
  arp_cache: ['unresolved_discards', 'table_fulls'],
  ndisc_cache: ['unresolved_discards', 'table_fulls'],
};

/**
 * What is said when rules ran and none found anything: `No loss seen in 2.0 s at 1,234 packets/s.` (R64), and which of the
 * places where packets are lost could not be looked at. Counters of loss
 * that moved without a rule to warn of them are named, and without rates no word is said of loss. Null when something was
 * found, and when no rule ran.
 */
export function noFaultSentence({ snapshot, rates, diagnosis }: Observation): string | null {
  if (diagnosis.findings.length > 0 || diagnosis.checked.length === 0) return null;
  if (!rates.ok) return `Whether packets are lost cannot be seen: ${rates.reason}.`;
  const { seconds } = rates.value;
  const over = `in ${seconds.toFixed(1)} s at ${trafficOf(rates.value)}`;
  const lost = lossesIn(snapshot, rates.value);
  if (lost.length === 0) return `No loss seen ${over}${unseen(diagnosis)}.`;
  const named = lost.slice(0, 5).map(({ name, perSecond }) => `${name} ${formatRate(perSecond)}`);
  const more = lost.length > 5 ? ` and ${lost.length - 5} more` : '';
  return `No rule warns, but some was lost ${over}: ${named.join(', ')}${more}.`;
}

/** Rules on the counters of loss that every host has: while one is not checked, "no loss" says less than it seems to. */
const ofLoss: readonly string[] = ['R01', 'R06', 'R18', 'R30', 'R39', 'R44'];

/** `; not looked at: Qdisc drops (R39)`; empty when all of them ran. */
function unseen({ notChecked }: Observation['diagnosis']): string {
  const blind = notChecked.filter(({ rule }) => ofLoss.includes(rule)).map(({ rule, title }) => `${title} (${rule})`);
  return blind.length === 0 ? '' : `; not looked at: ${blind.join(', ')}`;
}

/** `31 rules ran, 2 could not`; what that leaves unsaid has to stand beside "no loss". */
export function ranSentence({ diagnosis }: Observation): string {
  const { checked, notChecked } = diagnosis;
  const ran = `${checked.length} ${checked.length === 1 ? 'rule' : 'rules'} ran`;
  return notChecked.length === 0 ? `${ran}.` : `${ran}, ${notChecked.length} could not.`;
}

/** `R01 Softnet backlog drops` of each rule that ran, by number. */
export function checkedRules({ diagnosis }: Observation): string[] {
  return allRules
    .filter(({ id }) => diagnosis.checked.includes(id))
    .map(({ id, title }) => `${id} ${title}`)
    .sort();
}

/** Packets into the stack, which local ones are among. */
function trafficOf({ softnet }: Rates): string {
  const known = [...softnet.values()].flatMap(({ processed }) => (processed === null ? [] : [processed.perSecond]));
  if (known.length === 0) return 'a rate of packets that is not known';
  const perSecond = known.reduce((sum, rate) => sum + rate, 0);
  return `${formatCount(Number(perSecond.toFixed(perSecond < 10 ? 1 : 0)))} packets/s`;
}

function lossesIn(snapshot: Snapshot, rates: Rates): { name: string; perSecond: number }[] {
  const counted = (of: typeof rates.protocols, table: typeof drops): { name: string; perSecond: number }[] =>
    Object.entries(table).flatMap(([section, names]) =>
      names.map((name) => ({ name: `${section} ${name}`, perSecond: of.get(section)?.get(name)?.perSecond ?? 0 })),
    );
  const cpus = [...rates.softnet.values()];
  const sum = (column: 'dropped' | 'flow_limit_count'): number =>
    cpus.reduce((total, cpu) => total + (cpu[column]?.perSecond ?? 0), 0);
  return [
    { name: 'NIC rings', perSecond: ringLossPerSecond(snapshot, { ok: true, value: rates }) ?? 0 },
    { name: 'softnet dropped', perSecond: sum('dropped') },
    { name: 'softnet flow_limit_count', perSecond: sum('flow_limit_count') },
    ...counted(rates.protocols, drops),
    ...counted(rates.netStat, tableDrops),
    ...[...rates.qdiscs].map(([key, counters]) => ({
      name: `qdisc ${key}`,
      perSecond: counters.get('drops')?.perSecond ?? 0,
    })),
  ].filter(({ perSecond }) => perSecond > 0);
}
