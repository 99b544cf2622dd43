import type { Severity } from '../../src/model/severity.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';

export type Verdict = Severity | 'ok' | 'unread';

const verdictWords: Readonly<Record<Verdict, string>> = {
  crit: 'Critical',
  warn: 'Warning',
  info: 'Info',
  ok: 'OK',
  unread: 'Not read',
};

/** A verdict by shape and word; its colour only repeats them. */
export function verdictMark(verdict: Verdict, word = verdictWords[verdict]): HTMLElement {
  return h('span', { class: `verdict verdict-${verdict}` }, icon(verdict), word);
}
