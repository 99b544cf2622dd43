import type { FindingView, SnapshotView, Tile } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { dropdown } from '../controls.ts';
import { type Child, h } from '../dom.ts';
import { explained, factList, rove } from '../explained.ts';
import { type FindingFilter, findingChoices, shownFindings } from '../findingFilter.ts';
import { plural, sentence, si, unknown } from '../format.ts';
import { icon } from '../icons.ts';
import { notice } from '../readings.ts';
import { verdictMark } from '../severity.ts';
import { table } from '../table.ts';
import { findingCard } from './finding.ts';

/** The verdict first, then what it rests on, then what could not be looked at. */
export function renderOverview(view: SnapshotView, context: Context): readonly Node[] {
  return [
    factList(view.facts.map(({ label, value }) => ({ label, value, explain: `hostfact:${label}` }))),
    h(
      'div',
      { class: 'tiles' },
      view.tiles.map((tile) => tileButton(tile, context)),
    ),
    findings(view, context),
    ...notChecked(view, context),
    ...missing(view, context),
    ...notes(view),
  ];
}

function tileButton(tile: Tile, context: Context): HTMLElement {
  const value =
    tile.value === null
      ? [
          h('span', { class: 'tile-value unread' }, unknown),
          h('span', { class: 'tile-why' }, tile.reason ?? 'no reason given'),
        ]
      : [h('span', { class: 'tile-value' }, si(tile.value), ' ', h('span', { class: 'unit' }, tile.unit))];
  return h(
    'button',
    {
      type: 'button',
      class: 'tile',
      'data-key': `tile:${tile.label}`,
      'data-explain': `tile:${tile.label}`,
      click: () => context.show(tile.tab, null),
    },
    h('span', { class: 'tile-label' }, tile.label),
    value,
    tile.value === null
      ? verdictMark('unread')
      : tile.severity === null
        ? h('span', { class: 'verdict quiet-text' }, 'Not judged')
        : verdictMark(tile.severity),
  );
}

function findings(view: SnapshotView, context: Context): HTMLElement {
  const amount = view.findings.length;
  return h(
    'section',
    { 'aria-labelledby': 'findings-title' },
    h(
      'h2',
      { id: 'findings-title' },
      'Findings',
      amount > 0 && h('span', { class: 'unit' }, ` ${amount}, worst first`),
    ),
    amount === 0 ? clean(view) : findingList(view.findings, context),
    amount > 0 && h('p', { class: 'quiet-text' }, ranSentence(view)),
    checkedList(view),
  );
}

const keys = { nic: 'overview.nic', step: 'overview.step' } as const;

/** The findings, by NIC and by step where there is something to choose. */
function findingList(all: readonly FindingView[], context: Context): readonly Node[] {
  const { memory } = context;
  const { nics, steps } = findingChoices(all);
  const list = h('div', { class: 'finding-list' });
  const shown = h('span', { class: 'quiet-text', role: 'status' });
  const filters = h('div', { class: 'finding-filters' });
  const filter = (): FindingFilter => ({
    nic: nics.find((nic) => nic === memory.get(keys.nic, 'all')) ?? 'all',
    step: steps.find((step) => step === memory.get(keys.step, 'all')) ?? 'all',
  });
  const draw = (): void => {
    const some = shownFindings(all, filter());
    shown.textContent = some.length === all.length ? '' : `${some.length} of ${plural(all.length, 'finding')}`;
    list.replaceChildren(
      ...(some.length === 0
        ? [h('p', { class: 'quiet-text' }, 'None of the findings is on this NIC and at this step.')]
        : some.map((finding, index) => findingCard(finding, index === 0, context))),
    );
  };
  const choose = (key: string) => (value: string) => {
    memory.set(key, value);
    draw();
  };
  const choices = (values: readonly string[]) => [
    { value: 'all', label: 'All' },
    ...values.map((value) => ({ value, label: value })),
  ];
  const controls = (): void => {
    const lists = [
      ...(nics.length > 1 ? [dropdown('NIC', choices(nics), filter().nic, choose(keys.nic))] : []),
      ...(steps.length > 2 ? [dropdown('Step', choices(steps), filter().step, choose(keys.step))] : []),
    ];
    filters.replaceChildren(...(lists.length > 0 ? [...lists, shown] : []));
    filters.hidden = lists.length === 0;
  };
  // One asked for by name may be filtered out: then all are shown. The caller looks for it itself.
  context.onReveal((key) => {
    if (!all.some((finding) => finding.key === key) || shownFindings(all, filter()).some((one) => one.key === key))
      return false;
    for (const each of Object.values(keys)) memory.set(each, 'all');
    controls();
    draw();
    return false;
  });
  controls();
  draw();
  return [filters, list];
}

