import { visible } from './visible.ts';

type Listener = (event: Event) => void;
type Attribute = string | number | boolean | null | Listener;

/** What an element may hold. Strings become text nodes, never markup; null and false leave nothing. */
export type Child = Node | string | null | false | readonly Child[];

/**
 * An element with attributes and children. A function is an event listener under the event's own name (`click`),
 * `true` an empty attribute, `false` and `null` no attribute. There is no way to pass markup: what a host sent ends up
 * in text nodes and attribute values only, where it cannot reorder or hide what stands beside it. A `style` attribute would break the page's CSP: set `element.style` instead.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes?: Readonly<Record<string, Attribute>> | null,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K];
export function h(
  tag: string,
  attributes?: Readonly<Record<string, Attribute>> | null,
  ...children: readonly Child[]
): HTMLElement;
export function h(
  tag: string,
  attributes: Readonly<Record<string, Attribute>> | null = null,
  ...children: readonly Child[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null) element.setAttribute(name, visible(String(value)));
  }
  append(element, children);
  return element;
}

function append(element: HTMLElement, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === false) continue;
    if (isList(child)) append(element, child);
    else element.append(typeof child === 'string' ? visible(child) : child);
  }
}

function isList(child: Node | string | readonly Child[]): child is readonly Child[] {
  return Array.isArray(child);
}
