import * as vscode from 'vscode';
import { plain } from '../messages.ts';
import type { GroupRow } from './hostNodes.ts';

type Row<K extends GroupRow['kind']> = GroupRow & { kind: K };

/** `~/.ssh/config   5 hosts` */
export function aliasesItem({ hosts, problem }: Row<'aliases'>): vscode.TreeItem {
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem('~/.ssh/config', hosts.length > 0 ? Collapsed : None);
  item.id = 'aliases';
  item.contextValue = 'aliases';
  item.description =
    problem === null ? `${hosts.length} more ${hosts.length === 1 ? 'host' : 'hosts'}` : plain(problem);
  item.iconPath = problem === null ? new vscode.ThemeIcon('book') : warning();
  item.tooltip =
    problem === null
      ? 'The hosts of ~/.ssh/config that are not in your settings. They can be looked at from here as they are.'
      : `~/.ssh/config cannot be read: ${plain(problem)}`;
  item.accessibilityInformation = { label: `Hosts of the SSH configuration, ${item.description}` };
  return item;
}

/** An entry of the settings that is no host: what stands there and what is wrong with it. A click leads there. */
export function wrongItem({ entry }: Row<'wrong'>): vscode.TreeItem {
  const item = new vscode.TreeItem(plain(entry.label));
  item.id = `wrong ${entry.index}`;
  item.contextValue = entry.needsTrust ? 'untrusted' : 'wrong';
  item.description = entry.needsTrust ? 'folder is not trusted' : entry.problem;
  item.iconPath = entry.needsTrust ? new vscode.ThemeIcon('shield') : warning();
  item.tooltip = `Entry ${entry.index + 1} of packetPath.hosts${entry.needsTrust ? ' is left out' : ''}: ${plain(entry.problem)}\n${plain(entry.text)}`;
  item.accessibilityInformation = {
    label: `${plain(entry.label)}, entry ${entry.index + 1} of the hosts setting: ${entry.problem}`,
  };
  item.command = entry.needsTrust
    ? { command: 'workbench.trust.manage', title: 'Manage Workspace Trust' }
    : { command: 'packetPath.editHosts', title: 'Edit Hosts in Settings' };
  return item;
}

/** Something that cannot be used, greyed, with the reason. */
export function noteItem({ id, label, reason, icon }: Row<'note'>): vscode.TreeItem {
  const item = new vscode.TreeItem(plain(label));
  item.id = id;
  item.contextValue = 'note';
  item.description = plain(reason);
  item.tooltip = `${plain(label)}\n${plain(reason)}`;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor('disabledForeground'));
  item.accessibilityInformation = { label: `${plain(label)}, ${plain(reason)}` };
  return item;
}

function warning(): vscode.ThemeIcon {
  return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
}
