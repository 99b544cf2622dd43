import * as vscode from 'vscode';
import { formatCpuList } from '../../kernel/cpuList.ts';
import type { Nic, NicQueue } from '../../model/snapshot.ts';
import { plain } from '../messages.ts';
import { linkOf } from '../panel/nicFactsView.ts';
import type { Source } from '../sources.ts';
import type { HostRow } from './hostNodes.ts';
import { findingCount, plainLines, row } from './rowParts.ts';
import { severityIcon } from './severityIcon.ts';

const { None, Collapsed } = vscode.TreeItemCollapsibleState;

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
  item.command = { command: 'packetPath.openPanel', title: 'Open Panel', arguments: [node, 'nics', `nic:${nic.name}`] };
  item.tooltip = nicTooltip(nic);
  // Without it a screen reader is given the tooltip, which knows nothing of queues and findings.
  item.accessibilityInformation = { label: `${plain(nic.name)}, ${item.description}` };
  return item;
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
