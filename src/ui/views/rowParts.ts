import * as vscode from 'vscode';
import type { Finding } from '../../diagnosis/finding.ts';
import { plain } from '../messages.ts';

/** A row of the Hosts view below a host; the label is made plain. */
export function row(
  label: string,
  collapsible: vscode.TreeItemCollapsibleState,
  id: string,
  contextValue: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(plain(label), collapsible);
  item.id = id;
  item.contextValue = contextValue;
  return item;
}

/** `2 findings`; empty for none. */
export function findingCount(findings: readonly Finding[]): string {
  return findings.length === 0 ? '' : `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
}

/** A tooltip of several lines, of which the empty ones are left out. */
export function plainLines(lines: readonly string[]): string {
  return lines
    .filter((line) => line !== '')
    .map(plain)
    .join('\n');
}
