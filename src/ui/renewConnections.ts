import * as vscode from 'vscode';
import type { Host } from '../hosts/host.ts';
import type { HostRegistry } from './hostRegistry.ts';
import type { Snapshots } from './snapshots.ts';
import type { SshConfigWatch } from './sshConfigWatch.ts';

/** Sees to it that no host is reached in a way that the user's configuration no longer says. */
export function renewConnections(
  registry: HostRegistry,
  sshConfig: SshConfigWatch,
  snapshots: Snapshots,
): vscode.Disposable {
  /** Nothing is connected to before a host is looked at. */
  let known: readonly Host[] = [];
  const compare = (): void => {
    const now = registry.list();
    for (const host of known) {
      const same = now.find(({ id }) => id === host.id);
      if (JSON.stringify(same) !== JSON.stringify(host)) snapshots.disconnect(host);
    }
    known = now;
  };
  return vscode.Disposable.from(
    registry.onDidChange((id) => {
      if (id === undefined) return compare();
      if (known.length === 0) known = registry.list();
      // A host that is being looked at may use ssh_config: from now on its edits count.
      sshConfig.start();
    }),
    sshConfig.onDidEdit(() => snapshots.configChanged()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('packetPath.ssh.client')) snapshots.configChanged();
    }),
  );
}
