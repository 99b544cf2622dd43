import type { ChangeFormView, ChangeView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { dropdown } from '../controls.ts';
import { type Child, h } from '../dom.ts';
import { icon } from '../icons.ts';
import { copyButton } from './copyButton.ts';

const formKey = 'change.form';

/** A change as the very text that would be written, in the form the reader uses, with what tries it out and takes it back. */
export function changeBlock(change: ChangeView, context: Context): HTMLElement {
  const { forms, refused, command, undo } = change;
  const holder = h('div');
  const chosen = (): ChangeFormView | undefined =>
    forms.find(({ id }) => id === context.memory.get(formKey, '')) ?? forms[0];
  const draw = (): void => {
    const form = chosen();
    holder.replaceChildren(...(form === undefined ? [] : formText(form, context)));
  };
  draw();
  return h(
    'div',
    { class: 'change' },
    h(
      'div',
      { class: 'change-head' },
      h('code', null, change.subject),
      forms.length > 1 &&
        dropdown(
          'As',
          forms.map(({ id, title }) => ({ value: id, label: title })),
          chosen()?.id ?? '',
          (id) => {
            context.memory.set(formKey, id);
            draw();
          },
        ),
    ),
    holder,
    tried('Until the next boot, as root:', command, context),
    tried('To undo that:', undo, context),
    refused.length > 0 && whyNot(refused),
  );
}

function formText({ title, file, text, activate }: ChangeFormView, context: Context): readonly Node[] {
  return [
    h('p', { class: 'change-file' }, icon('file'), h('code', null, file)),
    block(`${title}: text for ${file}`, text, context),
    ...(activate.length === 0
      ? []
      : [h('p', null, 'To put it into effect:'), block('Commands that make it count', activate.join('\n'), context)]),
  ];
}

function tried(words: string, command: string | null, context: Context): Child {
  return command !== null && [h('p', null, words), block(words, command, context)];
}

function block(label: string, text: string, context: Context): HTMLElement {
  return h(
    'div',
    { class: 'copied-block' },
    h('pre', { tabindex: 0, 'aria-label': label }, text),
    copyButton('Copy', () => context.post({ type: 'copy', text })),
  );
}

function whyNot(refused: ChangeView['refused']): HTMLElement {
  return h(
    'details',
    { class: 'quiet-text' },
    h('summary', null, 'Forms that cannot hold it'),
    h(
      'ul',
      null,
      refused.map(({ title, reason }) => h('li', null, `${title}: ${reason}`)),
    ),
  );
}
