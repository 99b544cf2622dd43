import type { RawSearch } from '../../rawProtocol.ts';
import type { Context } from '../context.ts';
import { dropdown } from '../controls.ts';
import { h } from '../dom.ts';
import { count, plural } from '../format.ts';

type RawHit = RawSearch['hits'][number];

export interface RawSearchSpec {
  readonly context: Context;
  /** The text that is shown, and the line the reader is at. */
  readonly current: () => { readonly entry: string; readonly line: number } | null;
  readonly goTo: (hit: RawHit) => void;
  /** Hits by entry, null when all texts are of interest again; and the words to mark. */
  readonly onFound: (hits: ReadonlyMap<string, number> | null, query: string) => void;
}

/** Milliseconds after the last key before a search begins. */
const typingMs = 250;

/** Search in one text or in all, with the number of hits and the way from one to the next. */
export function rawSearch({ context, current, goTo, onFound }: RawSearchSpec): HTMLElement {
  let scope = context.memory.get('raw.scope', 'all');
  let found: RawSearch | null = null;
  let at = -1;
  let asked = 0;
  let timer = 0;
  /** What `found` answers. */
  let searched = '';
  const status = h('span', { class: 'quiet-text', role: 'status' });
  const input = h('input', {
    type: 'search',
    'aria-label': 'Search in the texts of the capture',
    placeholder: 'Search',
    'data-key': 'raw:search',
    spellcheck: 'false',
  });
  input.value = context.memory.get('raw.query', '');

  const tell = (): void => {
    const { total, hits } = found ?? { total: 0, hits: [] };
    const listed = total > hits.length ? ` (the first ${count(hits.length)} can be visited)` : '';
    const place = at < 0 ? '' : `${count(at + 1)} of `;
    status.textContent = found === null ? '' : total === 0 ? 'No hits' : `${place}${plural(total, 'hit')}${listed}`;
    for (const button of [previous, next]) button.toggleAttribute('disabled', hits.length === 0);
  };
  const step = (by: number): void => {
    const hits = found?.hits ?? [];
    if (hits.length === 0) return;
    at = at < 0 ? firstFrom(hits, by) : (at + by + hits.length) % hits.length;
    const hit = hits[at];
    if (hit) goTo(hit);
    tell();
  };
  /** The first hit at or after the place of the reader, or the last one before it. */
  const firstFrom = (hits: readonly RawHit[], by: number): number => {
    const place = current();
    const here = hits.findIndex((hit) => hit.entry === place?.entry && hit.line >= place.line);
    if (here < 0) return by > 0 ? 0 : hits.length - 1;
    return by > 0 ? here : (here - 1 + hits.length) % hits.length;
  };
  const search = async (): Promise<void> => {
    const query = input.value;
    context.memory.set('raw.query', query);
    asked += 1;
    const mine = asked;
    at = -1;
    searched = query;
    if (query === '') {
      found = null;
      onFound(null, '');
      tell();
      return;
    }
    const entry = scope === 'one' ? (current()?.entry ?? null) : null;
    const reply = await context.ask({ kind: 'search', text: query, entry });
    if (mine !== asked || reply.kind !== 'search') return;
    found = reply;
    onFound(entry === null ? new Map(reply.counts.map((each) => [each.entry, each.hits])) : null, query);
    tell();
  };
  const later = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void search(), typingMs);
  };
  const stepButton = (label: string, sign: string, by: number): HTMLElement =>
    h('button', { type: 'button', class: 'quiet', 'aria-label': label, title: label, click: () => step(by) }, sign);
  const previous = stepButton('Previous hit (Shift+Enter)', '↑', -1);
  const next = stepButton('Next hit (Enter)', '↓', 1);

  input.addEventListener('input', later);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    window.clearTimeout(timer);
    const by = event.shiftKey ? -1 : 1;
    if (input.value === searched) step(by);
    else void search().then(() => step(by));
  });
  const scopes = [
    { value: 'all', label: 'all sections' },
    { value: 'one', label: 'the chosen one' },
  ];
  tell();
  if (input.value !== '') void search();
  context.scope.onEnd(() => window.clearTimeout(timer));
  return h(
    'div',
    { class: 'raw-search', role: 'search' },
    input,
    dropdown('Search in', scopes, scope, (value) => {
      scope = value;
      context.memory.set('raw.scope', value);
      void search();
    }),
    previous,
    next,
    status,
  );
}
