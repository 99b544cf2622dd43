import type { Context } from '../context.ts';
import { dropdown } from '../controls.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';

export interface RawValuePart {
  readonly element: HTMLElement;
  /** What is made of this line (from 0), or of all of its text, as the reader chose. */
  readonly show: (entry: string, line: number) => void;
}

/** Milliseconds that a line is chosen before its value is asked for: a held arrow key asks once. */
const restingMs = 120;

/** What a parser makes of the line, or of the whole text, as JSON. */
export function rawValue(context: Context): RawValuePart {
  let of = context.memory.get('raw.value', 'line');
  let place: { entry: string; line: number } | null = null;
  let shown = '';
  let asked = 0;
  let timer = 0;
  const title = h('p', { class: 'quiet-text', role: 'status' });
  const json = h('pre', { tabindex: 0, 'aria-label': 'Parsed value', 'data-key': 'raw:value' });
  const note = h('p', { class: 'quiet-text raw-note' });
  const open = h(
    'button',
    {
      type: 'button',
      class: 'link',
      click: () => place && context.post({ type: 'openRawEntry', ...place, parsed: true }),
    },
    icon('file'),
    'Open all in editor',
  );

  const ask = async (): Promise<void> => {
    if (place === null) return;
    const { entry } = place;
    const line = of === 'line' ? place.line : null;
    const wanted = `${entry} ${line}`;
    if (wanted === shown) return;
    shown = wanted;
    asked += 1;
    const mine = asked;
    const reply = await context.ask({ kind: 'value', entry, line });
    if (mine !== asked) return;
    const value = reply.kind === 'value' ? reply : null;
    title.textContent = value?.title ?? (reply.kind === 'nothing' ? `Not parsed: ${reply.reason}.` : '');
    json.textContent = value?.json ?? '';
    json.hidden = value === null;
    note.textContent = value?.note ?? '';
    open.hidden = value === null || of === 'line';
  };
  const later = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), restingMs);
  };
  context.scope.onEnd(() => window.clearTimeout(timer));
  const choices = [
    { value: 'line', label: 'this line' },
    { value: 'all', label: 'the whole text' },
  ];
  const choice = dropdown('Parsed', choices, of, (value) => {
    of = value;
    context.memory.set('raw.value', value);
    later();
  });
  return {
    element: h('div', { class: 'raw-value' }, h('div', { class: 'raw-head' }, choice, open), title, json, note),
    show: (entry, line) => {
      place = { entry, line };
      later();
    },
  };
}
