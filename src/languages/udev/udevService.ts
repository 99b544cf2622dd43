import type { LanguageService } from '../service/languageService.ts';
import { udevActions } from './udevActions.ts';
import { udevCompletions } from './udevCompletion.ts';
import { formatUdev } from './udevFormat.ts';
import { udevHover } from './udevHover.ts';
import { udevFoldings, udevSymbols } from './udevOutline.ts';
import { udevProblems } from './udevProblems.ts';

/** Files of `udev/rules.d` (udev(7)). */
export const udevService: LanguageService = {
  id: 'udev-rules',
  problems: udevProblems,
  hover: udevHover,
  completions: udevCompletions,
  symbols: udevSymbols,
  foldings: udevFoldings,
  format: formatUdev,
  actions: udevActions,
};
