import type { PathFigureView, PathKnobView, PathRole, PathStepView, PathView } from '../../pathViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { type Child, h } from '../dom.ts';
import { explained } from '../explained.ts';
import { count } from '../format.ts';
import { icon } from '../icons.ts';
import { figureText, stateWords } from '../pathSteps.ts';
import { type Verdict, verdictMark } from '../severity.ts';
import { tabTitles } from '../tabTitles.ts';

const roleWords: Readonly<Record<PathRole, string>> = {
  pass: 'Passes',
  loss: 'Lost here',
  part: 'Of these losses',
  discard: 'Discarded, which may be right',
  delay: 'Comes late',
  stands: 'As it stands',
};

const verdicts: Readonly<Record<PathStepView['state'], Verdict>> = {
  losing: 'crit',
  clear: 'ok',
  partly: 'ok',
  lossless: 'ok',
  unread: 'unread',
  uncounted: 'unread',
  absent: 'unread',
};

/** All that is known of one step. `back` leads to it in the picture again. */
export function stepDetails(
  step: PathStepView,
  path: PathView,
  view: SnapshotView,
  context: Context,
  back: () => void,
): readonly Node[] {
  const { id, name, meaning, state, why, aside, functions } = step;
  const title = h('h3', { tabindex: -1 }, h('span', { class: 'path-id' }, id), ` ${name}`);
  title.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') back();
  });
  return [
    title,
    h('p', null, meaning),
    aside !== null && h('p', { class: 'quiet-text' }, `Not every packet comes by here: ${aside}.`),
    h('div', { class: 'path-state' }, verdictMark(verdicts[state], stateWords[state]), h('p', null, why)),
    ...findings(step, view, context),
    ...figures(step.figures, context),
    ...knobs(step.knobs, path, context),
    functions.length > 0 &&
      part(
        'Kernel functions',
        h(
          'p',
          null,
          functions.map((each, index) => [index > 0 && ', ', h('code', null, each)]),
        ),
      ),
  ].filter((node) => node !== false);
}

function part(title: string, ...content: readonly Child[]): HTMLElement {
  return h('section', null, h('h4', null, title), content);
}

function findings(step: PathStepView, view: SnapshotView, context: Context): readonly HTMLElement[] {
  const own = view.findings.filter(({ key }) => step.findings.includes(key));
  if (own.length === 0) return [];
  return [
    part(
      'Findings',
      h(
        'ul',
        { class: 'strip' },
        own.map(({ key, severity, title }) =>
          h(
            'li',
            null,
            h(
              'button',
              { type: 'button', 'data-key': `path:${key}`, click: () => context.show('overview', key) },
              verdictMark(severity),
              h('span', null, title),
            ),
          ),
        ),
      ),
    ),
  ];
}

function figures(all: readonly PathFigureView[], context: Context): readonly HTMLElement[] {
  const roles = Object.keys(roleWords) as PathRole[];
  return roles.flatMap((role) => {
    // What moves is what one looks for.
    const own = all
      .filter((figure) => figure.role === role)
      .toSorted((a, b) => (b.perSecond ?? 0) - (a.perSecond ?? 0));
    if (own.length === 0) return [];
    return [
      part(
        roleWords[role],
        h(
          'ul',
          { class: 'path-figures' },
          own.map((figure) => figureItem(figure, context)),
        ),
      ),
    ];
  });
}

const scopes: Readonly<Record<PathFigureView['scope'], string>> = {
  interface: 'of this interface',
  namespace: 'of all interfaces of this namespace',
  machine: 'of the whole machine',
};

function figureItem(figure: PathFigureView, context: Context): HTMLElement {
  const { name, meaning, where, source, scope, tab, focus, value, delta, perSecond, role } = figure;
  const isLoss = (role === 'loss' || role === 'part') && (perSecond ?? 0) > 0;
  const since = perSecond !== null && value !== null ? `${count(value)} since boot` : '';
  const change = delta !== null && delta > 0 ? `+${count(delta)}` : '';
  const said = perSecond === null && figure.text === null && figure.reason !== null;
  return h(
    'li',
    { class: isLoss ? 'hot' : null },
    h(
      'div',
      { class: 'path-figure' },
      h(
        'button',
        {
          type: 'button',
          class: 'link',
          'data-explain': figure.explain,
          'aria-label': `${name}, show in ${tabTitles[tab]}`,
          click: () => context.show(tab, focus),
        },
        h('code', null, name),
        icon('arrow'),
      ),
      h(said ? 'span' : 'strong', { class: said ? 'unread path-reason' : null }, figureText(figure)),
    ),
    meaning !== '' && h('p', null, meaning),
    h(
      'p',
      { class: 'quiet-text' },
      [change, since].filter((words) => words !== '').map((words) => `${words} · `),
      h('code', null, source),
      where !== '' && [' · ', h('code', null, where)],
      ` · ${scopes[scope]}`,
    ),
  );
}

function knobs(all: readonly PathKnobView[], path: PathView, context: Context): readonly HTMLElement[] {
  if (all.length === 0) return [];
  return [
    part(
      'Knobs',
      h(
        'ul',
        { class: 'path-figures' },
        all.map((knob) => knobItem(knob, context)),
      ),
    ),
    ...(path.nic === ''
      ? [h('p', { class: 'quiet-text' }, 'Settings of the interface are not known: none was read.')]
      : []),
  ];
}

function knobItem(knob: PathKnobView, context: Context): HTMLElement {
  const { name, explain, at, value, reason, default: usual, isDefault, boot, differs, governs } = knob;
  const label = h('code', null, name);
  return h(
    'li',
    null,
    h(
      'div',
      { class: 'path-figure' },
      at === null
        ? explained(explain, label)
        : h(
            'button',
            {
              type: 'button',
              class: 'link',
              'data-explain': explain,
              'aria-label': `${name}, show in ${tabTitles[at.tab]}`,
              click: () => context.show(at.tab, at.focus),
            },
            label,
            icon('arrow'),
          ),
      value === null
        ? h('span', { class: 'unread path-reason' }, `not known: ${reason ?? 'no reason given'}`)
        : h('strong', null, value, isDefault === false && h('span', { class: 'not-default' }, ' not the default')),
    ),
    governs !== '' && h('p', null, governs),
    h(
      'p',
      { class: 'quiet-text' },
      usual !== '' && ['default: ', isDefault === false ? h('strong', null, usual) : usual, ' · '],
      'at boot: ',
      boot,
      differs && [' ', verdictMark('warn', 'not what runs now')],
    ),
  );
}
