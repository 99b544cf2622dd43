import type { ExplanationView } from '../explainViews.ts';
import type { PathView } from '../pathViews.ts';
import { type PanelState, type SnapshotView, type TabId, type ToPanel, tabIds } from '../protocol.ts';
import type { RawReply, RawRequest } from '../rawProtocol.ts';
import type { Context, TabRenderer } from './context.ts';
import { badge, tabs } from './controls.ts';
import { h } from './dom.ts';
import { createExplainer } from './explainer.ts';
import { plural } from './format.ts';
import { createHeader, emptyPage } from './header.ts';
import { createMemory } from './memory.ts';
import { createRequests } from './requests.ts';
import { createScope } from './scope.ts';
import { sameData } from './state.ts';
import { renderCounters } from './tabs/counters.ts';
import { renderInterrupts } from './tabs/interrupts.ts';
import { renderNics } from './tabs/nics.ts';
import { renderOverview } from './tabs/overview.ts';
import { renderPath } from './tabs/path.ts';
import { renderRaw } from './tabs/raw.ts';
import { renderSettings } from './tabs/settings.ts';
import { renderSoftnet } from './tabs/softnet.ts';
import { renderTcp } from './tabs/tcp.ts';
import { tabTitles } from './tabTitles.ts';
import { watchTheme } from './theme.ts';
import type { Extension } from './vscodeApi.ts';

const renderers: Readonly<Record<TabId, TabRenderer>> = {
  overview: renderOverview,
  path: renderPath,
  softnet: renderSoftnet,
  interrupts: renderInterrupts,
  nics: renderNics,
  tcp: renderTcp,
  counters: renderCounters,
  raw: renderRaw,
  settings: renderSettings,
};

interface Drawn {
  readonly view: SnapshotView;
  readonly end: () => void;
  readonly reveals: readonly ((key: string) => boolean)[];
}

/** Draws states into `root`. Only the tab in sight is drawn; the others when the reader turns to them. */
export function createApp(root: HTMLElement, extension: Extension): (message: ToPanel) => void {
  const theme = watchTheme();
  const memory = createMemory();
  const texts = createRequests<RawRequest, RawReply>((id, request) => extension.post({ type: 'raw', id, request }));
  const paths = createRequests<string | null, PathView | null>((id, nic) => extension.post({ type: 'path', id, nic }));
  const explanations = createRequests<string, ExplanationView | null>((id, of) =>
    extension.post({ type: 'explain', id, of }),
  );
  const header = createHeader(extension.post);
  const empty = h('div', { class: 'empty-slot' });
  const drawn = new Map<TabId, Drawn>();
  let state: PanelState | null = null;
  let current: TabId = extension.savedTab() ?? 'overview';

  const panels = tabs(
    'Network of the host',
    tabIds.map((id) => ({ id, label: tabTitles[id] })),
    (id) => turnTo(id),
  );
  panels.select(current);
  root.append(header.element, empty, panels.element);

  const turnTo = (id: TabId): void => {
    current = id;
    extension.post({ type: 'tab', tab: id });
    if (state) extension.save({ identity: state.identity, tab: id });
    draw();
  };

  const show = (tab: TabId, focus: string | null): void => {
    panels.select(tab);
    if (tab !== current) turnTo(tab);
    if (focus === null || drawn.get(tab)?.reveals.some((knows) => knows(focus))) return;
    reveal(panels.view(tab), focus);
  };

  const draw = (): void => {
    const view = state?.view ?? null;
    const before = drawn.get(current);
    if (!view || before?.view === view) return;
    before?.end();
    const { scope, mount, end } = createScope();
    const reveals: ((key: string) => boolean)[] = [];
    const context: Context = {
      post: extension.post,
      ask: texts.ask,
      askPath: paths.ask,
      show,
      onReveal: (knows) => void reveals.push(knows),
      memory,
      theme,
      scope,
    };
    const page = panels.view(current);
    const { scrollTop } = page;
    const focused = keyInFocus(page);
    page.replaceChildren(h('div', { class: 'page' }, renderers[current](view, context)));
    drawn.set(current, { view, end, reveals });
    mount();
    page.scrollTop = scrollTop;
    if (focused !== null) byKey(page, focused)?.focus({ preventScroll: true });
  };

  const explainer = createExplainer({ root, ask: explanations.ask, show, currentTab: () => current });

  const update = (next: PanelState): void => {
    const otherHost = state?.identity.host !== next.identity.host || state.identity.capture !== next.identity.capture;
    // The reader's own choice of tab may be on its way: the extension's counts only when the page begins.
    if (otherHost) {
      current = next.tab;
      panels.select(current);
    }
    // A state sent because something else changed must not redraw the charts under the reader's hand.
    const view = sameData(state?.view, next.view) ? (state?.view ?? null) : next.view;
    if (view !== state?.view) explainer.forget();
    state = { ...next, view };
    extension.save({ identity: next.identity, tab: current });
    header.update(state);
    panels.element.hidden = view === null;
    empty.replaceChildren(...(view === null ? [emptyPage(next.emptyReason)] : []));
    for (const id of tabIds) panels.setBadge(id, findingsBadge(view, id));
    draw();
  };

  const setBusy = (busy: string | null): void => {
    if (!state) return;
    state = { ...state, busy };
    header.update(state);
  };

  return (message) => {
    switch (message.type) {
      case 'state':
        return update(message.state);
      case 'busy':
        return setBusy(message.busy);
      case 'show':
        return show(message.tab, message.focus);
      case 'raw':
        return texts.settle(message.id, message.reply);
      case 'path':
        return paths.settle(message.id, message.path);
      case 'explain':
        return explanations.settle(message.id, message.explanation);
    }
  };
}

function findingsBadge(view: SnapshotView | null, tab: TabId): HTMLElement | null {
  const findings = view?.findings ?? [];
  const amount = tab === 'overview' ? findings.length : findings.filter((finding) => finding.tab === tab).length;
  return amount === 0 ? null : badge(String(amount), plural(amount, 'finding'));
}

function byKey(page: HTMLElement, key: string): HTMLElement | null {
  return page.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
}

function keyInFocus(page: HTMLElement): string | null {
  const active = document.activeElement;
  if (!active || !page.contains(active)) return null;
  return active.closest('[data-key]')?.getAttribute('data-key') ?? null;
}

/** Opens, scrolls to and focuses what is named. A key that is not on this tab leaves the tab as it is. */
function reveal(page: HTMLElement, key: string): void {
  const target = byKey(page, key);
  if (!target) return;
  const folded = target.closest('details');
  if (folded !== null) folded.open = true;
  target.scrollIntoView({ block: target.tagName === 'TR' ? 'center' : 'start' });
  const focusable = target instanceof HTMLDetailsElement ? target.querySelector('summary') : target;
  if (target.tagName === 'TR') target.tabIndex = -1;
  focusable?.focus({ preventScroll: true });
  target.classList.add('target');
  focusable?.addEventListener('blur', () => target.classList.remove('target'), { once: true });
}
