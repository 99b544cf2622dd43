import type { DocumentContext, Problem } from '../service/languageService.ts';
import { checkKeys } from './checkKeys.ts';
import { checkJumps, checkRule } from './checkRule.ts';
import { checkSyntax } from './checkSyntax.ts';
import { parseUdevRules } from './udevRules.ts';

/** What can be said of a file of udev rules, in the order of the file. */
export function udevProblems(text: string, _context: DocumentContext): Problem[] {
  const rules = parseUdevRules(text);
  const problems = rules.flatMap((rule) => {
    const own = [...checkSyntax(rule), ...checkKeys(rule)];
    // What udev leaves out anyway has no effect of its own to judge.
    return own.some(({ severity }) => severity === 'error') ? own : [...own, ...checkRule(rule)];
  });
  return [...problems, ...checkJumps(rules)].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
