import type { Part } from '../protocol.ts';
import { h } from './dom.ts';
import { rate, sentence, unknown } from './format.ts';
import { icon } from './icons.ts';

/** A figure, or an en dash that says on hover and to a screen reader why there is none. */
export function figureOr<T extends string | number>(
  value: T | null,
  format: (value: T) => string,
  reason: string,
): Node {
  if (value !== null) return document.createTextNode(format(value));
  const why = `not read: ${reason}`;
  return h('span', { class: 'unread', title: why, role: 'img', 'aria-label': why }, unknown);
}

export function rateOr(value: number | null, reason: string): Node {
  return figureOr(value, (known) => rate(known), reason);
}

/** Stands in place of a part the host could not give. */
export function notRead(title: string, part: Part<unknown> & { readonly ok: false }): HTMLElement {
  return h(
    'section',
    { class: 'not-read' },
    h('h3', null, title),
    h('p', null, icon('unread'), `Not read: ${part.reason} (${part.source})`),
  );
}

/** Why every figure of a tab counts from boot, and what that means for what is `shown`. */
export function noRatesNotice(noRates: string | null, shown: string): HTMLElement {
  return notice(`${sentence(`No rates: ${noRates ?? 'the snapshot has one sample'}`)} ${shown}`);
}

export function notice(text: string): HTMLElement {
  return h('p', { class: 'notice' }, icon('info'), h('span', null, text));
}
