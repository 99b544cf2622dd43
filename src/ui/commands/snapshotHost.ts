import * as vscode from 'vscode';
import { PartialCapture } from '../../capture/takeCapture.ts';
import type { Host } from '../../hosts/host.ts';
import { isAbort } from '../../transport/abort.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import { plain } from '../messages.ts';
import type { HostPanels } from '../panel/hostPanels.ts';
import { problemOf } from '../problems.ts';
import type { Snapshots } from '../snapshots.ts';
import { hostOf } from '../views/hostNodes.ts';
import { explainFailure } from './explainFailure.ts';

export interface SnapshotCommandParts {
  readonly registry: HostRegistry;
  readonly snapshots: Snapshots;
  readonly panels: HostPanels;
}

/** `Net: Snapshot Host`: of the node it was called on, or of the host the user picks. */
export function registerSnapshotHost(parts: SnapshotCommandParts): vscode.Disposable {
  return vscode.commands.registerCommand('packetPath.snapshotHost', async (target?: unknown) => {
    const host =
      typeof target === 'string'
        ? parts.registry.get(target)
        : (hostOf(target) ?? (await pickHost(parts.registry, 'Snapshot which host?')));
    if (host !== undefined) await snapshotHost(parts, host);
  });
}

/** Asks which host; the only one there is needs no question. Undefined when the user gave up. */
export async function pickHost(registry: HostRegistry, title: string): Promise<Host | undefined> {
  const hosts = registry.list();
  if (hosts.length === 0) {
    await vscode.commands.executeCommand('packetPath.addHost');
    return registry.list()[0];
  }
  if (hosts.length === 1) return hosts[0];
  const add: vscode.QuickPickItem = { label: '$(add) Add Host...', alwaysShow: true };
  const items = hosts.map((host) => ({ label: host.label, description: host.kind === 'ssh' ? 'SSH' : '', host }));
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { host?: Host }>([...items, add], {
    title,
    matchOnDescription: true,
  });
  if (picked === undefined || picked.host !== undefined) return picked?.host;
  return vscode.commands.executeCommand<Host | undefined>('packetPath.addHost');
}

/** Takes a snapshot with progress and cancel, then shows the host's panel. Failures are shown, not thrown. */
export async function snapshotHost(parts: SnapshotCommandParts, host: Host): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: plain(`Snapshot of ${host.label}`),
    cancellable: true,
  };
  const outcome = await vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort(new Error('cancelled')));
    try {
      await parts.snapshots.take(host, abort.signal, (message) => progress.report({ message: plain(message) }));
      return null;
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return 'cancelled';
      if (error instanceof PartialCapture) parts.panels.show(host);
      return problemOf(error);
    }
  });
  if (outcome === null) parts.panels.show(host);
  // Not awaited: the command is done, whether the message is read or not.
  else if (outcome !== 'cancelled') {
    // The host may be reached in another way by then.
    explainFailure(host, outcome, () => snapshotHost(parts, parts.registry.get(host.id) ?? host));
  }
}
