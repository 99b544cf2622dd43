import { type Harm, harms } from '../../knowledge/sysctl/harmful.ts';
import { isIn } from '../../knowledge/sysctlKeys.ts';
import type { DocumentContext, Problem } from '../service/languageService.ts';
import { possibleFix, problem, replaced } from '../service/problem.ts';
import { linksOf } from './sysctlLinks.ts';
import { type SysctlSource, wholeLine } from './sysctlSource.ts';
import { kernelNumber, splitNote } from './sysctlValue.ts';

const byKey = new Map<string, Harm[]>();
for (const harm of harms) byKey.set(harm.key, [...(byKey.get(harm.key) ?? []), harm]);

/** Values that advice on the net asks for and that do harm, or not what they are asked for. */
export function adviceProblems(source: SysctlSource, { host }: DocumentContext): Problem[] {
  return source.assignments.flatMap((line) => {
    const known = byKey.get(line.key);
    if (known === undefined) return [];
    const facts = source.facts.get(line);
    if (facts !== undefined && isIn(facts, host?.kernel ?? null) === false) return [];
    const numbers = splitNote(line.value)
      .plain.split(/\s+/)
      .map((word) => kernelNumber(word) ?? Number.NaN);
    if (numbers.some(Number.isNaN)) return [];
    return known
      .filter(({ holds }) => holds(numbers))
      .map(({ message, why, severity }) =>
        problem({
          code: 'harmful-advice',
          severity,
          span: source.index.spanOf(line.valueRange),
          message,
          why,
          links: linksOf(line.key),
          fixes: [possibleFix('Remove the line', replaced(wholeLine(source, line.lineNumber), ''))],
        }),
      );
  });
}
