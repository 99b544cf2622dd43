import * as vscode from 'vscode';
import type { Host } from '../../hosts/host.ts';
import { parseHostSpec } from '../../hosts/hostSpec.ts';
import type { HostRegistry } from '../hostRegistry.ts';
import { plain } from '../messages.ts';
import type { SshConfigWatch } from '../sshConfigWatch.ts';
import { hostIdIn } from '../views/hostNodes.ts';
import { commandWords } from './commandLine.ts';

/** `Net: Add Host...` and what adds an alias from the view. Both return the host, for commands that go on with it. */
export function registerAddHost(registry: HostRegistry, sshConfig: SshConfigWatch): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('packetPath.addHost', async (text?: unknown): Promise<Host | undefined> => {
      const chosen = typeof text === 'string' ? text.trim() : await askForHost(registry, sshConfig);
      if (chosen === byCommand) return addCommand(registry);
      return chosen === undefined || chosen === '' ? undefined : registry.add(chosen);
    }),
    vscode.commands.registerCommand('packetPath.addAlias', async (node: unknown): Promise<Host | undefined> => {
      const id = hostIdIn(node);
      return id === undefined ? undefined : registry.add(id);
    }),
  );
}

/** Chosen instead of a host: it is to be reached by a command. */
const byCommand = Symbol('by a command');

interface HostItem extends vscode.QuickPickItem {
  readonly host?: string | typeof byCommand;
}

/** The aliases of ~/.ssh/config that are not in the view yet, and whatever else is typed. */
async function askForHost(
  registry: HostRegistry,
  sshConfig: SshConfigWatch,
): Promise<string | typeof byCommand | undefined> {
  const known = new Set(registry.list().map((host) => host.id));
  const pick = vscode.window.createQuickPick<HostItem>();
  pick.placeholder = 'An alias of ~/.ssh/config, or user@host:port';
  pick.matchOnDescription = true;
  const refresh = (): void => {
    const { aliases, problem } = sshConfig;
    pick.title = problem === null ? 'Add a host' : `Add a host (~/.ssh/config cannot be read: ${plain(problem)})`;
    const typed = pick.value.trim();
    const listed = registry.notAdded(aliases).map(({ id }) => id);
    const fresh = typed !== '' && !known.has(typed) && !listed.includes(typed);
    pick.items = [
      ...(fresh ? [itemOf(typed)] : []),
      ...listed.map((alias) => ({ label: plain(alias), description: '~/.ssh/config', host: alias })),
      ...(vscode.workspace.isTrusted ? [commandItem] : []),
    ];
  };
  pick.onDidChangeValue(refresh);
  const reading = sshConfig.onDidRead(() => {
    pick.busy = false;
    refresh();
  });
  const chosen = new Promise<HostItem['host']>((resolve) => {
    pick.onDidAccept(() => {
      const host = pick.selectedItems[0]?.host;
      if (host === undefined) return;
      resolve(host);
      pick.hide();
    });
    pick.onDidHide(() => resolve(undefined));
  });
  pick.busy = sshConfig.start();
  refresh();
  pick.show();
  try {
    return await chosen;
  } finally {
    reading.dispose();
    pick.dispose();
  }
}

const commandItem: HostItem = {
  label: '$(terminal) By a Command...',
  detail: 'docker exec, kubectl exec, nsenter, sudo: whatever gives a shell behind which "sh -s" runs',
  host: byCommand,
  alwaysShow: true,
};

function itemOf(typed: string): HostItem {
  return parseHostSpec(typed) === null
    ? { label: typed, description: 'not a host: user@host:port, or an alias of ~/.ssh/config', alwaysShow: true }
    : { label: typed, description: 'as typed', host: typed, alwaysShow: true };
}

/** Asks for the command, then for a name. */
async function addCommand(registry: HostRegistry): Promise<Host | undefined> {
  const line = await vscode.window.showInputBox({
    title: 'Add a host by a command (1/2)',
    prompt: 'What gives a shell there; "sh -s" is put behind it. No shell reads the line, quotes keep spaces together.',
    placeHolder: 'docker exec -i web',
    ignoreFocusOut: true,
    validateInput: (text) => (commandWords(text) === null ? 'A program and its arguments' : null),
  });
  const command = line === undefined ? null : commandWords(line);
  if (command === null) return undefined;
  const name = await vscode.window.showInputBox({
    title: 'Add a host by a command (2/2)',
    prompt: `What is the host called that "${plain(command.join(' '))}" leads to?`,
    value: command.findLast((word) => word !== '--') ?? '',
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') return 'A name';
      return registry.isAdded(`command:${text.trim()}`) ? 'There is a host of this name already' : null;
    },
  });
  return name === undefined ? undefined : registry.addCommand(name.trim(), command);
}
