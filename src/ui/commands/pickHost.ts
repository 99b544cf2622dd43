import * as vscode from 'vscode';
import type { Host } from '../../hosts/host.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import { plain } from '../messages.ts';
import type { SshConfigWatch } from '../sshConfigWatch.ts';
import { hostIdIn } from '../views/hostNodes.ts';
import { wayTo } from '../wayTo.ts';

export interface HostPickParts {
  readonly registry: HostRegistry;
  readonly sshConfig: SshConfigWatch;
}

/** What is asked where a command was not called on a host. */
export interface HostQuestion {
  readonly title: string;
  /** The hosts the command is for; all of them unless given. */
  readonly fits?: (host: Host) => boolean;
}

/**
 * The host a command was called on (a row of the Hosts view, or an id), else the one the user picks. Undefined when the
 * user gave up, and when there is no such host any more, which is said.
 */
export async function chooseHost(
  parts: HostPickParts,
  target: unknown,
  question: HostQuestion,
): Promise<Host | undefined> {
  const id = hostIdIn(target);
  if (id === undefined) return pickHost(parts, question);
  const host = parts.registry.get(id);
  if (host === undefined) vscode.window.showInformationMessage(plain(`There is no host "${id}" any more.`));
  return host;
}

interface HostItem extends vscode.QuickPickItem {
  readonly host?: Host;
}

/** Of the hosts of the list, the other aliases of ~/.ssh/config, and the network namespaces that were listed. */
async function pickHost(
  { registry, sshConfig }: HostPickParts,
  { title, fits = () => true }: HostQuestion,
): Promise<Host | undefined> {
  await sshConfig.ready();
  const groups = [
    { name: '', hosts: registry.list().filter(fits) },
    { name: '~/.ssh/config', hosts: registry.notAdded(sshConfig.aliases).filter(fits) },
    { name: 'network namespaces', hosts: registry.namespaces().filter(fits) },
  ].filter(({ hosts }) => hosts.length > 0);
  const [first, second] = groups.flatMap(({ hosts }) => hosts);
  // The only one there is needs no question.
  if (second === undefined) return first ?? addHost();
  const items = groups.flatMap(({ name, hosts }): HostItem[] => [
    ...(name === '' ? [] : [{ label: name, kind: vscode.QuickPickItemKind.Separator }]),
    ...hosts.map((host) => ({ label: plain(host.label), description: plain(wayTo(host)), host })),
  ]);
  const rest: HostItem[] = [
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: '$(add) Add Host...', alwaysShow: true },
  ];
  const picked = await vscode.window.showQuickPick([...items, ...rest], { title, matchOnDescription: true });
  return picked === undefined ? undefined : (picked.host ?? addHost());
}

async function addHost(): Promise<Host | undefined> {
  return vscode.commands.executeCommand<Host | undefined>('packetPath.addHost');
}
