import type { LanguageService } from '../service/languageService.ts';
import { formatUdev } from './udevFormat.ts';
import { udevFoldings, udevSymbols } from './udevOutline.ts';
import { udevProblems } from './udevProblems.ts';

/** Files of `udev/rules.d` (udev(7)). */
export const udevService: LanguageService = {
  id: 'udev-rules',
  problems: udevProblems,
  hover: () => null,
  completions: () => [],
  symbols: udevSymbols,
  foldings: udevFoldings,
  format: formatUdev,
  actions: () => [],
};
