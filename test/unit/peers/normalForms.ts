import { parseEthtoolFigures, type Traffic } from '../../../src/kernel/ethtool/queueFigures.ts';
import { parseEthtoolStats } from '../../../src/kernel/ethtool/stats.ts';
import { parseInterrupts } from '../../../src/kernel/interrupts.ts';
import { parseNetDev } from '../../../src/kernel/netDev.ts';
import type { Warning } from '../../../src/kernel/parsed.ts';
import { parseProcNetTcp } from '../../../src/kernel/procNetTcp.ts';
import { parseSnmp, parseSnmp6 } from '../../../src/kernel/snmp.ts';
import type { ProcNetSocket } from '../../../src/kernel/socketTable.ts';
import { parseSockstat } from '../../../src/kernel/sockstat.ts';
import { parseSoftirqs } from '../../../src/kernel/softirqs.ts';
import { parseSoftnetStat } from '../../../src/kernel/softnet.ts';
import { configForms } from './configForms.ts';
import { ethtoolForms } from './ethtoolForms.ts';
import { netstatCommand, ss } from './socketForms.ts';

/** Our value of a text in the peers' common form of that kind, with our warnings. */
export interface NormalForm {
  readonly value: Record<string, unknown>;
  readonly warnings: readonly Warning[];
}

export type ToNormalForm = (text: string) => NormalForm;

/** Every kind that a parser of src/kernel reads. */
export const normalForms: ReadonlyMap<string, ToNormalForm> = new Map<string, ToNormalForm>([
  ['softnet_stat', softnet],
  ['interrupts', interrupts],
  ['softirqs', softirqs],
  ['net_dev', netDev],
  ['netstat', sections],
  ['snmp', sections],
  ['snmp6', snmp6],
  ['sockstat', sockstat],
  ['sockstat6', sockstat],
  ['proc_net_tcp', (text) => sockets(text, 4)],
  ['proc_net_tcp6', (text) => sockets(text, 6)],
  ['proc_net_udp', (text) => sockets(text, 4)],
  ['proc_net_udp6', (text) => sockets(text, 6)],
  ['ethtool_S', ethtoolStats],
  ...ethtoolForms,
  ...configForms,
  ['ss', ss],
  ['ss_i', ss],
  ['netstat_cmd', netstatCommand],
]);

function softnet(text: string): NormalForm {
  // What the file itself does not say is not compared: the peers have no online list either.
  const { value, warnings } = parseSoftnetStat(text, null);
  const names = ['processed', 'dropped', 'time_squeeze', 'cpu_collision', 'received_rps'] as const;
  const later = ['flow_limit_count', 'backlog_len', 'input_qlen', 'process_qlen'] as const;
  const totals = [...names, ...later].map((name) => [
    name,
    value.some((row) => row[name] === null) ? null : value.reduce((sum, row) => sum + (row[name] ?? 0), 0),
  ]);
  const rows = value.map((row, index) => ({ ...row, row: index }));
  return { value: { rows, row_count: rows.length, totals: Object.fromEntries(totals) }, warnings };
}

function interrupts(text: string): NormalForm {
  const { value, warnings } = parseInterrupts(text);
  const perCpu = value.rows.filter((row) => !row.total);
  const rows = value.rows.map((row) => ({ irq: row.irq, counts: [...row.counts], desc: row.description }));
  const cells = perCpu.flatMap((row) =>
    [...row.counts].map((count, index) => ({ irq: row.irq, cpu: value.cpus[index], count })),
  );
  const cpuTotals = value.cpus.map((cpu) => [
    String(cpu),
    cells.filter((cell) => cell.cpu === cpu).reduce((sum, cell) => sum + cell.count, 0),
  ]);
  return {
    value: {
      ncpu: value.cpus.length,
      row_count: rows.length,
      rows,
      cells,
      cpu_totals: Object.fromEntries(cpuTotals),
      irqs_present: rows.map((row) => row.irq),
    },
    warnings,
  };
}

function softirqs(text: string): NormalForm {
  const { value, warnings } = parseSoftirqs(text);
  const cells = [...value.rows].map(([name, counts]) => [
    name,
    Object.fromEntries([...counts].map((count, index) => [String(value.cpus[index]), count])),
  ]);
  return { value: { cells: Object.fromEntries(cells) }, warnings };
}

