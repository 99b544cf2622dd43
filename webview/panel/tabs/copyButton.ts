import { h } from '../dom.ts';
import { icon } from '../icons.ts';

const saidMs = 2000;

/** Copies by way of the extension, and says for a moment that it did. */
export function copyButton(label: string, copy: () => void): HTMLElement {
  const words = h('span', { 'aria-live': 'polite' }, label);
  const button = h('button', { type: 'button', class: 'link copy' }, icon('copy'), words);
  button.addEventListener('click', () => {
    copy();
    words.textContent = 'Copied';
    setTimeout(() => {
      words.textContent = label;
    }, saidMs);
  });
  return button;
}
