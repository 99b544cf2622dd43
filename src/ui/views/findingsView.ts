import * as vscode from 'vscode';
import type { Finding } from '../../diagnosis/finding.ts';
import type { Severity } from '../../model/severity.ts';
import { runCommand } from '../messages.ts';
import type { Source, Sources } from '../sources.ts';
import { severityIcon } from './severityIcon.ts';

/** A row of the Findings view: one finding of one host or capture. */
export interface FindingNode {
  readonly source: Source;
  readonly finding: Finding;
}

const order: Record<Severity, number> = { crit: 0, warn: 1, info: 2 };

/** The Findings view: of everything looked at in this session, worst first. A click opens the evidence. */
export function registerFindingsView(sources: Sources): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const nodes = (): FindingNode[] =>
    sources
      .all()
      .flatMap((source) => source.observation.diagnosis.findings.map((finding) => ({ source, finding })))
      .sort((x, y) => order[x.finding.severity] - order[y.finding.severity]);
  const provider: vscode.TreeDataProvider<FindingNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => (node === undefined ? nodes() : []),
    getTreeItem: (node) => itemOf(node, sources.all().length > 1),
  };
  const view = vscode.window.createTreeView('packetPath.findings', { treeDataProvider: provider });
  const refresh = (): void => {
    changed.fire(undefined);
    const found = nodes();
    const grave = found.filter(({ finding }) => finding.severity !== 'info').length;
    view.badge = grave === 0 ? undefined : { value: grave, tooltip: `${grave} findings` };
    const context = found.length > 0 ? 'some' : sources.all().length > 0 ? 'clean' : 'none';
    runCommand('setContext', 'packetPath.findings', context);
  };
  refresh();
  return vscode.Disposable.from(changed, view, sources.onDidChange(refresh));
}

function itemOf({ source, finding }: FindingNode, nameSource: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(finding.title);
  item.id = `${source.id} ${finding.key}`;
  item.description = nameSource ? `${source.label} · ${finding.rule}` : finding.rule;
  item.iconPath = severityIcon(finding.severity);
  item.tooltip = [
    finding.title,
    '',
    finding.why,
    '',
    `Threshold: ${finding.threshold.text} (${finding.threshold.source})`,
  ].join('\n');
  item.contextValue = 'finding';
  item.command = { command: 'packetPath.showEvidence', title: 'Show Evidence', arguments: [{ source, finding }] };
  item.accessibilityInformation = { label: `${finding.severity}: ${finding.title}` };
  return item;
}
