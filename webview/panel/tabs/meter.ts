import { h } from '../dom.ts';

/** A bar of how much of a limit is used, with its words beside it. `share` above 1 is drawn full. */
export function meter(share: number, full: boolean, label: string, text: string): HTMLElement {
  const fill = h('span', { class: full ? 'meter-fill meter-full' : 'meter-fill' });
  fill.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return h(
    'span',
    { class: 'meter' },
    h('span', { class: 'meter-track', role: 'img', 'aria-label': label }, fill),
    h('span', { class: 'meter-text' }, text),
  );
}
