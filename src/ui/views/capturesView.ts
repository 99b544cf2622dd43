import * as vscode from 'vscode';
import { captureHostLabel, labelsByFileName } from '../captureNames.ts';
import type { CaptureStore, StoredCapture } from '../captureStore.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import { plain } from '../messages.ts';

/** The Captures view: what snapshots left behind, newest first. A click opens one. */
export function registerCapturesView(captures: CaptureStore, registry: HostRegistry): vscode.Disposable {
  let labels: ReadonlyMap<string, string> = new Map();
  const changed = new vscode.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<StoredCapture> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => {
      labels = labelsByFileName([...registry.list(), ...registry.namespaces()]);
      return node === undefined ? captures.list() : [];
    },
    getTreeItem: (capture) => itemOf(capture, captureHostLabel(capture.host, labels)),
  };
  return vscode.Disposable.from(
    changed,
    captures.onDidChange(() => changed.fire(undefined)),
    vscode.window.createTreeView('packetPath.captures', { treeDataProvider: provider }),
  );
}

function itemOf(capture: StoredCapture, host: string): vscode.TreeItem {
  const item = new vscode.TreeItem(plain(host));
  item.id = capture.uri.toString();
  item.description = `${new Date(capture.takenAt).toLocaleString()} · ${Math.ceil(capture.bytes / 1024)} KB`;
  item.tooltip = capture.uri.fsPath;
  item.iconPath = new vscode.ThemeIcon('file-zip');
  item.contextValue = 'capture';
  item.command = { command: 'packetPath.openCaptureItem', title: 'Open Capture', arguments: [capture] };
  return item;
}
