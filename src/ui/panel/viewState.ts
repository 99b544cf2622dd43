import type { HistoryPoint, Part, SnapshotView, Tile } from '../../../webview/protocol.ts';
import type { SocketsView } from '../../../webview/socketViews.ts';
import type { Observation } from '../../capture/observation.ts';
import { ringLossPerSecond } from '../../diagnosis/ringLoss.ts';
import type { Delta, Rates } from '../../model/rates.ts';
import { type Reading, read } from '../../model/reading.ts';
import { factsOf, missingOf, notesOf, takenAtOf } from '../../report/facts.ts';
import { checkedRules, noFaultSentence } from '../../report/verdict.ts';
import { countersView } from './countersView.ts';
import { findingViews } from './findingViews.ts';
import { interruptsView } from './interruptsView.ts';
import { nicsView } from './nicsView.ts';
import { settingsView } from './settingsView.ts';
import { snapshotReadings } from './socketReadings.ts';
import { sockstatViews, tableViews } from './sockstatViews.ts';
import { softnetView } from './softnetView.ts';
import { counterViews, listenersLeftOut, listenerViews, stateViews } from './tcpViews.ts';

/** An observation as the panel shows it. Pure: the panel can be thrown away and made again from it. */
export function viewOf(
  observation: Observation,
  history: readonly HistoryPoint[],
  asked: Pick<SocketsView, 'canAsk' | 'answers'> = { canAsk: false, answers: [] },
): SnapshotView {
  const { snapshot, diagnosis } = observation;
  const last = snapshot.samples.at(-1);
  const rates = observation.rates.ok ? observation.rates.value : null;
  return {
    facts: factsOf(observation),
    takenAt: takenAtOf(observation),
    seconds: rates?.seconds ?? null,
    noRates: observation.rates.ok ? null : observation.rates.reason,
    tiles: tilesOf(observation, rates),
    findings: findingViews(diagnosis.findings, snapshot),
    noFault: noFaultSentence(observation),
    checked: checkedRules(observation),
    notChecked: diagnosis.notChecked,
    missing: missingOf(observation),
    notes: notesOf(observation),
    softnet: part(last?.softnet, '/proc/net/softnet_stat', (rows) => softnetView(rows, rates)),
    interrupts: part(last?.interrupts, '/proc/interrupts', (table) => interruptsView(table, rates, snapshot.nics)),
    nics: {
      ok: true,
      value: nicsView(snapshot, rates),
      source: '/sys/class/net',
      warnings: 0,
    },
    tcpStates: part(last?.tcpSockets, '/proc/net/tcp', (sockets) => stateViews(sockets)),
    listeners: part(last?.listeners, last?.listeners.source ?? 'ss -ltnm', (listeners) =>
      listenerViews(listeners, rates, snapshot.listenerOwners),
    ),
    listenersLeftOut: last?.listeners.ok === true ? listenersLeftOut(last.listeners.value) : 0,
    sockets: { ...asked, readings: snapshotReadings(snapshot, rates) },
    tcpCounters: part(last?.netstat, '/proc/net/netstat, /proc/net/snmp', (netstat) =>
      counterViews(netstat, last?.snmp, rates),
    ),
    sockstat: part(last?.sockstat, '/proc/net/sockstat', (sockstat) =>
      last === undefined
        ? []
        : [
            ...sockstatViews([sockstat, ...(last.sockstat6.ok ? [last.sockstat6.value] : [])], snapshot),
            ...tableViews(last, snapshot),
          ],
    ),
    counters: part(
      last === undefined ? undefined : read('/proc/net', { value: last, warnings: [] }),
      '/proc/net/snmp, /proc/net/netstat, /proc/net/snmp6',
      (sample) => countersView(sample, rates, observation.rates.ok ? null : observation.rates.reason),
    ),
    settings: settingsView(snapshot),
    history,
  };
}

/** The point this observation adds to the lines across snapshots; null when it has no time or no rates. */
export function historyPointOf(observation: Observation): HistoryPoint | null {
  const { snapshot, rates } = observation;
  if (snapshot.host.takenAt === null || !rates.ok) return null;
  const sum = (column: 'processed' | 'dropped' | 'time_squeeze'): number | null =>
    total([...rates.value.softnet.values()].map((cpu) => cpu[column]));
  const counter = (section: string, name: string): number | null =>
    rates.value.protocols.get(section)?.get(name)?.perSecond ?? null;
  return {
    at: snapshot.host.takenAt,
    processed: sum('processed'),
    dropped: sum('dropped'),
    time_squeeze: sum('time_squeeze'),
    retransmits: counter('Tcp', 'RetransSegs'),
    listenOverflows: counter('TcpExt', 'ListenOverflows'),
  };
}

function part<A, B>(reading: Reading<A> | undefined, source: string, turn: (value: A) => B): Part<B> {
  if (reading === undefined) return { ok: false, reason: 'the capture holds no sample', source };
  if (!reading.ok) return { ok: false, reason: reading.reason, source: reading.source };
  return { ok: true, value: turn(reading.value), source, warnings: reading.warnings.length };
}

function tilesOf({ snapshot, rates: observed, diagnosis }: Observation, rates: Rates | null): Tile[] {
  const softnet = rates === null ? [] : [...rates.softnet.values()];
  const noRate = rates === null ? 'no rates' : 'not read';
  const severityOf = (rule: string | null): Tile['severity'] => {
    if (rule === null || !diagnosis.checked.includes(rule)) return null;
    return diagnosis.findings.find((finding) => finding.rule === rule)?.severity ?? 'ok';
  };
  const tile = (label: string, value: number | null, unit: string, rule: string | null, tab: Tile['tab']): Tile => ({
    label,
    value,
    unit,
    reason: value === null ? noRate : null,
    severity: severityOf(rule),
    tab,
  });
  const protocol = (section: string, name: string): Delta | undefined => rates?.protocols.get(section)?.get(name);
  return [
    tile('Packets into the stack', total(softnet.map((cpu) => cpu.processed)), '/s', null, 'softnet'),
    tile('Backlog drops', total(softnet.map((cpu) => cpu.dropped)), '/s', 'R01', 'softnet'),
    tile('Time squeezes', total(softnet.map((cpu) => cpu.time_squeeze)), '/s', 'R02', 'softnet'),
    tile('NIC ring overruns', ringLossPerSecond(snapshot, observed), '/s', 'R06', 'overview'),
    tile('TCP retransmits', protocol('Tcp', 'RetransSegs')?.perSecond ?? null, '/s', null, 'tcp'),
    tile('UDP buffer drops', protocol('Udp', 'RcvbufErrors')?.perSecond ?? null, '/s', 'R44', 'tcp'),
    tile('Accept queue overflows', protocol('TcpExt', 'ListenOverflows')?.perSecond ?? null, '/s', 'R18', 'tcp'),
  ];
}

/** The sum of what is known; null when nothing is. */
function total(deltas: readonly (Delta | null)[]): number | null {
  const known = deltas.filter((delta) => delta !== null);
  return known.length === 0 ? null : known.reduce((sum, delta) => sum + delta.perSecond, 0);
}
