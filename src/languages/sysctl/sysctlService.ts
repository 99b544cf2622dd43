import type { DocumentContext, LanguageService, Problem } from '../service/languageService.ts';
import { sysctlActions } from './sysctlActions.ts';
import { adviceProblems } from './sysctlAdvice.ts';
import { completeSysctl } from './sysctlCompletion.ts';
import { formatSysctl } from './sysctlFormat.ts';
import { hostProblems } from './sysctlHostProblems.ts';
import { hoverSysctl } from './sysctlHover.ts';
import { keyProblems } from './sysctlKeyProblems.ts';
import { sysctlFoldings, sysctlSymbols } from './sysctlOutline.ts';
import { pairProblems } from './sysctlPairs.ts';
import { repeatProblems } from './sysctlRepeats.ts';
import { shapeProblems } from './sysctlShape.ts';
import { sysctlSource } from './sysctlSource.ts';
import { valueProblems } from './sysctlValueProblems.ts';

/** sysctl.conf, sysctl.d/*.conf, ufw/sysctl.conf (sysctl.d(5), sysctl.conf(5)). */
export const sysctlService: LanguageService = {
  id: 'sysctl',
  problems,
  hover: hoverSysctl,
  completions: completeSysctl,
  symbols: sysctlSymbols,
  foldings: sysctlFoldings,
  format: formatSysctl,
  actions: sysctlActions,
};

function problems(text: string, context: DocumentContext): Problem[] {
  const source = sysctlSource(text);
  return [
    ...shapeProblems(source),
    ...keyProblems(source, context),
    ...valueProblems(source, context),
    ...repeatProblems(source, context),
    ...pairProblems(source, context),
    ...adviceProblems(source, context),
    ...hostProblems(source, context),
  ].sort((x, y) => x.span.start - y.span.start);
}
