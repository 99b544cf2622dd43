import type { ChangeFormView, ChangeView } from '../../../webview/protocol.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { allForms, lastingForm } from '../../tuning/allForms.ts';
import type { Change } from '../../tuning/change.ts';
import { subjectOf } from '../../tuning/describe.ts';
import type { Form } from '../../tuning/forms/form.ts';
import { inverseOf } from '../../tuning/inverse.ts';
import { renderCommand } from '../../tuning/renderCommand.ts';
import { writeForm } from '../../tuning/writeForm.ts';

/** A change as the text that each form would write, in the order the forms are offered: the lasting one first. */
export function changeView(change: Change, snapshot: Snapshot): ChangeView {
  const lasting = lastingForm(change);
  // Commands are shown beside every form.
  const others = allForms.filter((form) => form !== lasting && form.id !== 'commands');
  const forms = [lasting, ...others].map((form) => inForm(form, change, snapshot));
  return {
    subject: `${subjectOf(change)}: ${change.current === null ? '' : `${change.current} -> `}${change.value}`,
    forms: forms.flatMap((each) => ('reason' in each ? [] : [each])),
    refused: forms.flatMap((each) => ('reason' in each ? [each] : [])),
    command: commandOf(change),
    undo: commandOf(inverseOf(change)),
  };
}

function inForm(
  form: Form,
  change: Change,
  snapshot: Snapshot,
): ChangeFormView | { readonly title: string; readonly reason: string } {
  const { files, refused } = writeForm(form, [{ change, notes: [] }], snapshot);
  const [file] = files;
  if (file === undefined) return { title: form.title, reason: refused[0]?.reason ?? 'it has nothing for it' };
  return { id: form.id, title: form.title, file: file.path, text: file.text.trimEnd(), activate: file.activate };
}

function commandOf(change: Change | null): string | null {
  const command = change === null ? null : renderCommand(change);
  return command?.ok === true ? command.text : null;
}
