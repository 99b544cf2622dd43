import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Finding, Found } from '../../diagnosis/finding.ts';
import { printable } from '../../kernel/printable.ts';
import type { Severity } from '../../model/severity.ts';
import { thresholdText } from '../../report/findingTexts.ts';
import { plain, runCommand } from '../messages.ts';
import { isOfHost, type Source, type Sources } from '../sources.ts';
import {
  type FindingFilter,
  type FindingGroup,
  filterText,
  groupsOf,
  isFilter,
  noFilter,
  passes,
} from './findingFilter.ts';
import { pickFilter } from './pickFilter.ts';
import { severityIcon } from './severityIcon.ts';

/** What a command is called with on a finding's row. */
export interface FindingNode {
  readonly source: Source;
  readonly finding: Finding;
}

/** A row: a finding with its symptoms, or the host or capture that several stand under. */
type Node = (FindingGroup & { readonly source: Source }) | { readonly source: Source; readonly finding: null };

const order: Record<Severity, number> = { crit: 0, warn: 1, info: 2 };

/**
 * The Findings view: of everything looked at in this session, worst first, symptoms below what explains them, filtered by
 * host, NIC and step. A click opens the evidence.
 */
export function registerFindingsView(sources: Sources): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  let filter = noFilter;
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => {
      if (node === undefined) return topLevel(sources, filter);
      if (node.finding === null) return groupNodes(node.source, filter);
      return node.symptoms.map((group) => ({ ...group, source: node.source }));
    },
    getTreeItem: (node) => (node.finding === null ? sourceItem(node.source) : findingItem(node)),
  };
  const view = vscode.window.createTreeView('packetPath.findings', { treeDataProvider: provider });
  const refresh = (): void => {
    changed.fire(undefined);
    const found = sources.all().flatMap((source) => findingsOf(source).map((finding) => ({ source, finding })));
    const grave = found.filter(({ finding }) => finding.severity !== 'info').length;
    view.badge = grave === 0 ? undefined : { value: grave, tooltip: `${grave} findings` };
    const shown = found.filter(({ source, finding }) => passes(filter, source.id, finding)).length;
    const only = plain(filterText(filter, (id) => sources.get(id)?.label ?? 'a host that is gone'));
    view.message = isFilter(filter) ? `Only ${only}: ${shown} of ${found.length} findings` : '';
    const context = found.length > 0 ? 'some' : sources.all().length > 0 ? 'clean' : 'none';
    runCommand('setContext', 'packetPath.findings', context);
    runCommand('setContext', 'packetPath.findingsFiltered', isFilter(filter));
  };
  const setFilter = (next: FindingFilter): void => {
    filter = next;
    refresh();
  };
  refresh();
  return vscode.Disposable.from(
    changed,
    view,
    sources.onDidChange(refresh),
    vscode.commands.registerCommand('packetPath.filterFindings', async () => {
      const next = await pickFilter(sources, filter);
      if (next !== undefined) setFilter(next);
    }),
    vscode.commands.registerCommand('packetPath.clearFindingsFilter', () => setFilter(noFilter)),
  );
}

/** Findings of one host stand by themselves; those of several stand under theirs. */
function topLevel(sources: Sources, filter: FindingFilter): Node[] {
  const faulty = sources
    .all()
    .map((source) => ({ source, shown: findingsOf(source).filter((finding) => passes(filter, source.id, finding)) }))
    .filter(({ shown }) => shown.length > 0);
  const [only] = faulty;
  if (only !== undefined && faulty.length === 1) return groupNodes(only.source, filter);
  const worst = (shown: readonly Found[]): number => Math.min(...shown.map(({ severity }) => order[severity]));
  return faulty.sort((x, y) => worst(x.shown) - worst(y.shown)).map(({ source }) => ({ source, finding: null }));
}

function groupNodes(source: Source, filter: FindingFilter): Node[] {
  const isShown = (finding: Found): boolean => passes(filter, source.id, finding);
  return groupsOf(findingsOf(source), isShown).map((group) => ({ ...group, source }));
}

function findingsOf(source: Source): readonly Found[] {
  return source.observation.diagnosis.findings;
}

function sourceItem(source: Source): vscode.TreeItem {
  const item = new vscode.TreeItem(plain(source.label), vscode.TreeItemCollapsibleState.Expanded);
  item.id = source.id;
  item.contextValue = 'source';
  // Of two captures of one host the file's name is what tells them apart: it stands where it is not cut off.
  item.description = [isOfHost(source) ? '' : basename(source.capture.path), timeOf(source)]
    .filter((word) => word !== '')
    .join(' · ');
  item.tooltip = `${plain(source.label)}\n${item.description}`;
  item.iconPath = new vscode.ThemeIcon(isOfHost(source) ? 'server' : 'file-zip');
  return item;
}

function findingItem({ source, finding, symptoms }: FindingGroup & { readonly source: Source }): vscode.TreeItem {
  // A title may name an interface.
  const title = plain(finding.title);
  const { Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(title, symptoms.length > 0 ? Expanded : None);
  // VS Code remembers by the id whether a row is open: one that gets symptoms is another.
  item.id = `${source.id} ${finding.key}${symptoms.length > 0 ? ' +' : ''}`;
  item.description = finding.rule;
  item.iconPath = severityIcon(finding.severity);
  const because = finding.explainedBy === null ? [] : [`A symptom: ${finding.explainedBy.because}.`, ''];
  item.tooltip = [
    [plain(source.label), timeOf(source), finding.rule].filter((word) => word !== '').join(' · '),
    '',
    title,
    '',
    ...because,
    printable(finding.why, 2000),
    '',
    `Threshold: ${printable(thresholdText(finding))}`,
  ].join('\n');
  item.contextValue = 'finding';
  item.command = { command: 'packetPath.showEvidence', title: 'Show Evidence', arguments: [{ source, finding }] };
  const role = finding.explainedBy === null ? '' : ', a symptom';
  item.accessibilityInformation = { label: `${finding.severity}${role}: ${title}` };
  return item;
}

/** When the evidence was taken, by the host's clock; empty where it has none. */
function timeOf({ observation }: Source): string {
  const { takenAt } = observation.snapshot.host;
  return takenAt === null ? '' : new Date(takenAt).toLocaleString();
}
