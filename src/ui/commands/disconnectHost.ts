import * as vscode from 'vscode';
import type { Host } from '../../hosts/host.ts';
import { plain } from '../messages.ts';
import type { Snapshots } from '../snapshots.ts';

interface ConnectedItem extends vscode.QuickPickItem {
  /** Absent: all of them. */
  readonly host?: Host;
}

/** `Net: Disconnect Host`: of the host it was called on, or of one or all of those there is something to disconnect from. */
export async function disconnectHost(snapshots: Snapshots, host: Host | undefined): Promise<void> {
  if (host !== undefined) return snapshots.disconnect(host);
  const hosts = snapshots.connected();
  if (hosts.length === 0) {
    vscode.window.showInformationMessage('No host has been connected to.');
    return;
  }
  const items: ConnectedItem[] = [
    ...(hosts.length > 1 ? [{ label: 'All hosts', description: `${hosts.length} connections` }] : []),
    ...hosts.map((connected) => ({ label: plain(connected.label), host: connected })),
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: 'Disconnect which host?' });
  if (chosen?.host !== undefined) snapshots.disconnect(chosen.host);
  else if (chosen !== undefined) snapshots.disconnectAll();
}
