import type { RawEntryView } from '../../rawProtocol.ts';
import { h } from '../dom.ts';
import { count } from '../format.ts';
import type { Memory } from '../memory.ts';
import { figureOr } from '../readings.ts';
import { verdictMark } from '../severity.ts';
import { type Column, table } from '../table.ts';

export interface RawList {
  readonly element: HTMLElement;
  readonly select: (id: string) => void;
  /** Hits by entry; null when nothing is searched for in all of them. */
  readonly setHits: (hits: ReadonlyMap<string, number> | null) => void;
}

/** The sections with what became of each, their files below them; a click shows the text. */
export function rawList(entries: readonly RawEntryView[], choose: (id: string) => void, memory: Memory): RawList {
  const element = h('div', { class: 'raw-list' });
  let hits: ReadonlyMap<string, number> | null = null;
  let selected = '';
  const markSelected = (): void => {
    for (const button of element.querySelectorAll('[data-entry]')) {
      const isSelected = button.getAttribute('data-entry') === selected;
      button.setAttribute('aria-pressed', String(isSelected));
      button.closest('tr')?.classList.toggle('selected', isSelected);
    }
  };
  const draw = (): void => {
    const found = hits;
    const rows = found === null ? entries : entries.filter(({ id }) => found.has(id));
    element.replaceChildren(
      table(
        {
          id: 'raw.entries',
          caption: 'Sections of the capture',
          captionHidden: true,
          rows,
          rowKey: ({ id }) => `raw:${id}`,
          explainRow: null,
          columns: [...columns(entries, choose), ...(found === null ? [] : [hitColumn(found)])],
        },
        memory,
      ),
    );
    markSelected();
  };
  draw();
  // Sorting makes the rows anew.
  element.addEventListener('click', markSelected);
  return {
    element,
    select: (id) => {
      selected = id;
      markSelected();
      element.querySelector(`[data-entry="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' });
    },
    setHits: (next) => {
      hits = next;
      draw();
    },
  };
}

function columns(entries: readonly RawEntryView[], choose: (id: string) => void): Column<RawEntryView>[] {
  const order = new Map(entries.map(({ id }, index) => [id, index]));
  return [
    {
      id: 'section',
      label: 'Section',
      numeric: false,
      key: ({ id }) => order.get(id) ?? null,
      cell: ({ id, kind, label, section }) => [
        h(
          'button',
          {
            type: 'button',
            class: `link raw-entry raw-${kind}`,
            'data-entry': id,
            'data-explain': `section:${section}`,
            click: () => choose(id),
          },
          h('code', null, label),
        ),
        kind !== 'section' && h('span', { class: 'quiet-text' }, section),
      ],
    },
    {
      id: 'outcome',
      label: 'Outcome',
      numeric: false,
      key: ({ outcome }) => outcome?.word ?? null,
      cell: ({ outcome }) => (outcome === null ? '' : verdictMark(outcome.isGood ? 'ok' : 'unread', outcome.word)),
    },
    {
      id: 'status',
      label: 'Status',
      numeric: true,
      key: ({ outcome }) => outcome?.status ?? null,
      cell: ({ outcome }) => outcome?.status ?? '',
    },
    {
      id: 'bytes',
      label: 'Bytes',
      numeric: true,
      key: ({ bytes }) => bytes,
      cell: ({ bytes }) => count(bytes),
    },
    {
      id: 'duration',
      label: 'ms',
      numeric: true,
      key: ({ durationMs }) => durationMs,
      cell: ({ kind, durationMs }) =>
        kind === 'section' ? figureOr(durationMs, count, 'the host does not say its uptime') : '',
    },
    {
      id: 'why',
      label: 'Why',
      numeric: false,
      key: ({ outcome }) => outcome?.why || null,
      cell: ({ outcome }) => outcome?.why ?? '',
    },
  ];
}

function hitColumn(found: ReadonlyMap<string, number>): Column<RawEntryView> {
  return {
    id: 'hits',
    label: 'Hits',
    numeric: true,
    key: ({ id }) => found.get(id) ?? null,
    cell: ({ id }) => count(found.get(id) ?? 0),
  };
}
