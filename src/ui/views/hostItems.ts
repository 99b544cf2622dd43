import * as vscode from 'vscode';
import type { Finding } from '../../diagnosis/finding.ts';
import type { Host } from '../../hosts/host.ts';
import { formatCpuList } from '../../kernel/cpuList.ts';
import type { Nic, NicQueue } from '../../model/snapshot.ts';
import type { HostState } from '../hostRegistry.ts';
import { plain } from '../messages.ts';
import type { Source } from '../sources.ts';
import type { HostRow } from './hostNodes.ts';
import { severityIcon } from './severityIcon.ts';

type Collapsible = vscode.TreeItemCollapsibleState;
const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** What else than itself a host's row shows. */
export interface HostSurroundings {
  readonly state: HostState;
  readonly source: Source | undefined;
  /** Whether the settings name it. */
  readonly added: boolean;
}

/** The row of a host: what is going on in its icon, what was last seen in its description. */
export function hostItem(
  { host, seen: wasSeen, detail }: HostRow & { kind: 'host' },
  around: HostSurroundings,
): vscode.TreeItem {
  const { state, source } = around;
  const label = plain(host.kind === 'netns' ? host.label.slice(host.parent.label.length + 3) : host.label);
  const item = new vscode.TreeItem(label, wasSeen ? Expanded : Collapsed);
  // A new id: what was closed under the old one is opened once there is something to see. It must not change while the
  // row is the same: VS Code would draw it over others.
  item.id = wasSeen ? `${host.id} seen` : host.id;
  item.contextValue = contextOf(host, around);
  const problem =
    state.problem === null ? '' : `${state.problem.attention ? 'needs you: ' : ''}${state.problem.message}`;
  item.description = plain(
    state.activity ?? (problem || (source === undefined ? (detail ?? wayTo(host)) : seen(source))),
  );
  item.iconPath = hostIcon(host, state, source);
  item.tooltip = plainLines([
    host.label,
    host.kind === 'command' ? host.command.join(' ') : '',
    detail ?? '',
    problem,
    state.problem?.hint ?? '',
  ]);
  const words = [label, wayTo(host), item.description];
  item.accessibilityInformation = { label: [...new Set(words)].filter((word) => word !== '').join(', ') };
  return item;
}

/** What menus go by: `host ssh builtin added seen`. */
function contextOf(host: Host, { state, source, added }: HostSurroundings): string {
  const words = [
    'host',
    host.kind,
    host.kind === 'ssh' ? (host.client === 'system' ? 'system' : 'builtin') : '',
    host.kind === 'ssh' && !added ? 'alias' : '',
    added ? 'added' : '',
    state.problem?.attention === true ? 'attention' : '',
    source === undefined ? '' : 'seen',
  ];
  return words.filter((word) => word !== '').join(' ');
}

/** How a host is reached, in a word or two. */
function wayTo(host: Host): string {
  switch (host.kind) {
    case 'local':
      return '';
    case 'ssh':
      return host.client === 'system' ? 'system ssh' : 'SSH';
    case 'command':
      return host.command[0] ?? '';
    case 'netns':
      return host.namespace.kind === 'name' ? 'network namespace' : `process ${host.namespace.pid}`;
  }
}

function plainLines(lines: readonly string[]): string {
  return lines
    .filter((line) => line !== '')
    .map(plain)
    .join('\n');
}

const hostIcons: Record<Host['kind'], string> = {
  local: 'device-desktop',
  ssh: 'server',
  command: 'terminal',
  netns: 'vm',
};

function hostIcon(host: Host, state: HostState, source: Source | undefined): vscode.ThemeIcon {
  if (state.activity !== null) return new vscode.ThemeIcon('loading~spin');
  if (state.problem?.attention === true)
    return new vscode.ThemeIcon('key', new vscode.ThemeColor('list.warningForeground'));
  if (state.problem !== null)
    return new vscode.ThemeIcon('debug-disconnect', new vscode.ThemeColor('list.errorForeground'));
  const worst = source?.observation.diagnosis.findings[0];
  if (worst !== undefined) return severityIcon(worst.severity);
  return source === undefined
    ? new vscode.ThemeIcon(hostIcons[host.kind])
    : new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green'));
}

