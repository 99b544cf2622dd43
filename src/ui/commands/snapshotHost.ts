import * as vscode from 'vscode';
import { PartialCapture } from '../../capture/takeCapture.ts';
import type { Host } from '../../hosts/host.ts';
import { isAbort } from '../../transport/abort.ts';
import { plain } from '../messages.ts';
import type { HostPanels } from '../panel/hostPanels.ts';
import { problemOf } from '../problems.ts';
import type { Snapshots } from '../snapshots.ts';
import { explainFailure } from './explainFailure.ts';
import { chooseHost, type HostPickParts } from './pickHost.ts';

export interface SnapshotCommandParts extends HostPickParts {
  readonly snapshots: Snapshots;
  readonly panels: HostPanels;
}

/** `Net: Snapshot Host`: of the node it was called on, or of the host the user picks. */
export function registerSnapshotHost(parts: SnapshotCommandParts): vscode.Disposable {
  return vscode.commands.registerCommand('packetPath.snapshotHost', async (target?: unknown) => {
    const host = await chooseHost(parts, target, { title: 'Snapshot which host?' });
    if (host !== undefined) await snapshotHost(parts, host);
  });
}

/** Takes a snapshot with progress and cancel, then shows the host's panel. Failures are shown, not thrown. */
async function snapshotHost(parts: SnapshotCommandParts, host: Host): Promise<void> {
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
    // The host may be reached in another way by then, or be gone.
    explainFailure(host, outcome, async () => {
      await vscode.commands.executeCommand('packetPath.snapshotHost', host.id);
    });
  }
}
