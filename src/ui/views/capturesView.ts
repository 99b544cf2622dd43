import * as vscode from 'vscode';
import { captureHostLabel, labelsByFileName } from '../captureNames.ts';
import type { CaptureStore, StoredCapture } from '../captureStore.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import { plain } from '../messages.ts';
import { captureDrop } from './captureDrop.ts';

/** The Captures view: what snapshots left behind and what was dropped here, newest first. A click opens one. */
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
    vscode.window.createTreeView('packetPath.captures', {
      treeDataProvider: provider,
      dragAndDropController: captureDrop(captures),
      canSelectMany: true,
    }),
  );
}

/** What it is, and how it is told apart. */
const kinds = {
  snapshot: { word: 'snapshot', icon: 'device-camera' },
  file: { word: 'capture file', icon: 'file-zip' },
  sosreport: { word: 'sosreport', icon: 'archive' },
} as const;

function itemOf(capture: StoredCapture, host: string): vscode.TreeItem {
  const { word, icon } = kinds[capture.kind];
  const taken = new Date(capture.takenAt).toLocaleString();
  const size = `${Math.ceil(capture.bytes / 1024)} KB`;
  const item = new vscode.TreeItem(plain(host));
  item.id = capture.uri.toString();
  item.description = [...(capture.kind === 'snapshot' ? [] : [word]), taken, size].join(' · ');
  item.tooltip = [`${plain(host)}, ${word}`, `taken ${taken}`, `${size} packed`, capture.uri.fsPath].join('\n');
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = 'capture';
  item.command = { command: 'packetPath.openCaptureItem', title: 'Open Capture', arguments: [capture] };
  return item;
}