function seen({ observation: { snapshot, diagnosis } }: Source): string {
  const at = snapshot.host.takenAt === null ? '' : new Date(snapshot.host.takenAt).toLocaleTimeString();
  const cpus = snapshot.cpus.online === null ? '' : `${snapshot.cpus.online.length} cpu`;
  return [plain(snapshot.host.kernel ?? ''), cpus, findingCount(diagnosis.findings), at]
    .filter((word) => word !== '')
    .join(' · ');
}

function findingCount(findings: readonly Finding[]): string {
  return findings.length === 0 ? '' : `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
}

/** The row under a host that has not been looked at: the one thing to do. */
export function unseenItem(node: HostRow & { kind: 'unseen' }): vscode.TreeItem {
  const item = new vscode.TreeItem('Not looked at yet', None);
  item.description = 'take a snapshot';
  item.iconPath = new vscode.ThemeIcon('device-camera');
  item.command = { command: 'packetPath.snapshotHost', title: 'Snapshot Host', arguments: [node] };
  return item;
}

/** `eth0   25 Gbit/s · mlx5_core · 8 rx, 8 tx · 2 findings` */
export function nicItem(node: HostRow & { kind: 'nic' }, source: Source | undefined): vscode.TreeItem {
  const { nic, host } = node;
  const findings = (source?.observation.diagnosis.findings ?? []).filter(
    ({ subject }) => subject.kind === 'nic' && subject.nic === nic.name,
  );
  const item = row(nic.name, nic.queues.length > 0 ? Collapsed : None, `${host.id}/nic/${nic.name}`, 'nic');
  item.description = [linkOf(nic), plain(nic.driver ?? ''), queueCount(nic), findingCount(findings)]
    .filter((word) => word !== '')
    .join(' · ');
  const down = new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground'));
  item.iconPath =
    findings[0] !== undefined
      ? severityIcon(findings[0].severity)
      : nic.carrier === false
        ? down
        : new vscode.ThemeIcon('plug');
  item.tooltip = nicTooltip(nic);
  return item;
}

function linkOf(nic: Nic): string {
  if (nic.carrier === false || nic.operstate === 'down') return 'down';
  const speed = nic.speed === null ? '' : nic.speed >= 1000 ? `${nic.speed / 1000} Gbit/s` : `${nic.speed} Mbit/s`;
  // Devices without a link of their own (lo, tun) are in the state `unknown` while they work.
  const state = nic.operstate === 'unknown' && nic.carrier === true ? 'up' : (nic.operstate ?? '');
  return speed === '' ? state : speed;
}

function queueCount(nic: Nic): string {
  const count = (direction: NicQueue['direction']): number =>
    nic.queues.filter((queue) => queue.direction === direction).length;
  return nic.queues.length === 0 ? '' : `${count('rx')} rx, ${count('tx')} tx`;
}

function nicTooltip(nic: Nic): string {
  const info = nic.driverInfo.ok ? nic.driverInfo.value : null;
  const ring = nic.ring.ok
    ? `ring rx ${nic.ring.value.current.rx ?? '?'} of ${nic.ring.value.maximum.rx ?? '?'}, tx ${nic.ring.value.current.tx ?? '?'} of ${nic.ring.value.maximum.tx ?? '?'}`
    : `ring: ${nic.ring.reason}`;
  return plainLines([
    nic.name,
    `link ${linkOf(nic) || 'not known'}${nic.duplex === null || nic.duplex === 'unknown' ? '' : `, ${nic.duplex} duplex`}`,
    `driver ${nic.driver ?? 'not known'}${info?.version ? ` ${info.version}` : ''}${info?.busInfo ? ` at ${info.busInfo}` : ''}`,
    `MTU ${nic.mtu ?? 'not known'}, txqueuelen ${nic.txQueueLen ?? 'not known'}`,
    ...(nic.numaNode === null ? [] : [`NUMA node ${nic.numaNode}`]),
    ...(nic.physical ? [ring] : []),
  ]);
}

/** `rx-3   IRQ 27 on CPU 3 · RPS 0-7` */
export function queueItem(node: HostRow & { kind: 'queue' }): vscode.TreeItem {
  const { host, nic, queue } = node;
  const name = `${queue.direction}-${queue.index}`;
  const vector = nic.irqs.find(
    (irq) => irq.queue === queue.index && (irq.role === queue.direction || irq.role === 'rxtx'),
  );
  const steering = queue.direction === 'rx' ? 'RPS' : 'XPS';
  const item = row(name, None, `${host.id}/nic/${nic.name}/${name}`, 'queue');
  item.description = [
    vector === undefined
      ? ''
      : `IRQ ${vector.irq}${vector.cpus === null ? '' : ` on CPU ${formatCpuList(vector.cpus)}`}`,
    queue.cpus === null || queue.cpus.length === 0 ? '' : `${steering} ${formatCpuList(queue.cpus)}`,
  ]
    .filter((word) => word !== '')
    .join(' · ');
  item.iconPath = new vscode.ThemeIcon(queue.direction === 'rx' ? 'arrow-down' : 'arrow-up');
  return item;
}

/** `Network namespaces`: they are listed when it is opened. */
export function namespacesItem({ host }: HostRow & { kind: 'namespaces' }): vscode.TreeItem {
  const item = row('Network namespaces', Collapsed, `${host.id}/namespaces`, 'namespaces');
  item.iconPath = new vscode.ThemeIcon('layers');
  item.tooltip = 'Containers and other network namespaces of the host, each with interfaces and counters of its own';
  item.accessibilityInformation = { label: `Network namespaces of ${plain(host.label)}` };
  return item;
}

/** The rows `CPUs` and `TCP`: a headline each, and a way to their tab. */
export function tabItem(node: HostRow & { kind: 'cpus' | 'tcp' }, source: Source | undefined): vscode.TreeItem {
  const { host, kind } = node;
  const item = row(kind === 'cpus' ? 'CPUs' : 'TCP', None, `${host.id}/${kind}`, kind);
  const tabs = kind === 'cpus' ? ['softnet', 'interrupts'] : ['tcp'];
  const findings = (source?.observation.diagnosis.findings ?? []).filter((finding) => tabs.includes(finding.tab));
  item.description = [kind === 'cpus' ? cpuHeadline(source) : tcpHeadline(source), findingCount(findings)]
    .filter((word) => word !== '')
    .join(' · ');
  item.iconPath =
    findings[0] === undefined
      ? new vscode.ThemeIcon(kind === 'cpus' ? 'chip' : 'symbol-interface')
      : severityIcon(findings[0].severity);
  item.command = {
    command: 'packetPath.openPanel',
    title: 'Open Panel',
    arguments: [node, kind === 'cpus' ? 'softnet' : 'tcp'],
  };
  return item;
}

function cpuHeadline(source: Source | undefined): string {
  const rates = source?.observation.rates;
  if (rates?.ok !== true) return '';
  let busiest: [number, number] | null = null;
  for (const [cpu, shares] of rates.value.cpuTimes) {
    if (cpu >= 0 && (busiest === null || shares.softirq > busiest[1])) busiest = [cpu, shares.softirq];
  }
  return busiest === null ? '' : `softirq at most ${(busiest[1] * 100).toFixed(1)} % (CPU ${busiest[0]})`;
}

function tcpHeadline(source: Source | undefined): string {
  const sockets = source?.observation.snapshot.samples.at(-1)?.tcpSockets;
  if (sockets === undefined || !sockets.ok) return sockets?.reason ?? '';
  const count = (state: string): number => {
    const entry = sockets.value.states.get(state);
    return (entry?.v4 ?? 0) + (entry?.v6 ?? 0);
  };
  return `${count('ESTABLISHED')} established, ${count('LISTEN')} listening, ${count('TIME_WAIT')} time-wait`;
}

function row(label: string, collapsible: Collapsible, id: string, contextValue: string): vscode.TreeItem {
  const item = new vscode.TreeItem(plain(label), collapsible);
  item.id = id;
  item.contextValue = contextValue;
  return item;
}
