import { checkPlace } from '../service/checkPlace.ts';
import type { DocumentContext, Problem } from '../service/languageService.ts';
import { checkEthtool } from './checkEthtool.ts';
import { checkHost } from './checkHost.ts';
import { checkKeys } from './checkKeys.ts';
import { checkNet } from './checkNet.ts';
import { checkOrder, settingsOf } from './checkOrder.ts';
import { checkPhase } from './checkPhase.ts';
import { checkJumps, checkRule } from './checkRule.ts';
import { checkRun } from './checkRun.ts';
import { checkSyntax } from './checkSyntax.ts';
import { type RuleInFlow, rulesInFlow } from './ruleFlow.ts';
import { type RuleVerdict, ruleMemo } from './ruleMemo.ts';
import { parseUdevRules } from './udevRules.ts';

/** What can be said of a file of udev rules, in the order of the file. */
export function udevProblems(text: string, context: DocumentContext): Problem[] {
  const rules = parseUdevRules(text);
  const kept: (RuleInFlow & Pick<RuleVerdict, 'settings'>)[] = [];
  const problems: Problem[] = [];
  const memo = ruleMemo(text, context);
  for (const inFlow of rulesInFlow(rules)) {
    const verdict = memo.problemsOf(inFlow, () => judged(inFlow, context));
    problems.push(...verdict.problems);
    if (!verdict.dropped) kept.push({ ...inFlow, settings: verdict.settings });
  }
  memo.done();
  problems.push(
    ...checkJumps(rules),
    ...checkPhase(kept, context),
    ...checkOrder(kept, text),
    ...checkPlace(text, context, 'udev/rules.d', '.rules'),
  );
  return problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** What can be said of a rule by itself. */
function judged(inFlow: RuleInFlow, { path, host }: DocumentContext): RuleVerdict {
  const own = [...checkSyntax(inFlow.rule), ...checkKeys(inFlow.rule)];
  // What udev leaves out anyway has no effect of its own to judge.
  if (own.some(({ severity }) => severity === 'error')) return { problems: own, settings: [], dropped: true };
  const problems = [
    ...own,
    ...checkRule(inFlow.rule),
    ...checkNet(inFlow),
    ...checkRun(inFlow, path),
    ...checkEthtool(inFlow, host),
    ...checkHost(inFlow, host),
  ];
  return { problems, settings: settingsOf(inFlow), dropped: false };
}
