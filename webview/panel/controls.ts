import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
  vsCodeProgressRing,
} from '@vscode/webview-ui-toolkit';
import { type Child, h } from './dom.ts';

/*
 * The only file that knows `@vscode/webview-ui-toolkit`, which is archived upstream (its issue 561). To replace it by
 * `@vscode-elements/elements`: `vscode-button`, `-checkbox`, `-option` and `-progress-ring` are there under the
 * same names; `vscode-panels` is `vscode-tabs` with `-tab-header` and `-tab-panel`, `vscode-dropdown` is
 * `vscode-single-select`.
 */

/** Must run before any control is made. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodePanels(),
    vsCodePanelTab(),
    vsCodePanelView(),
    vsCodeProgressRing(),
  );
}

export interface Button {
  readonly element: HTMLElement;
  readonly setDisabled: (disabled: boolean) => void;
}

export function button(look: 'primary' | 'secondary', onClick: () => void, ...content: readonly Child[]): Button {
  const element = h('vscode-button', { appearance: look, click: onClick }, ...content);
  return { element, setDisabled: (disabled) => void element.toggleAttribute('disabled', disabled) };
}

/**
 * A number in a pill; `label` says to a screen reader what it counts. Not the toolkit's badge: that one writes a
 * `style` attribute, which the page's CSP forbids.
 */
export function badge(text: string, label: string): HTMLElement {
  return h('span', { class: 'badge', 'aria-label': label, role: 'img' }, text);
}

export function progressRing(label: string): HTMLElement {
  return h('vscode-progress-ring', { 'aria-label': label });
}

export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): HTMLElement {
  const element = h('vscode-checkbox', { checked }, label);
  // `checked` is a live property of the element, the attribute only its first value.
  element.addEventListener('change', () => onChange('checked' in element && element.checked === true));
  return element;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function dropdown(
  label: string,
  choices: readonly Choice[],
  selected: string,
  onChange: (value: string) => void,
): HTMLElement {
  const element = h(
    'vscode-dropdown',
    { 'aria-label': label },
    choices.map((choice) =>
      h('vscode-option', { value: choice.value, selected: choice.value === selected }, choice.label),
    ),
  );
  element.addEventListener('change', () => {
    if ('value' in element && typeof element.value === 'string') onChange(element.value);
  });
  return h('label', { class: 'labelled' }, h('span', { 'aria-hidden': 'true' }, label), element);
}

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

export interface Tabs<Id extends string> {
  readonly element: HTMLElement;
  readonly view: (id: Id) => HTMLElement;
  readonly select: (id: Id) => void;
  readonly setBadge: (id: Id, mark: HTMLElement | null) => void;
}

/** Tabs with arrow keys and ARIA roles. `onSelect` is called for the reader's choice, not for `select`. */
export function tabs<Id extends string>(label: string, list: readonly Tab<Id>[], onSelect: (id: Id) => void): Tabs<Id> {
  const heads = new Map(list.map(({ id, label: text }) => [id, h('vscode-panel-tab', { id: `tab-${id}` }, text)]));
  const views = new Map(list.map(({ id }) => [id, h('vscode-panel-view', { id: `view-${id}`, class: 'view' })]));
  const element = h('vscode-panels', { 'aria-label': label }, [...heads.values()], [...views.values()]);
  // The moving underline loses its place when the tab is changed by code: the style sheet draws a still one.
  Object.assign(element, { activeindicator: false });
  element.addEventListener('change', (event) => {
    // A dropdown or checkbox inside a view sends `change` too, and it bubbles up to here.
    if (event.target !== element) return;
    const active = 'activeid' in element ? element.activeid : null;
    const tab = list.find(({ id }) => `tab-${id}` === active);
    if (tab) onSelect(tab.id);
  });
  const of = (from: ReadonlyMap<Id, HTMLElement>, id: Id): HTMLElement => {
    const found = from.get(id);
    if (!found) throw new Error(`There is no tab ${id}.`);
    return found;
  };
  return {
    element,
    view: (id) => of(views, id),
    select: (id) => void Object.assign(element, { activeid: `tab-${id}` }),
    setBadge: (id, mark) => {
      const head = of(heads, id);
      head.querySelector('.badge')?.remove();
      if (mark) head.append(mark);
    },
  };
}
