import * as vscode from 'vscode';
import { type TabId, tabIds } from '../../../webview/protocol.ts';
import type { Host } from '../../hosts/host.ts';
import type { HostKeyStore } from '../../transport/hostKeyStore.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import { plain } from '../messages.ts';
import type { CaptureEditors } from '../panel/captureEditor.ts';
import type { HostPanels } from '../panel/hostPanels.ts';
import type { Snapshots } from '../snapshots.ts';
import { type Sources, sourceIdOf } from '../sources.ts';
import type { FindingNode } from '../views/findingsView.ts';
import { hostOf } from '../views/hostNodes.ts';
import { pickHost } from './snapshotHost.ts';

export interface HostCommandParts {
  readonly registry: HostRegistry;
  readonly snapshots: Snapshots;
  readonly panels: HostPanels;
  readonly editors: CaptureEditors;
  readonly sources: Sources;
  readonly hostKeys: HostKeyStore;
}

/** Opening panels, going to a finding's evidence, disconnecting and removing hosts, forgetting host keys. */
export function registerHostCommands({
  registry,
  snapshots,
  panels,
  editors,
  sources,
  hostKeys,
}: HostCommandParts): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('packetPath.openPanel', async (node?: unknown, tab?: unknown) => {
      const host = hostOf(node) ?? (await pickHost(registry, 'Open the panel of which host?'));
      const known: TabId | undefined = tabIds.find((id) => id === tab);
      if (host !== undefined) panels.show(host, known);
    }),
    vscode.commands.registerCommand('packetPath.showEvidence', async ({ source, finding }: FindingNode) => {
      const host = registry.list().find((candidate) => sourceIdOf(candidate) === source.id);
      if (host === undefined) await editors.show(source.capture, finding.tab, finding.key);
      else panels.show(host, finding.tab, finding.key);
    }),
    vscode.commands.registerCommand('packetPath.removeHost', async (node: unknown) => {
      const host = hostOf(node);
      if (host === undefined) return;
      snapshots.disconnect(host);
      panels.close(host);
      sources.delete(sourceIdOf(host));
      await registry.remove(host);
    }),
    vscode.commands.registerCommand('packetPath.disconnectHost', async (node?: unknown) => {
      const host = hostOf(node) ?? (await pickConnected(registry, snapshots));
      if (host !== undefined) snapshots.disconnect(host);
    }),
    vscode.commands.registerCommand('packetPath.forgetClosedCaptures', () => editors.forgetClosed()),
    vscode.commands.registerCommand('packetPath.forgetHostKeys', () => forgetHostKeys(hostKeys)),
  );
}

/** Only hosts that there is something to disconnect from. */
async function pickConnected(registry: HostRegistry, snapshots: Snapshots): Promise<Host | undefined> {
  const hosts = registry.list().filter((host) => host.kind === 'ssh' && snapshots.hasUsed(host));
  if (hosts.length === 0) {
    vscode.window.showInformationMessage('No SSH host has been connected to.');
    return undefined;
  }
  const items = hosts.map((host) => ({ label: plain(host.label), host }));
  return (await vscode.window.showQuickPick(items, { title: 'Disconnect which host?' }))?.host;
}

/** Lists the keys trusted in Packet Path; the chosen hosts are asked about again at the next connection. */
async function forgetHostKeys(hostKeys: HostKeyStore): Promise<void> {
  const keys = await hostKeys.list();
  if (keys.length === 0) {
    await vscode.window.showInformationMessage(
      'Packet Path trusts no host key of its own; it goes by your known_hosts files.',
    );
    return;
  }
  const items = keys.map((key) => ({ label: key.name, description: key.type, detail: key.fingerprint }));
  const chosen = await vscode.window.showQuickPick(items, { title: 'Forget which host keys?', canPickMany: true });
  for (const { label } of chosen ?? []) await hostKeys.forget(label);
}
