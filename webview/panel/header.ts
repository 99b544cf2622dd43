import type { FromPanel, PanelState } from '../protocol.ts';
import { button, progressRing } from './controls.ts';
import { h } from './dom.ts';
import { explained } from './explained.ts';
import { hostTime, interval } from './format.ts';
import { icon } from './icons.ts';

export interface Header {
  readonly element: HTMLElement;
  readonly update: (state: PanelState) => void;
}

/** Which host, as of when, and the way to a newer snapshot. Stays while tabs change. */
export function createHeader(post: (message: FromPanel) => void): Header {
  const title = h('h1');
  const when = h('p', { class: 'when' });
  const ring = progressRing('Snapshot is running');
  const busy = h('span', { class: 'busy' }, ring, h('span', { role: 'status' }));
  const raw = button('secondary', () => post({ type: 'openRaw' }), icon('file'), 'Open as text');
  const report = button('secondary', () => post({ type: 'saveReport' }), icon('save'), 'Save report');
  // A bare text: the toolkit squeezes a span inside its button to the size of an icon.
  const snapshotWords = document.createTextNode('');
  const snapshot = button('primary', () => post({ type: 'snapshot' }), icon('camera'), snapshotWords);
  const help = explained('help:explain', '?');
  help.tabIndex = 0;
  help.classList.add('help');
  const element = h(
    'header',
    null,
    h('div', { class: 'names' }, title, when),
    busy,
    h('div', { class: 'header-actions' }, help, raw.element, report.element, snapshot.element),
  );
  return {
    element,
    update: (state) => {
      title.textContent = state.title;
      when.textContent = sampleTime(state);
      busy.hidden = state.busy === null;
      setText(busy.querySelector('[role="status"]'), state.busy ?? '');
      help.hidden = state.view === null;
      raw.element.hidden = state.view === null;
      report.element.hidden = state.view === null;
      snapshot.element.hidden = !state.canSnapshot;
      snapshot.setDisabled(state.busy !== null);
      snapshotWords.data = state.view === null ? 'Snapshot' : 'Snapshot again';
    },
  };
}

/** Stands in place of the tabs before the first snapshot. */
export function emptyPage(reason: string | null): HTMLElement {
  return h('div', { class: 'empty' }, icon('camera'), h('p', null, reason ?? 'There is no snapshot of this host yet.'));
}

function sampleTime({ view }: PanelState): string {
  if (!view) return '';
  const at = view.takenAt === null ? 'Host time not read' : hostTime(view.takenAt);
  return view.seconds === null ? `${at} · no rates` : `${at} · rates over ${interval(view.seconds)}`;
}

function setText(element: Element | null, text: string): void {
  // A live region repeats itself when it is written to, even with the same words.
  if (element && element.textContent !== text) element.textContent = text;
}
