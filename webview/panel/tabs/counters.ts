import { type CounterGroup, type CounterRowView, type CountersView, counterGroups } from '../../counterViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { checkbox, dropdown } from '../controls.ts';
import { type CounterFilter, hasMoved, shownCounters, shownUncounted } from '../counterRows.ts';
import { h } from '../dom.ts';
import { plural } from '../format.ts';
import { noRatesNotice, notRead } from '../readings.ts';
import { counterTable, uncountedTable } from './counterTable.ts';
import { cpuTimeTable } from './cpuTimes.ts';
import { findingStrip } from './finding.ts';
import { section } from './section.ts';
import { sockstatSection } from './sockstat.ts';

/** Every counter of the kernel's protocols with its change and its meaning, losses first. */
export function renderCounters(view: SnapshotView, context: Context): readonly Node[] {
  const part = view.counters;
  const strip = findingStrip(view, 'counters', context);
  if (!part.ok) return [...strip, notRead('Counters', part)];
  const { cpuTimes, missing } = part.value;
  return [
    ...strip,
    ...(view.seconds === null ? [noRatesNotice(view.noRates, 'The counters below count from boot.')] : []),
    counterList(part.value, view, context),
    sockstatSection(view, context),
    ...cpuTimeTable(cpuTimes, context),
    ...missingFiles(missing),
  ];
}

function counterList({ rows, uncounted }: CountersView, view: SnapshotView, context: Context): HTMLElement {
  const { memory } = context;
  const hasRates = view.seconds !== null;
  const filter = (): CounterFilter => ({
    text: memory.get('counters.text', ''),
    onlyMoved: memory.get('counters.moved', 'no') === 'yes',
    group: counterGroups.find((group) => group === memory.get('counters.group', 'all')) ?? 'all',
  });
  const shown = h('span', { class: 'quiet-text', role: 'status' });
  const holder = h('div', { class: 'tall' });
  const others = h('div');
  const draw = (): void => {
    const chosen = filter();
    const counters = shownCounters(rows, chosen, hasRates);
    const absent = shownUncounted(uncounted, chosen);
    const moved = counters.filter(({ row }) => hasMoved(row, hasRates)).length;
    const movement = hasRates ? `${moved} moved` : `${moved} not 0`;
    shown.textContent =
      counters.length === rows.length
        ? `${plural(rows.length, 'figure')}, ${movement}`
        : `${counters.length} of ${plural(rows.length, 'figure')}, ${movement}`;
    holder.replaceChildren(
      counters.length > 0
        ? counterTable(counters, view, memory)
        : h('p', { class: 'quiet-text' }, nothing(chosen, absent.length)),
    );
    others.replaceChildren(
      ...(absent.length > 0 ? [uncountedTable(absent, chosen.text !== '' && counters.length === 0, memory)] : []),
    );
  };
  context.onReveal((key) => key.startsWith('counter:') && revealed(rows, key) && showAll(context, draw));
  draw();
  return section(
    'Counters',
    `${view.seconds === null ? 'since boot' : `since boot, and over ${view.seconds.toFixed(1)} s`}; of this network namespace, or as a row says of the whole machine`,
    h(
      'div',
      { class: 'filters' },
      textFilter(filter().text, (text) => {
        memory.set('counters.text', text);
        draw();
      }),
      dropdown('Group', groupChoices(rows), filter().group, (group) => {
        memory.set('counters.group', group);
        draw();
      }),
      checkbox(hasRates ? 'Only what moved' : 'Only what is not 0', filter().onlyMoved, (checked) => {
        memory.set('counters.moved', checked ? 'yes' : 'no');
        draw();
      }),
      shown,
    ),
    holder,
    others,
  );
}

/** A row asked for by name may be filtered out: then everything is shown again. The caller looks for it itself. */
function showAll(context: Context, draw: () => void): boolean {
  context.memory.set('counters.text', '');
  context.memory.set('counters.moved', 'no');
  context.memory.set('counters.group', 'all');
  draw();
  return false;
}

function revealed(rows: readonly CounterRowView[], key: string): boolean {
  return rows.some((row) => `counter:${row.name}` === key);
}

function nothing(filter: CounterFilter, absent: number): string {
  if (absent > 0) return 'This kernel does not count it: see below.';
  if (filter.onlyMoved && filter.text === '') return 'Nothing here moved between the samples.';
  return 'No counter has these words in its name, meaning or function.';
}

function groupChoices(rows: readonly CounterRowView[]): readonly { readonly value: string; readonly label: string }[] {
  const amount = (group: CounterGroup): number => rows.filter((row) => row.group === group).length;
  const present = counterGroups.filter((group) => amount(group) > 0);
  return [
    { value: 'all', label: 'All' },
    ...present.map((group) => ({ value: group, label: `${group} (${amount(group)})` })),
  ];
}

function textFilter(text: string, onChange: (text: string) => void): HTMLElement {
  const input = h('input', {
    type: 'search',
    class: 'text-filter',
    value: text,
    'data-key': 'counters:filter',
    placeholder: 'name, meaning, function',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  input.addEventListener('input', () => onChange(input.value));
  return h('label', { class: 'labelled' }, 'Filter', input);
}

function missingFiles(missing: CountersView['missing']): readonly Node[] {
  if (missing.length === 0) return [];
  return [
    section(
      'Not read',
      null,
      h(
        'ul',
        { class: 'plain-list' },
        missing.map(({ group, source, reason }) =>
          h('li', null, `${group}: ${reason} (`, h('code', null, source), ')'),
        ),
      ),
    ),
  ];
}
