import * as vscode from 'vscode';
import type { Host } from '../../hosts/host.ts';
import { plain, showFailure } from '../messages.ts';
import { groupsOf, type SnapshotResult, summaryOf } from '../snapshotResults.ts';
import { severityIcon } from '../views/severityIcon.ts';
import { copyProblem } from './explainFailure.ts';

/** What the user does next. */
export type ResultChoice =
  | { readonly kind: 'open' | 'retry' | 'system-ssh'; readonly host: Host }
  | { readonly kind: 'retry-failed'; readonly hosts: readonly Host[] };

interface ResultItem extends vscode.QuickPickItem {
  readonly result?: SnapshotResult;
}

const retryFailed: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: 'Retry Failed' };
const copyDetails: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: 'Copy Details' };
const systemSsh: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('terminal'), tooltip: 'Use System ssh' };

/** The list of what worked and what did not and why; it stays until something is chosen or Escape is pressed. */
export function showSnapshotResults(results: readonly SnapshotResult[]): Promise<ResultChoice | undefined> {
  const pick = vscode.window.createQuickPick<ResultItem>();
  const groups = groupsOf(results);
  const undone = results.filter(({ kind }) => kind !== 'worked').map(({ host }) => host);
  pick.title = `Snapshots: ${summaryOf(groups)}`;
  pick.placeholder = 'Choose a host to open its panel, or to try it again where it failed';
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.buttons = undone.length === 0 ? [] : [retryFailed];
  pick.items = groups.flatMap(({ name, results: rows }): ResultItem[] => [
    { label: name, kind: vscode.QuickPickItemKind.Separator },
    ...rows.map(itemOf),
  ]);
  return new Promise((resolve) => {
    const choose = (choice: ResultChoice): void => {
      resolve(choice);
      pick.hide();
    };
    pick.onDidAccept(() => {
      const result = pick.selectedItems[0]?.result;
      if (result !== undefined) choose({ kind: result.kind === 'worked' ? 'open' : 'retry', host: result.host });
    });
    pick.onDidTriggerButton(() => choose({ kind: 'retry-failed', hosts: undone }));
    pick.onDidTriggerItemButton(({ button, item: { result } }) => {
      if (result?.kind !== 'failed') return;
      if (button === systemSsh) choose({ kind: 'system-ssh', host: result.host });
      else copyProblem(result.host, result.problem).then(undefined, showFailure);
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function itemOf(result: SnapshotResult): ResultItem {
  const label = plain(result.host.label);
  switch (result.kind) {
    case 'worked': {
      const { findings, worst } = result;
      const count = findings === 0 ? 'nothing found' : `${findings} ${findings === 1 ? 'finding' : 'findings'}`;
      const clean = new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green'));
      return { label, description: count, iconPath: worst === null ? clean : severityIcon(worst), result };
    }
    case 'skipped':
      return { label, description: 'not taken', iconPath: new vscode.ThemeIcon('circle-slash'), result };
    case 'failed': {
      const { problem } = result;
      const icon = problem.attention
        ? new vscode.ThemeIcon('key', new vscode.ThemeColor('list.warningForeground'))
        : new vscode.ThemeIcon('debug-disconnect', new vscode.ThemeColor('list.errorForeground'));
      return {
        label,
        description: problem.brief || 'failed',
        // One line, cut where the list ends: the reason before all else. Copy Details has the rest.
        detail: plain(problem.message),
        iconPath: icon,
        buttons: problem.remedy === 'system-ssh' ? [systemSsh, copyDetails] : [copyDetails],
        result,
      };
    }
  }
}
