import { basename } from 'node:path';
import * as vscode from 'vscode';
import { isMainFileIgnored, mainFile } from '../../languages/boot/mainFile.ts';
import { describe, subjectOf } from '../../tuning/describe.ts';
import { engineInUse } from '../loadEngine.ts';
import { plain } from '../messages.ts';
import type { Source, Sources } from '../sources.ts';
import { pickHost } from './makePermanent.ts';
import { pickChanges, placeChanges } from './placeChanges.ts';
import { insertInto, languageOf, planFor, type Tuning, tuningLanguages, tuningsOf } from './tunings.ts';

/**
 * `Net: Insert Tuning...`: writes what findings ask for, and what is worked out for the host, into the open file or a new one of any
 * form. Called with a source's id and a finding's key it offers only theirs, for the open file or one the user picks.
 */
export function registerInsertTuning(sources: Sources): vscode.Disposable {
  return vscode.commands.registerCommand(
    'packetPath.insertTuning',
    async (sourceId?: unknown, findingKey?: unknown) => {
      if (typeof sourceId !== 'string') {
        await insertAny(sources);
        return;
      }
      const source = sources.get(sourceId);
      if (source !== undefined) await insertAsked(source, typeof findingKey === 'string' ? findingKey : undefined);
    },
  );
}

async function insertAny(sources: Sources): Promise<void> {
  const source = await pickHost(sources);
  if (source === undefined) return;
  const { findingChanges, computedChanges } = engineInUse();
  const found = findingChanges(source.observation);
  const asked = new Set(found.map(({ change }) => subjectOf(change)));
  const computed = computedChanges(source.observation).filter(({ change }) => !asked.has(subjectOf(change)));
  if (found.length + computed.length === 0) {
    vscode.window.showInformationMessage(plain(`${source.label} has nothing to set: all is as its snapshot asks for.`));
    return;
  }
  const chosen = await pickChanges(found, computed, plain(`Insert which settings for ${source.label}?`));
  if (chosen.length > 0) await placeChanges(chosen, source);
}

async function insertAsked(source: Source, findingKey: string | undefined): Promise<void> {
  const all = tuningsOf([source], findingKey);
  if (all.length === 0) {
    vscode.window.showInformationMessage('That finding is gone: the host has been looked at again since.');
    return;
  }
  const document = await targetFor(all, source);
  if (document === undefined) return;
  const open = all.filter((tuning) => languageOf(tuning.change) === document.languageId && isMissing(document, tuning));
  if (open.length === 0) {
    vscode.window.showInformationMessage(
      plain(`${basename(document.uri.path)} already says what the findings of ${source.label} ask for.`),
    );
    return;
  }
  const chosen = await pickTunings(open, source);
  if (chosen.length > 0) await insertInto(document, chosen);
}

function isMissing(document: vscode.TextDocument, tuning: Tuning): boolean {
  const plan = planFor(document.getText(), tuning);
  return !plan.ok || plan.edits.length > 0;
}

async function pickTunings(tunings: readonly Tuning[], source: Source): Promise<Tuning[]> {
  if (tunings.length === 1) return [...tunings];
  const items = tunings.map((tuning) => ({
    label: plain(describe(tuning.change)),
    detail: plain(tuning.finding.title),
    picked: true,
    tuning,
  }));
  const title = plain(`Insert which settings for ${source.label}?`);
  return ((await vscode.window.showQuickPick(items, { title, canPickMany: true })) ?? []).map((item) => item.tuning);
}

/** The file to write into: the active editor when it can hold the changes, else one the user picks. */
async function targetFor(tunings: readonly Tuning[], source: Source): Promise<vscode.TextDocument | undefined> {
  const languages = new Set(tunings.map(({ change }) => languageOf(change)));
  const active = vscode.window.activeTextEditor?.document;
  const isOpen = active !== undefined && languages.has(active.languageId);
  if (isOpen && !isIgnored(active, source)) return isTooEarly(active) ? laterFile(active) : active;
  if (active !== undefined && !isOpen && tuningLanguages.includes(active.languageId)) {
    vscode.window.showInformationMessage(`No finding asks for a setting that ${basename(active.uri.path)} can hold.`);
    return undefined;
  }
  const first = tunings[0];
  if (first === undefined) return undefined;
  const files = await vscode.workspace.findFiles(
    '{**/sysctl.conf,**/sysctl.d/*.conf,**/udev/rules.d/*.rules}',
    '**/node_modules/**',
    200,
  );
  const documents = await Promise.all(files.map((uri) => vscode.workspace.openTextDocument(uri)));
  const candidates = documents.filter((document) => languages.has(document.languageId));
  const items = candidates.map((document) => ({ label: vscode.workspace.asRelativePath(document.uri), document }));
  const fresh = { label: '$(new-file) New file', description: `for ${fileOf(first)}`, document: null };
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { document: vscode.TextDocument | null }>(
    [...items, fresh],
    {
      title: 'Write into which file?',
    },
  );
  if (picked === undefined) return undefined;
  return picked.document ?? vscode.workspace.openTextDocument({ language: languageOf(first.change), content: '' });
}

/** What is written into /etc/sysctl.conf would be lost on a host that does not read it: another file is proposed. */
function isIgnored({ uri }: vscode.TextDocument, { observation }: Source): boolean {
  return uri.path.endsWith(mainFile) && isMainFileIgnored(observation.snapshot.bootConfig);
}

/** Where the host has the file that such a line belongs in. */
function fileOf({ change, source }: Tuning): string {
  return engineInUse().lastingForm(change).fileFor(change, source.observation.snapshot);
}

/** Rules that go by an interface's name come after the file that gives it one. */
function isTooEarly({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === 'udev-rules' && basename(uri.path) < '80-net-setup-link.rules';
}

/** The file beside it that is read late enough, as it is or as a new one that is saved there. */
async function laterFile({ uri }: vscode.TextDocument): Promise<vscode.TextDocument> {
  const later = vscode.Uri.joinPath(uri, '..', '90-packet-path.rules');
  vscode.window.showInformationMessage(
    `${basename(uri.path)} is read before interfaces have their names: the rules go into ${basename(later.path)}.`,
  );
  try {
    await vscode.workspace.fs.stat(later);
    return vscode.workspace.openTextDocument(later);
  } catch {
    return vscode.workspace.openTextDocument(later.with({ scheme: 'untitled' }));
  }
}
