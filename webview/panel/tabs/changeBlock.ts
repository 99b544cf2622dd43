import type { ChangeView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';
import { copyButton } from './copyButton.ts';

/** A change as the very text that would be written, and the commands that try it out and take it back. */
export function changeBlock({ file, text, command, undo }: ChangeView, context: Context): HTMLElement {
  return h(
    'div',
    { class: 'change' },
    h('p', { class: 'change-file' }, icon('file'), h('code', null, file)),
    block(`Text for ${file}`, text, context),
    command !== null && [h('p', null, 'Until the next boot:'), block('Command, as root', command, context)],
    undo !== null && [h('p', null, 'To undo that:'), block('Command that undoes it, as root', undo, context)],
  );
}

function block(label: string, text: string, context: Context): HTMLElement {
  return h(
    'div',
    { class: 'copied-block' },
    h('pre', { tabindex: 0, 'aria-label': label }, text),
    copyButton('Copy', () => context.post({ type: 'copy', text })),
  );
}
