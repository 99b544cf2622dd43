import * as vscode from 'vscode';
import type { Host, ReachableHost } from '../../hosts/host.ts';
import { isAbort } from '../../transport/abort.ts';
import { plain } from '../messages.ts';
import type { ListedNamespace, ListedNamespaces, NamespaceLists } from '../namespaceLists.ts';
import { problemOf, problemText } from '../problems.ts';
import { hostIdIn } from '../views/hostNodes.ts';
import { chooseHost, type HostPickParts } from './pickHost.ts';

/** `Net: Snapshot Network Namespace...`, and listing them anew in the view. */
export function registerNamespaceCommands(parts: HostPickParts, namespaces: NamespaceLists): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('packetPath.snapshotNamespace', async (node?: unknown) => {
      const fits = ({ kind }: Host): boolean => kind !== 'netns';
      const host = await chooseHost(parts, node, { title: 'Network namespaces of which host?', fits });
      if (host === undefined || host.kind === 'netns') return;
      const inside = await pickNamespace(host, namespaces);
      if (inside !== null) await vscode.commands.executeCommand('packetPath.snapshotHost', inside.id);
    }),
    vscode.commands.registerCommand('packetPath.listNamespaces', (node: unknown) => {
      const id = hostIdIn(node);
      if (id !== undefined) namespaces.forget(id);
    }),
  );
}

interface NamespaceItem extends vscode.QuickPickItem {
  readonly entry: ListedNamespace;
}

/** Those that cannot be entered are in the list, with the reason, and choosing one says it once more. */
async function pickNamespace(host: ReachableHost, namespaces: NamespaceLists): Promise<ListedNamespace['host']> {
  const found = await list(host, namespaces);
  if (found === undefined) return null;
  if (found.entries.length === 0) {
    const text =
      found.note === '' ? `${host.label} has no network namespace but its own.` : `${host.label}: ${found.note}`;
    vscode.window.showInformationMessage(plain(text));
    return null;
  }
  const items = found.entries.map(
    (entry): NamespaceItem => ({
      label: plain(entry.label),
      description: plain(entry.detail),
      ...(entry.host === null ? { detail: `cannot be entered: ${plain(entry.reason)}` } : {}),
      entry,
    }),
  );
  const chosen = await vscode.window.showQuickPick(items, {
    title: plain(`Snapshot which network namespace of ${host.label}?`),
    matchOnDescription: true,
    ...(found.note === '' ? {} : { placeHolder: plain(found.note) }),
  });
  if (chosen === undefined || chosen.entry.host !== null) return chosen?.entry.host ?? null;
  vscode.window.showWarningMessage(plain(`${chosen.entry.label} cannot be entered: ${chosen.entry.reason}`));
  return null;
}

/** Always a new list: containers come and go. Undefined when it was given up or failed, which is shown. */
async function list(host: ReachableHost, namespaces: NamespaceLists): Promise<ListedNamespaces | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: plain(`Listing the network namespaces of ${host.label}`),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort(new DOMException('cancelled', 'AbortError')));
    try {
      return await namespaces.renew(host, abort.signal);
    } catch (error) {
      // Not awaited: the command is done, whether the message is read or not.
      if (!isAbort(error)) vscode.window.showErrorMessage(plain(problemText(host.label, problemOf(error))));
      return undefined;
    }
  });
}
