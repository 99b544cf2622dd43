import { searchPattern } from '../../../src/model/searchPattern.ts';
import type { RawEntryView, RawPage } from '../../rawProtocol.ts';
import type { Context } from '../context.ts';
import { h } from '../dom.ts';
import { count, plural } from '../format.ts';
import { icon } from '../icons.ts';
import { rawValue } from './rawValue.ts';

export interface RawText {
  readonly element: HTMLElement;
  /** Shows a text with a line (from 0) in sight. */
  readonly show: (entry: RawEntryView, line: number) => void;
  /** Marks words in the lines shown, from now on. */
  readonly mark: (query: string) => void;
  readonly place: () => { readonly entry: string; readonly line: number } | null;
}

/** Lines a key moves by. */
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20 };

/** One text, a page at a time, with a line that the keyboard moves; beside it what is made of that line. */
export function rawText(context: Context): RawText {
  let entry: RawEntryView | null = null;
  let page: RawPage | null = null;
  let line = 0;
  let query = '';
  let asked = 0;
  const value = rawValue(context);
  const title = h('h3');
  const lines = h('div', { class: 'raw-lines', role: 'listbox', tabindex: 0, 'data-key': 'raw:lines' });
  const range = h('span', { class: 'quiet-text', role: 'status' });
  const turn = (label: string, to: () => number): HTMLElement =>
    h('button', { type: 'button', class: 'quiet', click: () => goTo(to()) }, label);
  const back = turn('Previous page', () => (page?.firstLine ?? 0) - 1);
  const forth = turn('Next page', () => (page?.firstLine ?? 0) + (page?.lines.length ?? 0));
  const open = h(
    'button',
    {
      type: 'button',
      class: 'link',
      click: () => entry && context.post({ type: 'openRawEntry', entry: entry.id, line, parsed: false }),
    },
    icon('file'),
    'Open in editor',
  );

  const goTo = (wanted: number): void => {
    if (entry === null) return;
    const last = (page?.totalLines ?? wanted + 1) - 1;
    line = Math.max(0, Math.min(wanted, last));
    const offset = page === null || page.entry !== entry.id ? -1 : line - page.firstLine;
    if (page !== null && offset >= 0 && offset < page.lines.length) choose();
    else void load();
  };
  const load = async (): Promise<void> => {
    if (entry === null) return;
    asked += 1;
    const mine = asked;
    const reply = await context.ask({ kind: 'page', entry: entry.id, line });
    if (mine !== asked) return;
    if (reply.kind === 'page') {
      page = reply;
      draw();
    } else if (reply.kind === 'nothing') {
      lines.replaceChildren(h('p', { class: 'quiet-text' }, reply.reason));
    }
  };
  const draw = (): void => {
    if (page === null || entry === null) return;
    const { firstLine, totalLines, pages } = page;
    const pattern = searchPattern(query);
    lines.replaceChildren(
      ...page.lines.map(({ text, left }, index) =>
        h(
          'div',
          {
            id: `raw-line-${firstLine + index}`,
            class: 'raw-line',
            role: 'option',
            'aria-selected': 'false',
            'aria-posinset': firstLine + index + 1,
            'aria-setsize': totalLines,
            'data-line': firstLine + index,
          },
          h('span', { class: 'raw-number', 'aria-hidden': 'true' }, String(firstLine + index + 1)),
          pattern === null ? text : marked(text, pattern),
          left > 0 && h('span', { class: 'quiet-text' }, ` and ${count(left)} characters more: open it in an editor`),
        ),
      ),
    );
    if (page.lines.length === 0) lines.replaceChildren(h('p', { class: 'quiet-text' }, 'Nothing was printed.'));
    const shown =
      page.lines.length === 0 ? 'empty' : `${count(firstLine + 1)} to ${count(firstLine + page.lines.length)}`;
    range.textContent = pages > 1 ? `Lines ${shown} of ${count(totalLines)}` : plural(totalLines, 'line');
    back.hidden = pages === 1;
    forth.hidden = pages === 1;
    back.toggleAttribute('disabled', page.page === 0);
    forth.toggleAttribute('disabled', page.page === pages - 1);
    lines.setAttribute('aria-label', `${title.textContent}, ${range.textContent}`);
    lines.scrollLeft = 0;
    choose();
  };
  const choose = (): void => {
    for (const old of lines.querySelectorAll('[aria-selected="true"]')) old.setAttribute('aria-selected', 'false');
    const now = lines.querySelector(`[data-line="${line}"]`);
    now?.setAttribute('aria-selected', 'true');
    lines.setAttribute('aria-activedescendant', now?.id ?? '');
    // Of a line wider than the view the first hit, else its beginning.
    (now?.querySelector('mark') ?? now?.querySelector('.raw-number'))?.scrollIntoView({
      block: 'nearest',
      inline: 'nearest',
    });
    if (entry) value.show(entry.id, line);
  };
  lines.addEventListener('click', (event) => {
    const clicked = event.target instanceof Element ? event.target.closest('[data-line]') : null;
    if (clicked) goTo(Number(clicked.getAttribute('data-line')));
  });
  lines.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    if (step !== undefined) goTo(line + step);
    else if (event.key === 'Home' && event.ctrlKey) goTo(0);
    else if (event.key === 'End' && event.ctrlKey) goTo((page?.totalLines ?? 1) - 1);
    else if (event.key === 'Enter') open.click();
    else return;
    event.preventDefault();
  });
  return {
    element: h(
      'section',
      { class: 'raw-text' },
      h('div', { class: 'raw-head' }, title, range, back, forth, open),
      h('div', { class: 'raw-split' }, lines, value.element),
    ),
    show: (next, at) => {
      const isOther = entry?.id !== next.id;
      entry = next;
      title.textContent = next.kind === 'section' ? next.label : `${next.label} in ${next.section}`;
      if (isOther) {
        page = null;
        line = at;
        void load();
      } else goTo(at);
    },
    mark: (next) => {
      query = next;
      draw();
    },
    place: () => (entry === null ? null : { entry: entry.id, line }),
  };
}

function marked(text: string, pattern: RegExp): (HTMLElement | string)[] {
  const parts: (HTMLElement | string)[] = [];
  let from = 0;
  for (const { 0: hit, index } of text.matchAll(pattern)) {
    parts.push(text.slice(from, index), h('mark', null, hit));
    from = index + hit.length;
  }
  return [...parts, text.slice(from)];
}
