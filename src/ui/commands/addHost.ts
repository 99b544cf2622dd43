import * as vscode from 'vscode';
import type { Host } from '../../hosts/host.ts';
import { parseHostSpec } from '../../hosts/hostSpec.ts';
import { listSshAliases } from '../../hosts/sshAliases.ts';
import { processSshEnvironment } from '../../hosts/sshEnvironment.ts';
import type { HostRegistry } from '../hostRegistry.ts';

/** `Net: Add Host...`. Returns the host, for commands that go on with it. */
export function registerAddHost(registry: HostRegistry): vscode.Disposable {
  return vscode.commands.registerCommand('packetPath.addHost', async (text?: unknown): Promise<Host | undefined> => {
    const host = typeof text === 'string' ? text.trim() : await askForHost(registry);
    return host === undefined || host === '' ? undefined : registry.add(host);
  });
}

interface HostItem extends vscode.QuickPickItem {
  readonly host?: string;
}

/** The aliases of ~/.ssh/config that are not in the view yet, and whatever else is typed. */
async function askForHost(registry: HostRegistry): Promise<string | undefined> {
  const known = new Set(registry.list().map((host) => host.id));
  const pick = vscode.window.createQuickPick<HostItem>();
  pick.title = 'Add a host';
  pick.placeholder = 'An alias of ~/.ssh/config, or user@host:port';
  pick.matchOnDescription = true;
  pick.busy = true;
  let aliases: HostItem[] = [];
  const refresh = (): void => {
    const typed = pick.value.trim();
    const fresh = typed !== '' && !known.has(typed) && !aliases.some((item) => item.host === typed);
    const problem = fresh ? problemOf(typed) : null;
    const own: HostItem[] = !fresh
      ? []
      : problem === null
        ? [{ label: typed, description: 'as typed', host: typed, alwaysShow: true }]
        : [{ label: typed, description: problem, alwaysShow: true }];
    pick.items = [...own, ...aliases];
  };
  pick.onDidChangeValue(refresh);
  const chosen = new Promise<string | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const host = pick.selectedItems[0]?.host;
      if (host === undefined) return;
      resolve(host);
      pick.hide();
    });
    pick.onDidHide(() => resolve(undefined));
  });
  pick.show();
  try {
    const names = await listSshAliases(processSshEnvironment());
    aliases = names
      .filter((name) => !known.has(name))
      .map((name) => ({ label: name, description: '~/.ssh/config', host: name }));
  } catch (error) {
    pick.title = `Add a host (~/.ssh/config cannot be read: ${error instanceof Error ? error.message : String(error)})`;
  }
  pick.busy = false;
  refresh();
  try {
    return await chosen;
  } finally {
    pick.dispose();
  }
}

function problemOf(text: string): string | null {
  return parseHostSpec(text) === null ? 'not a host: user@host:port, or an alias of ~/.ssh/config' : null;
}
