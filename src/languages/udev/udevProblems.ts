import { checkPlace } from '../service/checkPlace.ts';
import type { DocumentContext, Problem } from '../service/languageService.ts';
import { checkEthtool } from './checkEthtool.ts';
import { checkHost } from './checkHost.ts';
import { checkKeys } from './checkKeys.ts';
import { checkNet } from './checkNet.ts';
import { checkOrder } from './checkOrder.ts';
import { checkPhase } from './checkPhase.ts';
import { checkJumps, checkRule } from './checkRule.ts';
import { checkRun } from './checkRun.ts';
import { checkSyntax } from './checkSyntax.ts';
import { rulesInFlow } from './ruleFlow.ts';
import { parseUdevRules } from './udevRules.ts';

/** What can be said of a file of udev rules, in the order of the file. */
export function udevProblems(text: string, context: DocumentContext): Problem[] {
  const rules = parseUdevRules(text);
  const kept: ReturnType<typeof rulesInFlow> = [];
  const problems: Problem[] = [];
  for (const inFlow of rulesInFlow(rules)) {
    const own = [...checkSyntax(inFlow.rule), ...checkKeys(inFlow.rule)];
    problems.push(...own);
    // What udev leaves out anyway has no effect of its own to judge.
    if (own.some(({ severity }) => severity === 'error')) continue;
    kept.push(inFlow);
    problems.push(
      ...checkRule(inFlow.rule),
      ...checkNet(inFlow),
      ...checkRun(inFlow, context.path),
      ...checkEthtool(inFlow, context.host),
      ...checkHost(inFlow, context.host),
    );
  }
  problems.push(
    ...checkJumps(rules),
    ...checkPhase(kept, context),
    ...checkOrder(kept, text),
    ...checkPlace(text, context, 'udev/rules.d', '.rules'),
  );
  return problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
