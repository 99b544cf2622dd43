import type { ExplanationView } from '../explainViews.ts';
import type { TabId } from '../protocol.ts';
import { h } from './dom.ts';
import { explainedIn } from './explained.ts';
import { explanationContent } from './explanationContent.ts';

export interface ExplainerSpec {
  /** Everything that may be explained is inside. */
  readonly root: HTMLElement;
  readonly ask: (id: string) => Promise<ExplanationView | null>;
  readonly show: (tab: TabId, focus: string | null) => void;
  readonly currentTab: () => TabId;
}

export interface Explainer {
  /** The snapshot is another one: what was said of the old may be wrong. */
  readonly forget: () => void;
}

/** Long enough not to follow a pointer that passes, as VS Code's own hovers. */
const hoverDelayMs = 450;
/** To get from the name into its explanation. */
const leaveDelayMs = 250;
const gap = 6;
const wide = 240;

/** One explanation at a time, beside what it explains. Not modal: a glance goes by itself, one that was opened by Escape. */
export function createExplainer({ root, ask, show, currentTab }: ExplainerSpec): Explainer {
  const box = h('aside', { class: 'explanation', hidden: true });
  root.append(box);
  let anchor: HTMLElement | null = null;
  let pinned = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  let known = new Map<string, Promise<ExplanationView | null>>();

  const fetchOne = (id: string): Promise<ExplanationView | null> => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const answer = ask(id);
    known.set(id, answer);
    return answer;
  };

  const close = (): void => {
    asked += 1;
    clearTimeout(timer);
    const back = pinned ? anchor : null;
    const hadFocus = box.contains(document.activeElement);
    box.hidden = true;
    anchor?.removeAttribute('aria-describedby');
    anchor = null;
    pinned = false;
    if (hadFocus) back?.focus({ preventScroll: true });
  };

  const goTo = (tab: TabId, focus: string | null): void => {
    pinned = false;
    close();
    show(tab, focus);
  };

  const present = async (element: HTMLElement, stays: boolean): Promise<void> => {
    const id = element.dataset['explain'] ?? element.dataset['explainKey'];
    if (id === undefined) return;
    // A glance that was due must not take the place of what is opened to stay.
    clearTimeout(timer);
    asked += 1;
    // From now on a scroll that is still under way does not call it off.
    pinned = stays;
    const mine = asked;
    const view = await fetchOne(id);
    if (mine !== asked || !element.isConnected) return;
    if (view === null) return close();
    anchor?.removeAttribute('aria-describedby');
    anchor = element;
    box.setAttribute('role', stays ? 'dialog' : 'tooltip');
    box.setAttribute('aria-label', `${view.title}, explained`);
    box.id = 'explanation';
    box.classList.toggle('pinned', stays);
    const elsewhere = view.links.filter(({ tab }) => tab !== currentTab());
    box.replaceChildren(...explanationContent({ ...view, links: elsewhere }, goTo, stays ? close : null));
    box.hidden = false;
    box.scrollTop = 0;
    place(box, element);
    if (stays) box.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    else element.setAttribute('aria-describedby', 'explanation');
  };

  const later = (act: () => void, ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };

  root.addEventListener('pointerover', (event) => {
    if (pinned || !(event.target instanceof Element)) return;
    if (box.contains(event.target)) return clearTimeout(timer);
    const target = event.target.closest<HTMLElement>('[data-explain]');
    if (target !== null) {
      if (target !== anchor) later(() => void present(target, false), hoverDelayMs);
      else clearTimeout(timer);
    } else if (anchor !== null) later(close, leaveDelayMs);
    else clearTimeout(timer);
  });
  root.addEventListener('pointerleave', () => {
    if (!pinned) later(close, leaveDelayMs);
  });
  root.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !box.contains(event.target)) close();
  });
  // What it stands beside moves away below it.
  root.addEventListener(
    'scroll',
    (event) => {
      if (event.target instanceof Node && !box.contains(event.target) && !pinned && anchor !== null) close();
    },
    true,
  );
  root.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('.explained') : null;
    // A name that was marked to be copied is not asked about.
    if (target !== null && document.getSelection()?.isCollapsed !== false) void present(target, true);
  });
  root.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return;
    if (event.key === 'Escape' && !box.hidden) {
      event.stopPropagation();
      return close();
    }
    const isExplained = event.target.classList.contains('explained');
    if (isExplained && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      return void present(event.target, true);
    }
    if (isExplained && move(event.target, event.key)) return event.preventDefault();
    const target = event.target.closest<HTMLElement>('[data-explain], [data-explain-key]');
    if (event.key !== '?' || target === null || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    void present(target, true);
  });
  box.addEventListener('focusout', (event) => {
    const to = event.relatedTarget;
    if (pinned && to instanceof Node && !box.contains(to)) close();
  });

  return {
    forget: () => {
      known = new Map();
      if (!pinned) return close();
      // The page is drawn anew: what it stood beside may be gone.
      requestAnimationFrame(() => {
        if (anchor?.isConnected === false) close();
      });
    },
  };
}

/** From one name of a group to the next, which then is the group's stop. */
function move(from: HTMLElement, key: string): boolean {
  const group = from.closest('.explained-group');
  if (group === null) return false;
  const all = explainedIn(group).filter((each) => each.offsetParent !== null);
  const at = all.indexOf(from);
  const targets: Readonly<Record<string, HTMLElement | undefined>> = {
    ArrowDown: all[at + 1],
    ArrowUp: all[at - 1],
    Home: all[0],
    End: all.at(-1),
  };
  const { [key]: to } = targets;
  if (to === undefined) return false;
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
  return true;
}

/** Below what it explains, or above where there is more room; within the page. */
function place(box: HTMLElement, beside: HTMLElement): void {
  const { style } = box;
  style.left = '0';
  style.top = '0';
  style.maxHeight = '';
  const about = beside.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const height = document.documentElement.clientHeight;
  const below = height - about.bottom - 2 * gap;
  const above = about.top - 2 * gap;
  // A wide row (a step of the path) is not covered by what is said of it, nor are its neighbours.
  if (about.width > wide && about.right + gap + box.offsetWidth < width) {
    style.left = `${about.right + gap}px`;
    style.top = `${Math.max(gap, Math.min(about.top, height - box.offsetHeight - gap))}px`;
    return;
  }
  const isBelow = box.offsetHeight <= below || below >= above;
  style.maxHeight = `${Math.max(160, isBelow ? below : above)}px`;
  style.left = `${Math.max(gap, Math.min(about.left, width - box.offsetWidth - gap))}px`;
  style.top = `${isBelow ? about.bottom + gap : Math.max(gap, about.top - gap - box.offsetHeight)}px`;
}
