import * as vscode from 'vscode';
import type { Host, SshClient } from '../../hosts/host.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import type { Snapshots } from '../snapshots.ts';
import { hostOf } from '../views/hostNodes.ts';
import { pickHost } from './snapshotHost.ts';

/**
 * Which SSH client reaches a host: the system's `ssh`, or the one built in. Called on a row, with a host's id, or from
 * the palette; each returns the host as it is reached from now on.
 */
export function registerSshClient(registry: HostRegistry, snapshots: Snapshots): vscode.Disposable {
  const use = async (client: SshClient, target: unknown): Promise<Host | undefined> => {
    const host =
      typeof target === 'string'
        ? registry.get(target)
        : (hostOf(target) ?? (await pickHost(registry, 'Another SSH client for which host?')));
    if (host === undefined) return undefined;
    if (host.kind !== 'ssh') {
      vscode.window.showInformationMessage('Only hosts that are reached over SSH have an SSH client.');
      return undefined;
    }
    const changed = await registry.setClient(host.id, client);
    snapshots.disconnect(host);
    return changed;
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('packetPath.useSystemSsh', (target?: unknown) => use('system', target)),
    vscode.commands.registerCommand('packetPath.useBuiltInSsh', (target?: unknown) => use('ssh2', target)),
  );
}
