import { codeSpans } from '../../src/model/codeSpans.ts';
import { type Child, h } from './dom.ts';

/** A sentence with what stands between backticks as code. */
export function prose(text: string): readonly Child[] {
  return codeSpans(text).map(({ code, words }) => (code ? h('code', null, words) : words));
}
