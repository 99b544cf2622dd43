import { expect } from 'vitest';
import type { Problem } from '../../../src/languages/service/languageService.ts';
import { applySpans } from './apply.ts';
import type { Case } from './udevVerifiedCases.ts';

/** That a text has the problem where it should, that its first repair is the one expected and ends it, and that the other text is silent. */
export function checkCase(one: Case, found: (text: string) => Problem | undefined): void {
  const problem = found(one.text);
  expect(problem).toBeDefined();
  if (problem === undefined) return;
  expect(one.text.slice(problem.span.start, problem.span.end)).toBe(one.marks);
  expect(problem.message).not.toMatch(/[.?]$/);
  const [fix] = problem.fixes;
  const repaired = fix === undefined ? null : applySpans(one.text, fix.edits);
  expect(repaired).toBe(one.repaired);
  if (repaired !== null) expect(found(repaired)).toBeUndefined();
  expect(found(one.silent)).toBeUndefined();
}
