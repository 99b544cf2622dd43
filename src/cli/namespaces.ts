import type { NamespaceEntry } from '../hosts/namespaceEntries.ts';
import { listNamespaces } from '../hosts/namespaces.ts';
import type { ChosenHost } from './chosenHost.ts';
import { type ExitStatus, exit } from './exit.ts';
import { onHost } from './onHost.ts';
import { printJson, printLine } from './output.ts';

/** `namespaces`: the network namespaces of a host besides that of the login, each by what `--netns` takes for it. */
export async function namespaces(host: ChosenHost, json: boolean): Promise<ExitStatus> {
  const list = await onHost(host, listNamespaces);
  if (json) {
    printJson(list);
    return exit.clean;
  }
  for (const entry of list.entries) {
    const reason = entry.reason === '' ? '' : ` (cannot be entered: ${entry.reason})`;
    printLine(`${argumentOf(entry).padEnd(24)} ${entry.detail}${reason}`);
  }
  if (list.note !== '') process.stderr.write(`note: ${list.note}\n`);
  else if (list.entries.length === 0) process.stderr.write('no network namespace but that of the login\n');
  return exit.clean;
}

function argumentOf({ namespace, label }: NamespaceEntry): string {
  if (namespace === null) return label;
  return namespace.kind === 'name' ? namespace.name : String(namespace.pid);
}
