import { expect } from 'vitest';
import type {
  DocumentContext,
  Fix,
  LanguageService,
  Problem,
  SpanEdit,
} from '../../../src/languages/service/languageService.ts';

/** Held against nothing. */
export const alone: DocumentContext = { path: null, siblings: [], host: null };

/** A text after edits, which must be in it and must not overlap. */
export function edited(text: string, edits: readonly SpanEdit[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, text: inserted } of [...edits].sort((x, y) => x.start - y.start)) {
    expect(start).toBeGreaterThanOrEqual(from);
    expect(end).toBeLessThanOrEqual(text.length);
    result += text.slice(from, start) + inserted;
    from = end;
  }
  return result + text.slice(from);
}

/** The one problem of a code. */
export function problemOf(problems: readonly Problem[], code: string): Problem {
  const [found, ...more] = problems.filter((problem) => problem.code === code);
  expect(
    more.map(({ message }) => message),
    code,
  ).toEqual([]);
  if (found === undefined) throw new Error(`no ${code} among ${problems.map((problem) => problem.code).join(', ')}`);
  return found;
}

/** Of each problem its code, its severity and the text it is on. */
export function told(service: LanguageService, text: string, context: DocumentContext = alone): string[] {
  return service
    .problems(text, context)
    .map(({ code, severity, span }) => `${severity} ${code}: ${text.slice(span.start, span.end)}`);
}

/** What each fix makes of the text, by its title. */
export function outcomes(text: string, fixes: readonly Fix[]): Record<string, string> {
  return Object.fromEntries(fixes.map(({ title, edits }) => [title, edited(text, edits)]));
}
