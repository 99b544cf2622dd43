import { type Child, h } from './dom.ts';

/*
 * Anything that can be explained carries the id of its explanation in `data-explain`: a heading, a row's name, a button.
 * Pointing at it shows the explanation; `?` on what has the focus, and a click on what is `explained`, opens it to stay.
 */

/** A name that opens its explanation. Not for what is a control already: that takes `data-explain` itself. */
export function explained(id: string, ...content: readonly Child[]): HTMLElement {
  return h(
    'span',
    {
      class: 'explained',
      'data-explain': id,
      role: 'button',
      tabindex: -1,
      'aria-haspopup': 'dialog',
      'aria-description': 'Explain',
    },
    ...content,
  );
}

/** Makes all that is explained inside one stop of the tabulator; arrow keys move within (`explainer.ts`). */
export function rove(group: HTMLElement): HTMLElement {
  const [first, ...rest] = explainedIn(group);
  for (const each of rest) each.tabIndex = -1;
  if (first) first.tabIndex = 0;
  group.classList.add('explained-group');
  return group;
}

export function explainedIn(group: Element): readonly HTMLElement[] {
  return [...group.querySelectorAll<HTMLElement>('.explained')];
}

/** Facts by name: `[label, value, id of its explanation]`. */
export function factList(
  facts: readonly { readonly label: string; readonly value: Child; readonly explain: string }[],
): HTMLElement {
  return rove(
    h(
      'dl',
      { class: 'facts' },
      facts.map(({ label, value, explain }) =>
        h('div', null, h('dt', null, explained(explain, label)), h('dd', null, value)),
      ),
    ),
  );
}
