import * as vscode from 'vscode';
import type { Host } from '../../hosts/host.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import type { NamespaceLists } from '../namespaceLists.ts';
import { problemOf } from '../problems.ts';
import { hostIdOf, type Source, type Sources, sourceIdOf } from '../sources.ts';
import type { SshConfigWatch } from '../sshConfigWatch.ts';
import { aliasesItem, noteItem, wrongItem } from './groupItems.ts';
import { hostItem, namespacesItem, tabItem, unseenItem } from './hostItems.ts';
import type { GroupRow, HostNode, HostRow } from './hostNodes.ts';
import { nicItem, queueItem } from './nicItems.ts';

export interface HostsViewParts {
  readonly registry: HostRegistry;
  readonly sources: Sources;
  readonly sshConfig: SshConfigWatch;
  readonly namespaces: NamespaceLists;
}

/**
 * The Hosts view: this machine, the hosts of the settings and those of ~/.ssh/config; under each its NICs with their
 * queues, its CPUs, its TCP, its network namespaces. Nothing is read before it is shown.
 */
export function registerHostsView(parts: HostsViewParts): vscode.Disposable {
  const { registry, sources, sshConfig, namespaces } = parts;
  const changed = new vscode.EventEmitter<HostNode | undefined>();
  const rows = new SameRows();
  /** While a tree is made anew its buttons do not know their row: most changes are of one host, and redraw that one. */
  const refresh = (kind: 'host' | 'namespaces', id: string): void => {
    const row = rows.of(kind, id);
    if (row === undefined) return;
    const other = row.kind === 'host' && row.open !== isOpen(row.host, parts);
    changed.fire(other ? undefined : row);
  };
  const provider: vscode.TreeDataProvider<HostNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => rows.same(node === undefined ? topLevel(parts) : await childrenOf(node, parts)),
    getTreeItem: (node) => itemOf(node, registry, sources),
  };
  return vscode.Disposable.from(
    changed,
    registry.onDidChange((id) => (id === undefined ? changed.fire(undefined) : refresh('host', id))),
    sources.onDidChange((id) => refresh('host', hostIdOf({ id }) ?? '')),
    sshConfig.onDidRead(() => changed.fire(undefined)),
    namespaces.onDidChange((id) => refresh('namespaces', id)),
    vscode.window.createTreeView('packetPath.hosts', { treeDataProvider: provider, showCollapseAll: true }),
  );
}

/** Rows by which VS Code knows them again: the same object as long as they say the same. */
class SameRows {
  readonly #rows = new Map<string, HostNode>();

  of(kind: 'host' | 'namespaces', id: string): HostNode | undefined {
    return this.#rows.get(`${kind} ${id}`);
  }

  same(nodes: readonly HostNode[]): HostNode[] {
    return nodes.map((node) => {
      if (node.kind !== 'host' && node.kind !== 'namespaces') return node;
      const key = `${node.kind} ${node.host.id}`;
      const known = this.#rows.get(key);
      if (known !== undefined && JSON.stringify(known) === JSON.stringify(node)) return known;
      this.#rows.set(key, node);
      return node;
    });
  }
}

/** Of many hosts that were looked at together the rows stay closed: the list is what is wanted then. */
function isOpen(host: Host, { registry, sources }: HostsViewParts): boolean {
  return registry.isLookedAt(host.id) && sources.get(sourceIdOf(host)) !== undefined;
}

function rowOf(host: Host, parts: HostsViewParts): HostRow & { kind: 'host' } {
  return { kind: 'host', host, open: isOpen(host, parts) };
}

function topLevel(parts: HostsViewParts): HostNode[] {
  const { registry, sshConfig } = parts;
  sshConfig.start();
  const { aliases, problem } = sshConfig;
  const hosts = registry.notAdded(aliases);
  return [
    ...registry.list().map((host) => rowOf(host, parts)),
    ...registry.wrong().map((entry): HostNode => ({ kind: 'wrong', entry })),
    ...(hosts.length > 0 || problem !== null ? [{ kind: 'aliases', hosts, problem } as const] : []),
  ];
}

function childrenOf(node: HostNode, parts: HostsViewParts): HostNode[] | Promise<HostNode[]> {
  const { sources } = parts;
  switch (node.kind) {
    case 'aliases':
      return node.hosts.map((host) => rowOf(host, parts));
    case 'host':
      return rowsOfHost(node.host, sources.get(sourceIdOf(node.host)));
    case 'nic':
      return node.nic.queues.map((queue) => ({ kind: 'queue', host: node.host, nic: node.nic, queue }));
    case 'namespaces':
      return namespaceRows(node.host, parts);
    default:
      return [];
  }
}

function rowsOfHost(host: HostRow['host'], source: Source | undefined): HostNode[] {
  if (source === undefined) return [{ kind: 'unseen', host }];
  const nics = source.observation.snapshot.nics.map((nic): HostNode => ({ kind: 'nic', host, nic }));
  const inside: HostNode[] = host.kind === 'netns' ? [] : [{ kind: 'namespaces', host }];
  return [...nics, { kind: 'cpus', host }, { kind: 'tcp', host }, ...inside];
}

/** Those that can be entered as hosts of their own, the others greyed; a list that failed is a row that says why. */
async function namespaceRows(
  host: (HostRow & { kind: 'namespaces' })['host'],
  parts: HostsViewParts,
): Promise<HostNode[]> {
  const note = (name: string, label: string, reason: string, icon: string): GroupRow => ({
    kind: 'note',
    id: `${host.id}/namespaces/${name}`,
    label,
    reason,
    icon,
  });
  try {
    const found = await parts.namespaces.of(host);
    const rows = found.entries.map(
      ({ label, detail, reason, host: inside }, index): HostNode =>
        inside === null
          ? note(String(index), label, reason, 'lock')
          : // As the host is reached now, whenever the list was made.
            { ...rowOf({ ...inside, parent: host }, parts), detail },
    );
    if (found.note !== '') rows.push(note('note', 'Not all', found.note, 'info'));
    return rows.length > 0 ? rows : [note('none', 'None', "no network namespace but the host's own", 'circle-slash')];
  } catch (error) {
    const { message, hint } = problemOf(error);
    return [note('failed', 'Cannot be listed', [message, hint].filter((text) => text !== '').join('. '), 'warning')];
  }
}

function itemOf(node: HostNode, registry: HostRegistry, sources: Sources): vscode.TreeItem {
  switch (node.kind) {
    case 'host': {
      const { id } = node.host;
      const source = sources.get(sourceIdOf(node.host));
      return hostItem(node, { state: registry.state(id), source, added: registry.isAdded(id) });
    }
    case 'nic':
      return nicItem(node, sources.get(sourceIdOf(node.host)));
    case 'queue':
      return queueItem(node);
    case 'unseen':
      return unseenItem({ kind: 'unseen', host: node.host });
    case 'cpus':
    case 'tcp':
      return tabItem({ kind: node.kind, host: node.host }, sources.get(sourceIdOf(node.host)));
    case 'namespaces':
      return namespacesItem(node);
    case 'aliases':
      return aliasesItem(node);
    case 'wrong':
      return wrongItem(node);
    case 'note':
      return noteItem(node);
  }
}
