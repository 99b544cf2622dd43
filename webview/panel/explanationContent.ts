import type { ExplanationView, RuleUseView } from '../explainViews.ts';
import type { TabId } from '../protocol.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import { prose } from './prose.ts';
import { type Verdict, verdictMark } from './severity.ts';

type GoTo = (tab: TabId, focus: string | null) => void;

/** An explanation as it is read: what it is, where it is counted, what goes by it. `close` null: it goes by itself. */
export function explanationContent(
  { title, kind, what, facts, rules, links }: ExplanationView,
  goTo: GoTo,
  close: (() => void) | null,
): readonly Node[] {
  return [
    h(
      'header',
      null,
      h('h2', { tabindex: -1 }, h('code', null, title), h('span', { class: 'unit' }, ` ${kind}`)),
      close !== null &&
        h('button', { type: 'button', class: 'close', 'aria-label': 'Close', click: close }, icon('crit')),
    ),
    h('p', null, prose(what)),
    facts.length > 0 &&
      h(
        'dl',
        null,
        facts.map(({ label, value, code }) =>
          h('div', null, h('dt', null, label), h('dd', null, code ? h('code', null, value) : prose(value))),
        ),
      ),
    rules.length > 0 && ruleList(rules, goTo),
    links.length > 0 &&
      h(
        'p',
        { class: 'explanation-links' },
        links.map(({ label, tab, focus }) =>
          h('button', { type: 'button', class: 'link', click: () => goTo(tab, focus) }, label, icon('arrow')),
        ),
      ),
  ].filter((node) => node !== false);
}

function resultOf({ state, severity }: RuleUseView): readonly [Verdict, string] {
  if (severity !== null) return [severity, 'found'];
  return state === 'unchecked' ? ['unread', 'not checked'] : ['ok', 'found nothing'];
}

function ruleList(rules: readonly RuleUseView[], goTo: GoTo): HTMLElement {
  return h(
    'section',
    null,
    h('h3', null, 'Rules'),
    h(
      'ul',
      null,
      rules.map((rule) => {
        const { id, title, said, changes, focus } = rule;
        return h(
          'li',
          null,
          h('button', { type: 'button', class: 'link', click: () => goTo('overview', focus) }, `${id} ${title}`),
          ' ',
          verdictMark(...resultOf(rule)),
          changes && h('span', { class: 'quiet-text' }, ' may propose another value'),
          said !== '' && h('p', { class: 'quiet-text' }, prose(said)),
        );
      }),
    ),
  );
}
