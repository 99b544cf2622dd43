import { type Child, h } from '../dom.ts';

/** A heading, where its figures come from, and what stands below it. */
export function section(title: string, source: string | null, ...content: readonly Child[]): HTMLElement {
  return h(
    'section',
    null,
    h('h2', null, title, source !== null && h('span', { class: 'unit' }, ` ${source}`)),
    content,
  );
}
