import * as vscode from 'vscode';
import { engineInUse } from '../loadEngine.ts';
import { plain } from '../messages.ts';
import type { Source, Sources } from '../sources.ts';
import { placeChanges } from './placeChanges.ts';
import { newestOfEach } from './tunings.ts';

/**
 * `Net: Make Running Settings Permanent...`: the rings, queues, offloads, steering and affinity of an interface as they run, as text of
 * a file that makes them so again after a boot. Called with a source's id, an interface and a form it asks nothing. The text is shown; nothing is written to a host.
 */
export function registerMakePermanent(sources: Sources): vscode.Disposable {
  return vscode.commands.registerCommand(
    'packetPath.makePermanent',
    async (sourceId?: unknown, name?: unknown, form?: unknown) => {
      const source = typeof sourceId === 'string' ? sources.get(sourceId) : await pickHost(sources);
      if (source === undefined) return;
      const nic = typeof name === 'string' ? name : await pickNic(source);
      if (nic === undefined) return;
      const { changes, left } = engineInUse().runningChanges(source.observation, nic);
      const [first] = left;
      if (changes.length === 0) {
        const why = first === undefined ? 'all that was read is at its default' : `${first.subject}: ${first.reason}`;
        vscode.window.showInformationMessage(plain(`Nothing of ${nic} to keep: ${why}.`));
        return;
      }
      await placeChanges(changes, source, engineInUse().allForms.find(({ id }) => id === form)?.id);
      if (first !== undefined)
        vscode.window.showWarningMessage(
          plain(`Not kept: ${left.map(({ subject, reason }) => `${subject}: ${reason}`).join('; ')}.`),
        );
    },
  );
}

/** The host that was looked at, or the one of several that the user picks. */
export async function pickHost(sources: Sources): Promise<Source | undefined> {
  const all = newestOfEach(sources);
  if (all.length === 0) {
    vscode.window.showInformationMessage('Nothing was looked at yet. Take a snapshot of a host, or open a capture.');
    return undefined;
  }
  if (all.length === 1) return all[0];
  const items = all.map((source) => ({ label: plain(source.label), source }));
  return (await vscode.window.showQuickPick(items, { title: 'Of which host?' }))?.source;
}

async function pickNic({ observation, label }: Source): Promise<string | undefined> {
  const nics = observation.snapshot.nics.filter(({ name }) => name !== 'lo');
  if (nics.length === 0) {
    vscode.window.showInformationMessage(plain(`The snapshot of ${label} has no interface.`));
    return undefined;
  }
  const items = [...nics]
    .sort((a, b) => Number(b.physical) - Number(a.physical))
    .map(({ name, driver, speed }) => ({
      label: plain(name),
      description: plain(
        [driver ?? '', speed === null ? '' : `${speed} Mbit/s`].filter((part) => part !== '').join(', '),
      ),
      name,
    }));
  return (await vscode.window.showQuickPick(items, { title: plain(`Which interface of ${label}?`) }))?.name;
}
