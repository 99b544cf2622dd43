import * as vscode from 'vscode';
import type { Host } from '../../hosts/host.ts';
import { plain } from '../messages.ts';
import { runAll } from '../runAll.ts';
import { snapshotSettings } from '../settings.ts';
import { resultOf, type SnapshotResult } from '../snapshotResults.ts';
import { useSystemSsh } from './explainFailure.ts';
import type { SnapshotCommandParts } from './snapshotHost.ts';
import { type ResultChoice, showSnapshotResults } from './snapshotResultList.ts';

/** `Net: Snapshot All Hosts` and `Net: Show Snapshot Results`: of the hosts in the list, with one list of how it went. */
export function registerSnapshotAll(parts: SnapshotCommandParts): vscode.Disposable {
  const { registry, panels } = parts;
  /** The last result of each host of the last run. */
  let results = new Map<string, SnapshotResult>();

  async function runOn(hosts: readonly Host[], quiet: boolean): Promise<void> {
    for (const result of await snapshotHosts(parts, hosts, quiet)) results.set(result.host.id, result);
    await show();
  }

  /** As they are reached now: the list may be older than the settings. */
  function stillThere(hosts: readonly Host[]): Host[] {
    return hosts.map(({ id }) => registry.get(id)).filter((host) => host !== undefined);
  }

  async function show(): Promise<void> {
    for (const id of results.keys()) if (registry.get(id) === undefined) results.delete(id);
    const choice = await showSnapshotResults([...results.values()]);
    if (choice !== undefined) await follow(choice);
  }

  async function follow(choice: ResultChoice): Promise<void> {
    if (choice.kind === 'open') return panels.show(choice.host);
    if (choice.kind === 'system-ssh') await useSystemSsh(choice.host);
    await runOn(stillThere(choice.kind === 'retry-failed' ? choice.hosts : [choice.host]), false);
  }

  return vscode.Disposable.from(
    vscode.commands.registerCommand('packetPath.snapshotAll', async () => {
      const hosts = registry.list();
      if (hosts.length === 0) {
        await vscode.commands.executeCommand('packetPath.addHost');
        return;
      }
      results = new Map();
      // Of a run over many hosts nobody wants to be asked anything; who waits for an answer stands in the list.
      await runOn(hosts, true);
    }),
    vscode.commands.registerCommand('packetPath.showSnapshotResults', async () => {
      if (results.size > 0) return show();
      await vscode.window.showInformationMessage('Net: Snapshot All Hosts has not run in this window yet.');
    }),
  );
}

/** Takes a snapshot of each, a few at a time, with counts and Cancel. Questions, if any, come one after the other. */
async function snapshotHosts(
  { snapshots }: SnapshotCommandParts,
  hosts: readonly Host[],
  quiet: boolean,
): Promise<SnapshotResult[]> {
  const only = hosts.length === 1 ? hosts[0] : undefined;
  const title = only === undefined ? `Snapshots of ${hosts.length} hosts` : `Snapshot of ${only.label}`;
  const options = { location: vscode.ProgressLocation.Notification, title: plain(title), cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort(new DOMException('cancelled', 'AbortError')));
    let done = 0;
    let failed = 0;
    const report = (increment: number): void => {
      const failures = failed === 0 ? '' : `, ${failed} failed`;
      progress.report({ message: `${done} of ${hosts.length} done${failures}`, increment });
    };
    if (only === undefined) report(0);
    const onProgress = (message: string): void => {
      if (only !== undefined) progress.report({ message: plain(message) });
    };
    const outcomes = await runAll(
      hosts,
      snapshotSettings().concurrency,
      (host, signal) => snapshots.take(host, signal, onProgress, { quiet }),
      abort.signal,
      ({ kind }) => {
        done += 1;
        if (kind === 'failed') failed += 1;
        if (only === undefined && !abort.signal.aborted) report(100 / hosts.length);
      },
    );
    return hosts.map((host, index) => resultOf(host, outcomes[index] ?? { kind: 'skipped' }));
  });
}