const peersNames = new Map(
  Object.entries({ rx_errs: 'rx_errors', rx_drop: 'rx_dropped', tx_errs: 'tx_errors', tx_drop: 'tx_dropped' }),
).set('tx_colls', 'tx_collisions');

function netDev(text: string): NormalForm {
  const { value, warnings } = parseNetDev(text);
  const interfaces = value.map((row) => [
    row.name,
    Object.fromEntries(Object.entries(row.counters).map(([name, count]) => [peersNames.get(name) ?? name, count])),
  ]);
  return { value: { ifaces: Object.fromEntries(interfaces) }, warnings };
}

function plain(sections: ReadonlyMap<string, ReadonlyMap<string, number>>): Record<string, unknown> {
  return Object.fromEntries([...sections].map(([name, section]) => [name, Object.fromEntries(section)]));
}

function sections(text: string): NormalForm {
  const { value, warnings } = parseSnmp(text);
  return { value: { sections: plain(value) }, warnings };
}

function snmp6(text: string): NormalForm {
  const { value, warnings } = parseSnmp6(text);
  return { value: { sections: { snmp6: Object.fromEntries(value) } }, warnings };
}

function sockstat(text: string): NormalForm {
  const { value, warnings } = parseSockstat(text);
  const { sockets: _, ...protocols } = plain(value);
  return { value: { used: value.get('sockets')?.get('used') ?? null, protocols }, warnings };
}

function sockets(text: string, family: 4 | 6): NormalForm {
  const { value: table, warnings } = parseProcNetTcp(text, family);
  const value = [...table];
  const states = ['ESTABLISHED', 'LISTEN', 'CLOSE', 'TIME_WAIT'].map((state) => [
    state,
    value.filter((socket) => socket.state === state).length,
  ]);
  const sum = (of: (socket: ProcNetSocket) => number) => value.reduce((total, socket) => total + of(socket), 0);
  const summary = {
    tx_queue: sum((socket) => socket.txQueue),
    rx_queue: sum((socket) => socket.rxQueue),
    sockets: value.length,
  };
  return { value: { sockets: value.map(peersSocket), states: Object.fromEntries(states), summary }, warnings };
}

function peersSocket(socket: ProcNetSocket): Record<string, unknown> {
  return {
    local_addr: socket.localAddress,
    local_port: socket.localPort,
    rem_addr: socket.remoteAddress,
    rem_port: socket.remotePort,
    st: Number.parseInt(socket.stateCode, 16),
    tx_queue: socket.txQueue,
    rx_queue: socket.rxQueue,
    uid: socket.uid,
    inode: socket.inode,
    drops: socket.drops,
    timer_active: socket.timer,
  };
}

const goNames = {
  RxBytes: 'rx_bytes',
  TxBytes: 'tx_bytes',
  RxErrors: 'rx_errors',
  TxErrors: 'tx_errors',
  RxDiscards: 'veb.rx_discards',
  TxDiscards: 'veb.tx_discards',
  TxCollisions: 'collisions',
  RxCrcErrors: 'rx_crc_errors',
};

function ethtoolStats(text: string): NormalForm {
  const { value, warnings } = parseEthtoolStats(text);
  const stats = value.map((stat) => [stat.name, stat.value]);
  const general = Object.entries(goNames).map(([goName, name]) => [
    goName,
    value.find((stat) => stat.name === name)?.value,
  ]);
  const figures = parseEthtoolFigures(text).value;
  const queues = Object.fromEntries(
    figures.queues.map(({ queue, rx, tx }) => [String(queue), { ...sided('rx', rx), ...sided('tx', tx) }]),
  );
  const totals = { ...sided('rx', figures.totals.rx), ...sided('tx', figures.totals.tx) };
  const form = { stats, stat_count: stats.length, general: Object.fromEntries(general), queues_bytes: queues };
  return { value: { ...form, queues, totals }, warnings };
}

/** `rx_packets`, `rx_bytes`: only what the driver counts. */
function sided(side: 'rx' | 'tx', traffic: Traffic | null): Record<string, number> {
  const figures = Object.entries(traffic ?? {}).flatMap(([figure, value]) =>
    value === null ? [] : [[`${side}_${figure}`, value] as const],
  );
  return Object.fromEntries(figures);
}
