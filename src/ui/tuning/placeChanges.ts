import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { AskedChange } from '../../report/tuningNotes.ts';
import { describe, subjectOf } from '../../tuning/describe.ts';
import type { FormId } from '../../tuning/forms/form.ts';
import { engineInUse } from '../loadEngine.ts';
import { plain } from '../messages.ts';
import type { Source } from '../sources.ts';
import { insertInto, languageOf, tuningLanguages } from './tunings.ts';

interface PlaceItem extends vscode.QuickPickItem {
  /** Null: into the file that is open. */
  readonly form: FormId | null;
}

/**
 * Writes changes into the file that is open, where it can hold some, or into new ones of a form that the user picks or that is given. What a form
 * cannot hold is said, with why.
 */
export async function placeChanges(changes: readonly AskedChange[], source: Source, form?: FormId): Promise<void> {
  if (form !== undefined) {
    await open(form, changes, source);
    return;
  }
  const active = vscode.window.activeTextEditor?.document;
  const fit = active === undefined ? [] : changes.filter(({ change }) => languageOf(change) === active.languageId);
  const items: PlaceItem[] = [
    ...(active !== undefined && fit.length > 0 && tuningLanguages.includes(active.languageId)
      ? [
          {
            label: `$(file) ${plain(basename(active.uri.path))}`,
            description: `${fit.length} of ${changes.length} settings`,
            form: null,
          },
        ]
      : []),
    ...formItems(changes, source),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Write as what?', matchOnDescription: true });
  if (picked === undefined) return;
  if (picked.form === null && active !== undefined)
    await insertInto(
      active,
      fit.map(({ change, asks }) => ({ source, change, finding: asks })),
    );
  else if (picked.form !== null) await open(picked.form, changes, source);
}

function formItems(changes: readonly AskedChange[], source: Source): PlaceItem[] {
  const { allForms } = engineInUse();
  const { snapshot } = source.observation;
  return allForms.flatMap((form): PlaceItem[] => {
    const held = changes.filter(({ change }) => form.render(change, snapshot).ok);
    const [first] = held;
    if (first === undefined) return [];
    const description = `${held.length} of ${changes.length} settings`;
    return [
      {
        label: `$(new-file) ${form.title}`,
        description,
        detail: plain(form.fileFor(first.change, snapshot)),
        form: form.id,
      },
    ];
  });
}

/** The files of a form as documents that are nowhere yet: where they go and what makes them count stands at their end. */
async function open(id: FormId, changes: readonly AskedChange[], { observation }: Source): Promise<void> {
  const { allForms, writeForm } = engineInUse();
  const form = allForms.find((one) => one.id === id);
  if (form === undefined) return;
  const { files, refused } = writeForm(form, changes, observation.snapshot);
  for (const { path, text, activate } of files) {
    const use = [`for ${path}`, ...activate].map((line) => `# ${plain(line)}\n`).join('');
    const content = `${text}\n${use}`;
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ language: form.language, content }),
      {
        preview: false,
      },
    );
  }
  if (refused.length === 0) return;
  const [first] = refused;
  const rest = refused.length > 1 ? `, and ${refused.length - 1} more` : '';
  vscode.window.showWarningMessage(
    plain(`Not in this form: ${first === undefined ? '' : `${subjectOf(first.change)}: ${first.reason}`}${rest}.`),
  );
}

/** Which of several changes, those of findings first and picked. */
export async function pickChanges(
  found: readonly AskedChange[],
  computed: readonly AskedChange[],
  title: string,
): Promise<readonly AskedChange[]> {
  type Item = vscode.QuickPickItem & { readonly asked: AskedChange | null };
  const heading = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator, asked: null });
  const item = (asked: AskedChange, picked: boolean): Item => ({
    label: plain(describe(asked.change)),
    description: asked.asks.rule,
    detail: plain(asked.asks.title),
    picked,
    asked,
  });
  const items = [
    ...(found.length > 0 ? [heading('Findings ask for'), ...found.map((one) => item(one, true))] : []),
    ...(computed.length > 0 ? [heading('Computed for this host'), ...computed.map((one) => item(one, false))] : []),
  ];
  const picked = await vscode.window.showQuickPick(items, { title, canPickMany: true, matchOnDetail: true });
  return (picked ?? []).flatMap(({ asked }) => asked ?? []);
}
