import * as vscode from 'vscode';
import type { Severity } from '../../model/severity.ts';

const icons: Record<Severity, readonly [string, string]> = {
  crit: ['error', 'list.errorForeground'],
  warn: ['warning', 'list.warningForeground'],
  info: ['info', 'charts.blue'],
};

/** The icon of a finding; shape and colour both carry the severity. */
export function severityIcon(severity: Severity): vscode.ThemeIcon {
  const [id, colour] = icons[severity];
  return new vscode.ThemeIcon(id, new vscode.ThemeColor(colour));
}
