import * as vscode from 'vscode';
import type { HostRegistry } from '../hostRegistry.ts';
import { type Source, type Sources, sourceIdOf } from '../sources.ts';
import { hostItem, nicItem, queueItem, tabItem, unseenItem } from './hostItems.ts';
import type { HostNode } from './hostNodes.ts';

/** The Hosts view: hosts, under each its NICs with their queues, its CPUs, its TCP. */
export function registerHostsView(registry: HostRegistry, sources: Sources): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const sourceOf = (node: HostNode): Source | undefined => sources.get(sourceIdOf(node.host));
  const provider: vscode.TreeDataProvider<HostNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) =>
      node === undefined ? registry.list().map((host) => ({ kind: 'host', host })) : childrenOf(node, sourceOf(node)),
    getTreeItem: (node) => itemOf(node, registry, sourceOf(node)),
  };
  return vscode.Disposable.from(
    changed,
    registry.onDidChange(() => changed.fire(undefined)),
    sources.onDidChange(() => changed.fire(undefined)),
    vscode.window.createTreeView('packetPath.hosts', { treeDataProvider: provider, showCollapseAll: true }),
  );
}

function childrenOf(node: HostNode, source: Source | undefined): HostNode[] {
  const { host } = node;
  if (node.kind === 'nic') return node.nic.queues.map((queue) => ({ kind: 'queue', host, nic: node.nic, queue }));
  if (node.kind !== 'host') return [];
  if (source === undefined) return [{ kind: 'unseen', host }];
  const nics = source.observation.snapshot.nics.map((nic): HostNode => ({ kind: 'nic', host, nic }));
  return [...nics, { kind: 'cpus', host }, { kind: 'tcp', host }];
}

function itemOf(node: HostNode, registry: HostRegistry, source: Source | undefined): vscode.TreeItem {
  switch (node.kind) {
    case 'host':
      return hostItem({ ...node }, registry.state(node.host.id), source);
    case 'nic':
      return nicItem(node, source);
    case 'queue':
      return queueItem(node);
    case 'unseen':
      return unseenItem({ kind: 'unseen', host: node.host });
    case 'cpus':
    case 'tcp':
      return tabItem({ kind: node.kind, host: node.host }, source);
  }
}
