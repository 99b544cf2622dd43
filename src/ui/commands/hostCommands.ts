import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type TabId, tabIds } from '../../../webview/protocol.ts';
import type { Host } from '../../hosts/host.ts';
import type { HostKeyStore } from '../../transport/hostKeys/hostKeyStore.ts';
import { plain } from '../messages.ts';
import type { NamespaceLists } from '../namespaceLists.ts';
import type { CaptureEditors } from '../panel/captureEditor.ts';
import type { HostPanels } from '../panel/hostPanels.ts';
import type { Snapshots } from '../snapshots.ts';
import { hostIdOf, type Sources, sourceIdOf } from '../sources.ts';
import type { FindingNode } from '../views/findingsView.ts';
import { hostIdIn } from '../views/hostNodes.ts';
import { disconnectHost } from './disconnectHost.ts';
import { chooseHost, type HostPickParts } from './pickHost.ts';

export interface HostCommandParts extends HostPickParts {
  readonly snapshots: Snapshots;
  readonly namespaces: NamespaceLists;
  readonly panels: HostPanels;
  readonly editors: CaptureEditors;
  readonly sources: Sources;
  readonly hostKeys: HostKeyStore;
}

/** Opening panels, going to a finding's evidence, disconnecting and removing hosts, forgetting host keys. */
export function registerHostCommands(parts: HostCommandParts): vscode.Disposable {
  const { registry, snapshots, namespaces, panels, editors, sources, hostKeys } = parts;
  const hostIn = (target: unknown): Host | undefined => registry.get(hostIdIn(target) ?? '');
  return vscode.Disposable.from(
    vscode.commands.registerCommand('packetPath.openPanel', async (node?: unknown, tab?: unknown, focus?: unknown) => {
      const host = await chooseHost(parts, node, { title: 'Open the panel of which host?' });
      const known: TabId | undefined = tabIds.find((id) => id === tab);
      if (host !== undefined) panels.show(host, known, typeof focus === 'string' ? focus : null);
    }),
    vscode.commands.registerCommand('packetPath.showEvidence', async ({ source, finding }: FindingNode) => {
      const id = hostIdOf(source);
      const host = id === null ? undefined : registry.get(id);
      if (host === undefined) await editors.show(source.capture, finding.tab, finding.key);
      else panels.show(host, finding.tab, finding.key);
    }),
    vscode.commands.registerCommand('packetPath.removeHost', async (node: unknown) => {
      const host = hostIn(node);
      if (host === undefined) return;
      // Before all else: it may fail, and then nothing is gone.
      const gone = await registry.remove(host);
      snapshots.disconnect(host);
      namespaces.forget(host.id);
      for (const each of gone) {
        panels.close(each);
        sources.delete(sourceIdOf(each));
      }
    }),
    vscode.commands.registerCommand('packetPath.attendHost', (node: unknown) =>
      vscode.commands.executeCommand('packetPath.snapshotHost', node),
    ),
    vscode.commands.registerCommand('packetPath.editHosts', () =>
      vscode.commands.executeCommand('workbench.action.openSettings', '@id:packetPath.hosts'),
    ),
    vscode.commands.registerCommand('packetPath.openSshConfig', () => openSshConfig()),
    vscode.commands.registerCommand('packetPath.disconnectHost', (node?: unknown) =>
      disconnectHost(snapshots, hostIn(node)),
    ),
    vscode.commands.registerCommand('packetPath.forgetClosedCaptures', () => editors.forgetClosed()),
    vscode.commands.registerCommand('packetPath.forgetHostKeys', () => forgetHostKeys(hostKeys)),
  );
}

/** The user's own file; where there is none, an empty document that is saved as it. */
async function openSshConfig(): Promise<void> {
  const path = join(homedir(), '.ssh', 'config');
  const uri = existsSync(path) ? vscode.Uri.file(path) : vscode.Uri.file(path).with({ scheme: 'untitled' });
  await vscode.window.showTextDocument(uri);
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
  const items = keys.map((key) => ({
    label: plain(key.name),
    description: plain(key.type),
    detail: key.fingerprint,
    name: key.name,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: 'Forget which host keys?', canPickMany: true });
  for (const { name } of chosen ?? []) await hostKeys.forget(name);
}
