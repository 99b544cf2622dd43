import { expect } from 'vitest';
import type { SpanEdit } from '../../../src/languages/service/languageService.ts';
import type { EditPlan, Position } from '../../../src/languages/text/textEdit.ts';

/** The text after a plan, applied as an editor does: all edits at once. Fails on edits that overlap. */
export function apply(text: string, plan: EditPlan): string {
  if (!plan.ok) throw new Error(plan.reason);
  return applySpans(
    text,
    plan.edits.map((edit) => ({ start: offsetOf(text, edit.start), end: offsetOf(text, edit.end), text: edit.text })),
  );
}

/** The same of edits by offset. */
export function applySpans(text: string, edits: readonly SpanEdit[]): string {
  let result = '';
  let done = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    expect(edit.start).toBeGreaterThanOrEqual(done);
    expect(edit.end).toBeGreaterThanOrEqual(edit.start);
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}

export function offsetOf(text: string, { line, character }: Position): number {
  let offset = 0;
  const ends = /\r\n|\n|\r/g;
  for (let at = 0; at < line; at++) {
    if (ends.exec(text) === null) throw new Error(`no line ${line}`);
    offset = ends.lastIndex;
  }
  return offset + character;
}
