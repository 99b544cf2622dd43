import { linkService } from '../link/linkService.ts';
import { sysctlService } from '../sysctl/sysctlService.ts';
import { udevService } from '../udev/udevService.ts';
import type { LanguageService } from './languageService.ts';

/** The languages that there are. */
export const services: readonly LanguageService[] = [sysctlService, udevService, linkService];
