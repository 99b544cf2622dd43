import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Finding } from '../../diagnosis/finding.ts';
import { printable } from '../../kernel/printable.ts';
import type { Severity } from '../../model/severity.ts';
import { plain, runCommand } from '../messages.ts';
import { isOfHost, type Source, type Sources } from '../sources.ts';
import { severityIcon } from './severityIcon.ts';

/** A finding's row in the Findings view. */
export interface FindingNode {
  readonly source: Source;
  readonly finding: Finding;
}

/** A row: a finding, or the host or capture that several stand under. */
type Node = FindingNode | { readonly source: Source; readonly finding: null };

const order: Record<Severity, number> = { crit: 0, warn: 1, info: 2 };

/** The Findings view: of everything looked at in this session, worst first. A click opens the evidence. */
export function registerFindingsView(sources: Sources): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) =>
      node === undefined ? topLevel(sources) : node.finding === null ? findingsOf(node.source) : [],
    getTreeItem: (node) => (node.finding === null ? sourceItem(node.source) : findingItem(node)),
  };
  const view = vscode.window.createTreeView('packetPath.findings', { treeDataProvider: provider });
  const refresh = (): void => {
    changed.fire(undefined);
    const found = sources.all().flatMap(findingsOf);
    const grave = found.filter(({ finding }) => finding.severity !== 'info').length;
    view.badge = grave === 0 ? undefined : { value: grave, tooltip: `${grave} findings` };
    const context = found.length > 0 ? 'some' : sources.all().length > 0 ? 'clean' : 'none';
    runCommand('setContext', 'packetPath.findings', context);
  };
  refresh();
  return vscode.Disposable.from(changed, view, sources.onDidChange(refresh));
}

/** Findings of one host stand by themselves; those of several stand under theirs. */
function topLevel(sources: Sources): Node[] {
  const faulty = sources.all().filter((source) => findingsOf(source).length > 0);
  const [only] = faulty;
  if (only !== undefined && faulty.length === 1) return findingsOf(only);
  const worst = (source: Source): number => order[findingsOf(source)[0]?.finding.severity ?? 'info'];
  return faulty.sort((x, y) => worst(x) - worst(y)).map((source) => ({ source, finding: null }));
}

function findingsOf(source: Source): FindingNode[] {
  return source.observation.diagnosis.findings.map((finding) => ({ source, finding }));
}

function sourceItem(source: Source): vscode.TreeItem {
  const item = new vscode.TreeItem(plain(source.label), vscode.TreeItemCollapsibleState.Expanded);
  item.id = source.id;
  item.description = [timeOf(source), isOfHost(source) ? '' : basename(source.capture.path)]
    .filter((word) => word !== '')
    .join(' · ');
  item.tooltip = `${plain(source.label)}\n${item.description}`;
  item.iconPath = new vscode.ThemeIcon(isOfHost(source) ? 'server' : 'file-zip');
  return item;
}

function findingItem({ source, finding }: FindingNode): vscode.TreeItem {
  // A title may name an interface.
  const title = plain(finding.title);
  const item = new vscode.TreeItem(title);
  item.id = `${source.id} ${finding.key}`;
  item.description = finding.rule;
  item.iconPath = severityIcon(finding.severity);
  item.tooltip = [
    [plain(source.label), timeOf(source), finding.rule].filter((word) => word !== '').join(' · '),
    '',
    title,
    '',
    printable(finding.why, 2000),
    '',
    `Threshold: ${printable(finding.threshold.text)} (${finding.threshold.source})`,
  ].join('\n');
  item.contextValue = 'finding';
  item.command = { command: 'packetPath.showEvidence', title: 'Show Evidence', arguments: [{ source, finding }] };
  item.accessibilityInformation = { label: `${finding.severity}: ${title}` };
  return item;
}

/** When the evidence was taken, by the host's clock; empty where it has none. */
function timeOf({ observation }: Source): string {
  const { takenAt } = observation.snapshot.host;
  return takenAt === null ? '' : new Date(takenAt).toLocaleString();
}