/** No findings is said only of the rules that ran. */
function clean(view: SnapshotView): HTMLElement {
  const ran = view.checked.length;
  const text =
    ran === 0
      ? 'No rule had the data it needs, so nothing was checked.'
      : `${view.notChecked.length === 0 ? 'All ' : ''}${plural(ran, 'rule')} ran and found nothing.`;
  return h(
    'p',
    { class: 'clean' },
    icon(ran === 0 ? 'unread' : 'ok'),
    h('span', null, view.noFault === null ? text : `${view.noFault} ${text}`),
  );
}

function ranSentence(view: SnapshotView): string {
  const skipped = view.notChecked.length;
  return `${plural(view.checked.length, 'rule')} ran${skipped > 0 ? `, ${skipped} could not` : ''}.`;
}

/** Which rules ran, for whoever wants to know what "nothing found" covers. */
function checkedList(view: SnapshotView): HTMLElement | null {
  if (view.checked.length === 0) return null;
  return h(
    'details',
    { class: 'quiet-text' },
    h('summary', null, 'What was checked'),
    rove(
      h(
        'ul',
        null,
        view.checked.map((rule) =>
          h('li', { 'data-key': `rule:${ruleId(rule)}` }, explained(`rule:${ruleId(rule)}`, rule)),
        ),
      ),
    ),
  );
}

/** Of `R01 Softnet backlog drops`. */
function ruleId(rule: string): string {
  return rule.split(' ')[0] ?? '';
}

function notChecked(view: SnapshotView, context: Context): readonly Node[] {
  if (view.notChecked.length === 0) return [];
  return [
    section(
      'Not checked',
      table(
        {
          id: 'not-checked',
          caption: 'Rules that lacked their data',
          captionHidden: true,
          rows: view.notChecked,
          rowKey: (row) => `rule:${row.rule}`,
          explainRow: (row) => `rule:${row.rule}`,
          columns: [
            { id: 'rule', label: 'Rule', numeric: false, key: (row) => row.rule, cell: (row) => row.rule },
            { id: 'title', label: 'Checks', numeric: false, key: (row) => row.title, cell: (row) => row.title },
            {
              id: 'reason',
              label: 'Could not, because',
              numeric: false,
              key: (row) => row.reason,
              cell: (row) => row.reason,
            },
          ],
        },
        context.memory,
      ),
    ),
  ];
}

function missing(view: SnapshotView, context: Context): readonly Node[] {
  if (view.missing.length === 0) return [];
  return [
    section(
      'Not read from this host',
      table(
        {
          id: 'missing',
          caption: 'What the host could not give',
          captionHidden: true,
          rows: view.missing,
          columns: [
            {
              id: 'source',
              label: 'Source',
              numeric: false,
              key: (row) => row.source,
              cell: (row) => h('code', null, row.source),
            },
            { id: 'reason', label: 'Reason', numeric: false, key: (row) => row.reason, cell: (row) => row.reason },
          ],
        },
        context.memory,
      ),
    ),
  ];
}

function notes(view: SnapshotView): readonly Node[] {
  const all = view.noRates === null ? view.notes : [sentence(`No rates: ${view.noRates}`), ...view.notes];
  return all.length === 0 ? [] : [section('Notes', all.map(notice))];
}

function section(title: string, content: Child): HTMLElement {
  return h('section', null, h('h2', null, title), content);
}
