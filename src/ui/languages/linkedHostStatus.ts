import * as vscode from 'vscode';
import { plain } from '../messages.ts';
import type { LinkedHosts } from './linkedHosts.ts';
import type { Room } from './room.ts';

/** `Net: Choose Linked Host...` */
export function registerChooseLinkedHost(hosts: LinkedHosts): vscode.Disposable {
  return vscode.commands.registerCommand('packetPath.chooseLinkedHost', () => choose(hosts));
}

/** Shows, beside the language, the host that the file is held against. */
export function registerLinkedHostStatus(room: Room, hosts: LinkedHosts): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('packetPath.linkedHost', room.selector);
  item.name = 'Packet Path host';
  item.command = { command: 'packetPath.chooseLinkedHost', title: 'Change' };
  const show = (): void => {
    const host = hosts.current();
    const chosen = hosts.chosen();
    item.text = host === null ? '$(server) no host' : plain(`Host: ${host.label}`);
    item.detail = plain(detailOf(host, chosen));
  };
  show();
  return vscode.Disposable.from(item, hosts.onDidChange(show));
}

function detailOf(host: ReturnType<LinkedHosts['current']>, chosen: string | null): string {
  if (host !== null) {
    const { kernel, takenAt } = host.observation.snapshot.host;
    const at = takenAt === null ? '' : `, ${new Date(takenAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    return `${kernel === null ? 'kernel not known' : `Linux ${kernel}`}${at}`;
  }
  if (chosen === '') return 'as chosen for this workspace';
  if (chosen !== null) return `${chosen} has not been looked at in this session`;
  return 'take a snapshot, or open a capture, to hold the file against a host';
}

async function choose(hosts: LinkedHosts): Promise<void> {
  const current = hosts.current();
  const items: (vscode.QuickPickItem & { readonly choice: string | null })[] = [
    ...hosts.all().map(({ label }) => ({
      label: plain(label),
      description: label === current?.label ? 'linked now' : '',
      choice: label,
    })),
    { label: '$(history) The one looked at last', description: 'whichever it is', choice: null },
    { label: '$(circle-slash) None', choice: '' },
  ];
  const title = 'Hold configuration files of this workspace against which host?';
  const picked = await vscode.window.showQuickPick(items, { title });
  if (picked !== undefined) await hosts.choose(picked.choice);
}
