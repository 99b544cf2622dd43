import { documentationOf } from '../../knowledge/sysctlKeys.ts';
import type { Link } from '../service/languageService.ts';

/** The page of the kernel's documentation that has the key. */
export function linksOf(key: string): Link[] {
  const url = documentationOf(key);
  return url === null ? [] : [{ label: 'Kernel documentation', url }];
}
