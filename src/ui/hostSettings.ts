import * as vscode from 'vscode';
import type { SshClient } from '../hosts/host.ts';

/** The settings that say which hosts there are and how they are reached, as the user wrote them. */
export interface HostSettings {
  readonly hosts: unknown;
  readonly client: SshClient;
}

/**
 * Only the user's (or the machine's) own value counts: a folder's settings must never name a program to run or a host
 * to reach, whatever scope the editor gives them.
 */
export function hostSettings(): HostSettings {
  const configuration = vscode.workspace.getConfiguration('packetPath');
  const client: unknown = configuration.inspect('ssh.client')?.globalValue;
  return {
    hosts: configuration.inspect('hosts')?.globalValue,
    client: client === 'system' ? 'system' : 'ssh2',
  };
}

/** Writes the list of hosts into the user's (or the machine's) settings. */
export function saveHosts(hosts: readonly unknown[]): Thenable<void> {
  return vscode.workspace.getConfiguration('packetPath').update('hosts', hosts, vscode.ConfigurationTarget.Global);
}

/** Whether a change of settings concerns the hosts. */
export function affectsHosts(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration('packetPath.hosts') || event.affectsConfiguration('packetPath.ssh.client');
}
