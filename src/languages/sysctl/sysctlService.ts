import type { LanguageService } from '../service/languageService.ts';
import { formatSysctl } from './sysctlFormat.ts';
import { sysctlFoldings, sysctlSymbols } from './sysctlOutline.ts';
import { shapeProblems } from './sysctlShape.ts';
import { sysctlSource } from './sysctlSource.ts';

/** sysctl.conf, sysctl.d/*.conf, ufw/sysctl.conf (sysctl.d(5), sysctl.conf(5)). */
export const sysctlService: LanguageService = {
  id: 'sysctl',
  problems: (text) => shapeProblems(sysctlSource(text)),
  hover: () => null,
  completions: () => [],
  symbols: sysctlSymbols,
  foldings: sysctlFoldings,
  format: formatSysctl,
  actions: () => [],
};
