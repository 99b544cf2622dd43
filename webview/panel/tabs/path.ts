import type { PathStepView, PathView } from '../../pathViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import type { Context } from '../context.ts';
import { dropdown } from '../controls.ts';
import { h } from '../dom.ts';
import { rate } from '../format.ts';
import type { Memory } from '../memory.ts';
import { losingSteps, pathHeadline, stepsInOrder } from '../pathSteps.ts';
import { notRead } from '../readings.ts';
import { verdictMark } from '../severity.ts';
import { pathPicture } from './pathPicture.ts';
import { stepDetails } from './pathStep.ts';
import { pathTable } from './pathTable.ts';

const keys = { nic: 'path.nic', step: 'path.step', table: 'path.table' } as const;

/** The last path drawn: shown until that of a newer snapshot has come, so that the page does not jump. */
const shown = new WeakMap<Memory, PathView>();

/** The way of a packet by one interface: what passes each step, what is lost there, and what can be set. */
export function renderPath(view: SnapshotView, context: Context): readonly Node[] {
  const { memory } = context;
  const holder = h('div', { class: 'path' });
  const drawer = pathDrawer(holder, view, context);
  const load = (nic: string | null): void => {
    void context.askPath(nic).then((path) => {
      if (path !== null) {
        shown.set(memory, path);
        drawer.draw(path);
      } else if (nic !== null) load(null);
      else holder.replaceChildren(notRead('Path', { ok: false, reason: 'there is no snapshot', source: 'path' }));
    });
  };
  const chosen = memory.get(keys.nic, '');
  const before = shown.get(memory);
  if (before !== undefined) drawer.draw(before);
  drawer.onNic((nic) => {
    memory.set(keys.nic, nic);
    load(nic);
  });
  context.onReveal((key) => key.startsWith('step:') && drawer.reveal(key.slice('step:'.length)));
  load(chosen === '' ? null : chosen);
  return [holder];
}

interface Drawer {
  readonly draw: (path: PathView) => void;
  readonly onNic: (choose: (nic: string) => void) => void;
  /** Opens a step; one that is asked for before the path has come is opened then. */
  readonly reveal: (id: string) => boolean;
}

function pathDrawer(holder: HTMLElement, view: SnapshotView, context: Context): Drawer {
  const { memory } = context;
  let path: PathView | null = null;
  let choose: (nic: string) => void = () => undefined;
  const details = h('aside', { class: 'path-details', 'aria-label': 'The chosen step' });
  const body = h('div', { class: 'path-body' });

  const open = (id: string, focus: boolean): void => {
    memory.set(keys.step, id);
    if (path === null) return;
    const step = stepsInOrder(path).find((each) => each.id === id) ?? firstToShow(path);
    if (step === undefined) return;
    details.replaceChildren(...stepDetails(step, path, view, context, back));
    for (const row of body.querySelectorAll('[data-key^="step:"]')) {
      const isChosen = row.getAttribute('data-key') === `step:${step.id}`;
      row.setAttribute('aria-current', String(isChosen));
      row.classList.toggle('chosen', isChosen);
    }
    details.scrollTop = 0;
    if (focus) details.querySelector<HTMLElement>('h3')?.focus({ preventScroll: false });
  };
  const back = (): void => {
    body.querySelector<HTMLElement>('[aria-current="true"]')?.focus();
  };

  const draw = (next: PathView): void => {
    path = next;
    const focused = document.activeElement?.closest('[data-key]')?.getAttribute('data-key') ?? null;
    const hadFocus = focused !== null && holder.contains(document.activeElement);
    const asTable = memory.get(keys.table, 'no') === 'yes';
    body.classList.toggle('as-table', asTable);
    body.replaceChildren(
      asTable ? pathTable(next, view, context, (id) => open(id, true)) : pathPicture(next, view, open),
      details,
    );
    holder.replaceChildren(...heading(next, view, context, open), controls(next, asTable), body);
    open(memory.get(keys.step, ''), false);
    if (hadFocus)
      holder.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  };

  const controls = (next: PathView, asTable: boolean): HTMLElement =>
    h(
      'div',
      { class: 'path-controls' },
      dropdown(
        'Interface',
        next.nics.map((name) => ({ value: name, label: name })),
        next.nic,
        (nic) => choose(nic),
      ),
      h('span', { class: 'quiet-text' }, next.kind, next.moreNics > 0 && ` · ${next.moreNics} more interfaces`),
      h(
        'button',
        {
          type: 'button',
          class: 'quiet',
          'data-key': 'path:table',
          'aria-pressed': String(asTable),
          click: () => {
            memory.set(keys.table, asTable ? 'no' : 'yes');
            draw(next);
          },
        },
        asTable ? 'Show as picture' : 'Show as table',
      ),
    );

  return {
    draw,
    onNic: (act) => {
      choose = act;
    },
    reveal: (id) => {
      open(id, false);
      body.querySelector<HTMLElement>(`[data-key="${CSS.escape(`step:${id}`)}"]`)?.scrollIntoView({ block: 'center' });
      return true;
    },
  };
}

/** What loses most; else what has a finding; else where packets come in. */
function firstToShow(path: PathView): PathStepView | undefined {
  const order = stepsInOrder(path);
  const [worst] = losingSteps(path);
  return worst ?? order.find(({ findings }) => findings.length > 0) ?? order.find(({ state }) => state !== 'absent');
}

/** The verdict, with a way to each step that loses. */
function heading(
  path: PathView,
  view: SnapshotView,
  _context: Context,
  open: (id: string, focus: boolean) => void,
): readonly Node[] {
  const losing = losingSteps(path);
  const known = view.seconds !== null;
  return [
    h('h2', null, `The path of a packet by ${path.nic === '' ? 'this host' : path.nic}`),
    h(
      'div',
      { class: 'path-verdict', role: 'status' },
      verdictMark(losing.length > 0 ? 'crit' : known ? 'ok' : 'unread', pathHeadline(path, view.seconds)),
      losing.map((step) =>
        h(
          'button',
          { type: 'button', class: 'path-loss', click: () => open(step.id, true) },
          h('strong', null, `${rate(step.lost ?? 0)} lost`),
          ` at ${step.id} ${step.name}`,
        ),
      ),
    ),
  ];
}
