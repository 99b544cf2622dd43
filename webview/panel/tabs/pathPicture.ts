import type { PathStepView, PathView, PathWayId, PathZoneId } from '../../pathViews.ts';
import type { SnapshotView } from '../../protocol.ts';
import { h } from '../dom.ts';
import { rate } from '../format.ts';
import { icon } from '../icons.ts';
import { delayText, flowText, moveTo, type PathMove, stateWords } from '../pathSteps.ts';

type Open = (id: string, focus: boolean) => void;

const keyMoves: ReadonlyMap<string, PathMove> = new Map([
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['Home', 'first'],
  ['End', 'last'],
]);

/**
 * The host from the wire (bottom) to the application (top): the way in upwards on the left, the way out downwards on the
 * right. Lists in the order a packet takes the steps; one tab stop, arrow keys move along it, Enter opens a step.
 */
export function pathPicture(path: PathView, view: SnapshotView, open: Open): HTMLElement {
  const picture = h(
    'div',
    { class: 'path-picture' },
    h('p', { class: 'path-end path-application', 'aria-hidden': 'true' }, 'Application'),
    lane(path, 'in', 'The way in', view, open),
    lane(path, 'out', 'The way out', view, open),
    h('p', { class: 'path-end path-wire', 'aria-hidden': 'true' }, path.end),
    legend(),
  );
  const rows = (): readonly HTMLElement[] => [...picture.querySelectorAll<HTMLElement>('button.path-step')];
  const stopAt = (id: string): HTMLElement | undefined => {
    let found: HTMLElement | undefined;
    for (const row of rows()) {
      const isIt = row.getAttribute('data-key') === `step:${id}`;
      row.tabIndex = isIt ? 0 : -1;
      if (isIt) found = row;
    }
    return found;
  };
  picture.addEventListener('keydown', (event) => {
    const move = keyMoves.get(event.key);
    const id = idOf(event.target);
    if (move === undefined || id === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = moveTo(path, id, move);
    stopAt(next)?.focus();
    open(next, false);
  });
  picture.addEventListener('focusin', (event) => {
    const id = idOf(event.target);
    if (id !== null) stopAt(id);
  });
  stopAt(path.ways.in[0]?.id ?? '');
  return picture;
}

function idOf(target: EventTarget | null): string | null {
  const key = target instanceof HTMLElement ? target.closest('.path-step')?.getAttribute('data-key') : null;
  return key?.slice('step:'.length) ?? null;
}

function lane(path: PathView, way: 'in' | 'out', title: string, view: SnapshotView, open: Open): HTMLElement {
  const order = way === 'in' ? path.zones.toReversed() : path.zones;
  return h(
    'section',
    { class: `path-lane path-${way}`, 'aria-label': title },
    h(
      'h3',
      null,
      title,
      h('span', { class: 'unit' }, way === 'in' ? ' upwards, from the wire' : ' downwards, to the wire'),
    ),
    order.map(({ id, name }) =>
      h(
        'div',
        { class: `path-zone path-zone-${id}` },
        h('h4', null, name),
        list(path, way, id, `${title}: ${name}`, view, open),
        way === 'out' && id === 'driver' && returning(path, view, open),
      ),
    ),
  );
}

/** What follows when the NIC has sent: drawn where it happens, beside the way down. */
function returning(path: PathView, view: SnapshotView, open: Open): HTMLElement {
  return h(
    'div',
    { class: 'path-return' },
    h('h4', null, 'Completion, when the NIC has sent', h('span', { class: 'unit' }, ' upwards')),
    list(path, 'back', 'driver', 'Completion', view, open),
  );
}

function list(
  path: PathView,
  way: PathWayId,
  zone: PathZoneId,
  label: string,
  view: SnapshotView,
  open: Open,
): HTMLElement {
  const steps = path.ways[way].filter((step) => step.zone === zone);
  return h(
    'ol',
    { class: 'path-steps', 'aria-label': label },
    steps.map((step) => h('li', { class: step.aside === null ? null : 'aside' }, row(step, path.nic, view, open))),
  );
}

function row(step: PathStepView, nic: string, view: SnapshotView, open: Open): HTMLElement {
  const { id, name, state, lost, aside } = step;
  const flow = flowText(step);
  const delay = delayText(step);
  const own = view.findings.filter(({ key }) => step.findings.includes(key));
  const [worst] = own;
  const loses = (lost ?? 0) > 0;
  return h(
    'button',
    {
      type: 'button',
      class: `path-step path-${state}`,
      'data-key': `step:${id}`,
      'data-explain': `step:${id} ${nic}`,
      // A click by the keyboard has no count: then the reader is led to what opens.
      click: (event) => open(id, event instanceof MouseEvent && event.detail === 0),
    },
    h('span', { class: 'path-node', 'aria-hidden': 'true' }, state === 'losing' && icon('crit')),
    h('span', { class: 'path-id' }, id),
    h('span', { class: 'path-name' }, name),
    flow !== '' && h('span', { class: 'path-flow' }, flow),
    (loses || delay !== '' || worst !== undefined) &&
      h(
        'span',
        { class: 'path-second' },
        loses && h('strong', { class: 'path-lost' }, `${rate(lost ?? 0)} lost`),
        worst !== undefined && [icon(worst.severity), h('span', null, own.map(({ rule }) => rule).join(', '))],
        delay !== '' && h('span', null, delay),
      ),
    state !== 'losing' && h('span', { class: 'sr-only' }, `, ${stateWords[state]}`),
    aside !== null && h('span', { class: 'sr-only' }, `, ${aside}`),
  );
}

/** Every mark with its word. */
function legend(): HTMLElement {
  return h(
    'ul',
    { class: 'path-legend', 'aria-label': 'Marks' },
    (['losing', 'clear', 'partly', 'lossless', 'unread', 'uncounted', 'absent'] as const).map((state) =>
      h(
        'li',
        { class: `path-${state}` },
        h('span', { class: 'path-node', 'aria-hidden': 'true' }, state === 'losing' && icon('crit')),
        stateWords[state],
      ),
    ),
  );
}
