import type { QuestionId, SocketReadingView, SocketsView, SocketTableView } from '../../socketViews.ts';
import type { Context } from '../context.ts';
import { button } from '../controls.ts';
import { h } from '../dom.ts';
import { factList } from '../explained.ts';
import { count, hostTime, unknown } from '../format.ts';
import { notRead } from '../readings.ts';
import { table } from '../table.ts';
import { section } from './section.ts';

const questions: readonly (readonly [QuestionId, string])[] = [
  ['state', 'One state in depth...'],
  ['listeners', 'Listeners in depth'],
  ['connections', 'Worst connections...'],
  ['arrivals', 'Where do packets arrive?'],
];

/** What can be asked, what was answered, and what the snapshot itself holds of sockets. */
export function socketReadings(view: SocketsView, context: Context): readonly Node[] {
  return [
    ...(view.canAsk ? [questionButtons(context)] : []),
    ...view.answers.filter(({ key }) => !isRepair(key)).map((answer) => reading(answer, context)),
    ...view.readings.filter(({ key }) => !isRepair(key)).map((each) => reading(each, context)),
  ];
}

/** Whether connections could be taken over: of interest to few, so it stands last. */
export function repairReading(view: SocketsView, context: Context): readonly Node[] {
  return [
    ...view.readings.filter(({ key }) => isRepair(key)).map((each) => reading(each, context)),
    ...view.answers.filter(({ key }) => isRepair(key)).map((each) => reading(each, context)),
    ...(view.canAsk
      ? [
          button('secondary', () => context.post({ type: 'ask', question: 'repair' }), 'Try it on a socket of its own')
            .element,
        ]
      : []),
  ];
}

function isRepair(key: string): boolean {
  return key.endsWith('.repair');
}

function questionButtons(context: Context): HTMLElement {
  return section(
    'Ask the host',
    null,
    h(
      'div',
      { class: 'questions' },
      questions.map(
        ([question, label]) => button('secondary', () => context.post({ type: 'ask', question }), label).element,
      ),
    ),
  );
}

function reading(view: SocketReadingView, context: Context): HTMLElement {
  if (view.reason !== null) {
    const part = notRead(view.title, { ok: false, reason: view.reason, source: view.source });
    part.setAttribute('data-key', view.key);
    part.tabIndex = -1;
    return part;
  }
  const when = view.takenAt === null ? '' : `, ${hostTime(view.takenAt)}`;
  const tables = view.tables.filter(({ rows }) => rows.length > 0);
  const element = section(
    view.title,
    `${view.source}${when}`,
    view.facts.length > 0 &&
      factList(view.facts.map(({ label, value }) => ({ label, value, explain: `socketfact:${label}` }))),
    view.notes.map((note) => h('p', { class: 'quiet-text' }, note)),
    h(
      'div',
      { class: 'small-tables' },
      tables.filter(isSmall).map((each) => captioned(view, each, context)),
    ),
    tables.filter((each) => !isSmall(each)).map((each) => captioned(view, each, context)),
  );
  element.classList.add('reading');
  element.setAttribute('data-key', view.key);
  element.tabIndex = -1;
  return element;
}

/** Those with a name and a count stand beside one another. */
function isSmall({ columns }: SocketTableView): boolean {
  return columns.length <= 2;
}

function captioned(view: SocketReadingView, each: SocketTableView, context: Context): HTMLElement {
  return h('div', null, h('h3', null, each.caption), plainTable(view, each, context));
}

function plainTable(
  view: SocketReadingView,
  { id, caption, columns, rows }: SocketTableView,
  context: Context,
): HTMLElement {
  return table(
    {
      id: `${view.key}.${id}`,
      explainAs: 'sockets',
      caption,
      captionHidden: true,
      rows,
      rowKey: (row) => `${view.key}:${id}:${row[0]} ${row[1]}`,
      columns: columns.map((column, index) => ({
        ...column,
        key: (row: SocketTableView['rows'][number]) => row[index] ?? null,
        cell: (row: SocketTableView['rows'][number]) => cell(row[index] ?? null),
      })),
    },
    context.memory,
  );
}

function cell(value: string | number | null): Node | string {
  if (value === null) return h('span', { class: 'unread', role: 'img', 'aria-label': 'not known' }, unknown);
  return typeof value === 'number' ? count(value) : value;
}
