import { checkPlace } from '../service/checkPlace.ts';
import type { DocumentContext, LanguageService, Problem } from '../service/languageService.ts';
import { checkLimits } from './checkLimits.ts';
import { checkMatch } from './checkMatch.ts';
import { checkUnit } from './checkUnit.ts';
import { linkActions } from './linkActions.ts';
import { linkCompletions } from './linkCompletion.ts';
import { linkHover } from './linkHover.ts';
import { formatLink, linkFoldings, linkSymbols } from './linkOutline.ts';
import { parseUnit } from './unitText.ts';

/** `.link` files of systemd (systemd.link(5)), and what is dropped into them. */
export const linkService: LanguageService = {
  id: 'systemd-link',
  problems: linkProblems,
  hover: linkHover,
  completions: linkCompletions,
  symbols: linkSymbols,
  foldings: linkFoldings,
  format: formatLink,
  actions: linkActions,
};

/** What can be said of a .link file, in the order of the file. */
export function linkProblems(text: string, context: DocumentContext): Problem[] {
  const nodes = parseUnit(text);
  return [
    ...checkUnit(nodes, context.host),
    ...checkMatch(text, nodes, context),
    ...checkLimits(text, nodes, context),
    ...checkPlace(text, context, 'systemd/network', '.link'),
  ].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
