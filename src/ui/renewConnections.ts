import * as vscode from 'vscode';
import type { HostRegistry } from './hostRegistry.ts';
import type { Snapshots } from './snapshots.ts';
import type { SshConfigWatch } from './sshConfigWatch.ts';

/** Sees to it that no host is reached in a way that the user's configuration no longer says. */
export function renewConnections(
  registry: HostRegistry,
  sshConfig: SshConfigWatch,
  snapshots: Snapshots,
): vscode.Disposable {
  return vscode.Disposable.from(
    registry.onDidChange((id) => {
      if (id === undefined) snapshots.renew((host) => JSON.stringify(registry.get(host.id)) !== JSON.stringify(host));
      // A host that is being looked at may use ssh_config: from now on its edits count.
      else sshConfig.start();
    }),
    sshConfig.onDidEdit(() => snapshots.renew(() => true)),
  );
}
