import * as vscode from 'vscode';
import { localHost } from '../../hosts/host.ts';
import type { CaptureStore, StoredCapture } from '../captureStore.ts';

/** The Captures view: what snapshots left behind, newest first. A click opens one. */
export function registerCapturesView(captures: CaptureStore): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<StoredCapture> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => (node === undefined ? captures.list() : []),
    getTreeItem: itemOf,
  };
  return vscode.Disposable.from(
    changed,
    captures.onDidChange(() => changed.fire(undefined)),
    vscode.window.createTreeView('packetPath.captures', { treeDataProvider: provider }),
  );
}

function itemOf(capture: StoredCapture): vscode.TreeItem {
  const item = new vscode.TreeItem(capture.host === localHost.id ? localHost.label : capture.host);
  item.id = capture.uri.toString();
  item.description = `${new Date(capture.takenAt).toLocaleString()} · ${Math.ceil(capture.bytes / 1024)} KB`;
  item.tooltip = capture.uri.fsPath;
  item.iconPath = new vscode.ThemeIcon('file-zip');
  item.contextValue = 'capture';
  item.command = { command: 'packetPath.openCaptureItem', title: 'Open Capture', arguments: [capture] };
  return item;
}
