import * as vscode from 'vscode';
import type { Host } from '../../hosts/host.ts';
import type { HostState } from '../hostRegistry.ts';
import { plain } from '../messages.ts';
import { problemLine } from '../problems.ts';
import type { Source } from '../sources.ts';
import { wayTo } from '../wayTo.ts';
import type { HostRow } from './hostNodes.ts';
import { findingCount, plainLines, row } from './rowParts.ts';
import { severityIcon } from './severityIcon.ts';

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
  { host, open, detail }: HostRow & { kind: 'host' },
  around: HostSurroundings,
): vscode.TreeItem {
  const { state, source } = around;
  const label = plain(host.kind === 'netns' ? host.label.slice(host.parent.label.length + 3) : host.label);
  const item = new vscode.TreeItem(label, open ? Expanded : Collapsed);
  // A new id: what was closed under the old one is opened once there is something to see. It must not change while the
  // row is the same: VS Code would draw it over others.
  item.id = open ? `${host.id} open` : host.id;
  item.contextValue = contextOf(host, around);
  const problem = state.problem === null ? '' : problemLine(state.problem);
  item.description = plain(
    state.activity ?? (problem || (source === undefined ? (detail ?? wayTo(host)) : seen(host, source))),
  );
  item.iconPath = hostIcon(host, state, source);
  item.tooltip = plainLines([
    host.label,
    host.kind === 'command' ? host.command.join(' ') : '',
    host.kind === 'ssh' ? `SSH, ${host.client === 'system' ? "the system's ssh" : 'built-in client'}` : '',
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

/** What matters most comes first: a narrow view cuts the rest off. */
function seen(host: Host, { observation: { snapshot, diagnosis } }: Source): string {
  const at = snapshot.host.takenAt === null ? '' : new Date(snapshot.host.takenAt).toLocaleTimeString();
  const cpus = snapshot.cpus.online === null ? '' : `${snapshot.cpus.online.length} cpu`;
  const way = host.kind === 'ssh' && host.client === 'system' ? wayTo(host) : '';
  return [findingCount(diagnosis.findings), at, way, cpus, plain(snapshot.host.kernel ?? '')]
    .filter((word) => word !== '')
    .join(' · ');
}

/** The row under a host that has not been looked at: the one thing to do. */
export function unseenItem(node: HostRow & { kind: 'unseen' }): vscode.TreeItem {
  const item = new vscode.TreeItem('Not looked at yet', None);
  item.description = 'take a snapshot';
  item.iconPath = new vscode.ThemeIcon('device-camera');
  item.command = { command: 'packetPath.snapshotHost', title: 'Snapshot Host', arguments: [node] };
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
