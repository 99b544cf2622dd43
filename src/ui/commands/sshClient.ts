import * as vscode from 'vscode';
import type { Host, SshClient } from '../../hosts/host.ts';
import type { Snapshots } from '../snapshots.ts';
import { chooseHost, type HostPickParts } from './pickHost.ts';

/**
 * Which SSH client reaches a host: the system's `ssh`, or the one built in. Called on a row, with a host's id, or from
 * the palette; each returns the host as it is reached from now on.
 */
export function registerSshClient(parts: HostPickParts, snapshots: Snapshots): vscode.Disposable {
  const use = async (client: SshClient, target: unknown): Promise<Host | undefined> => {
    const title = client === 'system' ? "The system's ssh for which host?" : 'The built-in SSH client for which host?';
    const host = await chooseHost(parts, target, { title, fits: ({ kind }) => kind === 'ssh' });
    if (host === undefined) return undefined;
    if (host.kind !== 'ssh') {
      vscode.window.showInformationMessage('Only hosts that are reached over SSH have an SSH client.');
      return undefined;
    }
    const changed = await parts.registry.setClient(host.id, client);
    snapshots.disconnect(host);
    return changed;
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('packetPath.useSystemSsh', (target?: unknown) => use('system', target)),
    vscode.commands.registerCommand('packetPath.useBuiltInSsh', (target?: unknown) => use('ssh2', target)),
  );
}
