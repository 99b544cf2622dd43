import type { FindingView, SnapshotView, TabId } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { button } from '../controls.ts';
import { type Child, h } from '../dom.ts';
import { icon } from '../icons.ts';
import { prose } from '../prose.ts';
import { verdictMark } from '../severity.ts';
import { table } from '../table.ts';
import { tabTitles } from '../tabTitles.ts';
import { changeBlock } from './changeBlock.ts';
import { copyButton } from './copyButton.ts';

/** One finding: its sentence always, its reasoning when opened. */
export function findingCard(finding: FindingView, openAtFirst: boolean, context: Context): HTMLElement {
  const memoryKey = `finding:${finding.key}`;
  const card = h(
    'details',
    {
      class: `finding finding-${finding.severity}${finding.explainedBy === null ? '' : ' finding-symptom'}`,
      'data-key': finding.key,
      open: context.memory.get(memoryKey, openAtFirst ? 'open' : 'closed') === 'open',
    },
    h(
      'summary',
      null,
      icon('chevron'),
      verdictMark(finding.severity),
      h('span', { class: 'finding-title' }, finding.title),
      h('span', { class: 'finding-step' }, `${finding.step} · ${finding.rule}`),
    ),
    h(
      'div',
      { class: 'finding-body' },
      h('p', null, prose(finding.why)),
      finding.explainedBy !== null && part('Explained by', cause(finding.explainedBy, context)),
      part('Evidence', evidence(finding, context)),
      part('Threshold', h('p', null, finding.threshold)),
      finding.advice.length > 0 &&
        part(
          'Advice',
          h(
            'ul',
            null,
            finding.advice.map((line) => h('li', null, prose(line))),
          ),
        ),
      finding.changes.length > 0 &&
        part(
          'Change',
          finding.changes.map((each) => changeBlock(each, context)),
        ),
      finding.sideEffects !== '' && part('Side effects', h('p', null, prose(finding.sideEffects))),
      part('Looks the same', h('p', null, prose(finding.lookalikes))),
      finding.verify !== '' && part('Verify', h('p', null, prose(finding.verify))),
      actions(finding, context),
    ),
  );
  card.addEventListener('toggle', () => context.memory.set(memoryKey, card.open ? 'open' : 'closed'));
  return card;
}

/** The findings a tab is the evidence for, each a way back to its reasoning. */
export function findingStrip(view: SnapshotView, tab: TabId, context: Context): readonly Node[] {
  const findings = view.findings.filter((finding) => finding.tab === tab);
  if (findings.length === 0) return [];
  return [
    h(
      'ul',
      { class: 'strip', 'aria-label': 'Findings shown here' },
      findings.map((finding) =>
        h(
          'li',
          null,
          h(
            'button',
            { type: 'button', 'data-key': finding.key, click: () => context.show('overview', finding.key) },
            verdictMark(finding.severity),
            h('span', null, finding.title),
          ),
        ),
      ),
    ),
  ];
}

function part(title: string, content: Child): HTMLElement {
  return h('section', { class: 'finding-part' }, h('h3', null, title), h('div', null, content));
}

/** Leads to the finding to act on first. */
function cause(by: NonNullable<FindingView['explainedBy']>, context: Context): HTMLElement {
  const link = h('button', { type: 'button', class: 'link', click: () => context.show('overview', by.key) }, by.title);
  return h('p', null, link, `: ${by.because}. Act on that first; a change here treats the symptom.`);
}

function evidence(finding: FindingView, context: Context): HTMLElement {
  return table(
    {
      id: `evidence:${finding.key}`,
      explainAs: 'evidence',
      explainRow: (row) => `evidence:${row.field}`,
      caption: `Evidence of: ${finding.title}`,
      captionHidden: true,
      rows: finding.evidence,
      columns: [
        {
          id: 'field',
          label: 'Counter',
          numeric: false,
          key: (row) => row.field,
          cell: (row) => h('code', null, row.field),
        },
        {
          id: 'source',
          label: 'Source',
          numeric: false,
          key: (row) => row.source,
          cell: (row) => h('code', null, row.source),
        },
        { id: 'before', label: 'Before', numeric: true, key: (row) => row.before, cell: (row) => row.before },
        { id: 'after', label: 'After', numeric: true, key: (row) => row.after, cell: (row) => row.after },
        {
          id: 'figure',
          label: 'Figure',
          numeric: true,
          key: (row) => row.figure,
          cell: (row) => h('strong', null, row.figure),
        },
      ],
    },
    context.memory,
  );
}

function actions(finding: FindingView, context: Context): HTMLElement {
  const insert = (): void => context.post({ type: 'insertTuning', finding: finding.key });
  const evidenceTab = (): void => context.show(finding.tab, finding.key);
  return h(
    'p',
    { class: 'actions' },
    finding.changes.length > 0 && button('primary', insert, 'Insert tuning').element,
    h(
      'button',
      { type: 'button', class: 'link', click: () => context.show('path', `step:${finding.step.split(' ')[0] ?? ''}`) },
      'Show on the path',
      icon('arrow'),
    ),
    finding.tab !== 'overview' &&
      h(
        'button',
        { type: 'button', class: 'link', click: evidenceTab },
        `Show in ${tabTitles[finding.tab]}`,
        icon('arrow'),
      ),
    copyButton('Copy as Markdown', () => context.post({ type: 'copyFinding', finding: finding.key })),
  );
}
