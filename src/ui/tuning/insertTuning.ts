import { basename } from 'node:path';
import * as vscode from 'vscode';
import { describe } from '../../tuning/describe.ts';
import { fileFor } from '../../tuning/renderFile.ts';
import { plain } from '../messages.ts';
import type { Source, Sources } from '../sources.ts';
import {
  languageOf,
  newestOfEach,
  planFor,
  replaceEdit,
  type Tuning,
  tuningLanguages,
  tuningsOf,
  withTunings,
} from './tunings.ts';

/**
 * `Net: Insert Tuning...`: writes what findings ask for into the open file, or into one the user picks. Called with a
 * source's id and a finding's key it offers only theirs.
 */
export function registerInsertTuning(sources: Sources): vscode.Disposable {
  return vscode.commands.registerCommand(
    'packetPath.insertTuning',
    async (sourceId?: unknown, findingKey?: unknown) => {
      const source = typeof sourceId === 'string' ? sources.get(sourceId) : await pickSource(sources);
      if (source === undefined) return;
      const all = tuningsOf([source], typeof findingKey === 'string' ? findingKey : undefined);
      if (all.length === 0) {
        vscode.window.showInformationMessage('That finding is gone: the host has been looked at again since.');
        return;
      }
      const document = await targetFor(all);
      if (document === undefined) return;
      const open = all.filter(
        (tuning) => languageOf(tuning.change) === document.languageId && isMissing(document, tuning),
      );
      if (open.length === 0) {
        vscode.window.showInformationMessage(
          plain(`${basename(document.uri.path)} already says what the findings of ${source.label} ask for.`),
        );
        return;
      }
      const chosen = await pickTunings(open, source);
      if (chosen.length > 0) await insert(document, chosen);
    },
  );
}

function isMissing(document: vscode.TextDocument, tuning: Tuning): boolean {
  const plan = planFor(document.getText(), tuning);
  return !plan.ok || plan.edits.length > 0;
}

async function pickSource(sources: Sources): Promise<Source | undefined> {
  const all = newestOfEach(sources).filter((source) => tuningsOf([source]).length > 0);
  if (all.length === 0) {
    vscode.window.showInformationMessage('No finding asks for a setting. Take a snapshot of a host first.');
    return undefined;
  }
  if (all.length === 1) return all[0];
  const items = all.map((source) => ({
    label: plain(source.label),
    description: `${tuningsOf([source]).length} settings`,
    source,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Insert tuning for which host?' }))?.source;
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
async function targetFor(tunings: readonly Tuning[]): Promise<vscode.TextDocument | undefined> {
  const languages = new Set(tunings.map(({ change }) => languageOf(change)));
  const active = vscode.window.activeTextEditor?.document;
  if (active !== undefined && languages.has(active.languageId)) return active;
  if (active !== undefined && tuningLanguages.includes(active.languageId)) {
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
  const fresh = { label: '$(new-file) New file', description: `for ${fileFor(first.change)}`, document: null };
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { document: vscode.TextDocument | null }>(
    [...items, fresh],
    {
      title: 'Write into which file?',
    },
  );
  if (picked === undefined) return undefined;
  return picked.document ?? vscode.workspace.openTextDocument({ language: languageOf(first.change), content: '' });
}

async function insert(document: vscode.TextDocument, tunings: readonly Tuning[]): Promise<void> {
  const { text, refused } = withTunings(document.getText(), tunings);
  const edit = replaceEdit(document, text);
  if (edit !== null) {
    const editor = await vscode.window.showTextDocument(document);
    if (!(await vscode.workspace.applyEdit(edit))) {
      vscode.window.showWarningMessage(`${basename(document.uri.path)} cannot be changed.`);
      return;
    }
    const range = edit.entries()[0]?.[1][0]?.range;
    if (range !== undefined) editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
  if (refused.length > 0) vscode.window.showWarningMessage(plain(`Not written: ${refused.join('; ')}`));
}
