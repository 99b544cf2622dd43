import type { Parsed, Warning } from './parsed.ts';
import { eachLine } from './scan.ts';
import { excerpt, warn } from './warnings.ts';

/** What tuned has and uses. */
export interface TunedProfiles {
  readonly available: readonly string[];
  /** Null: no profile is active, or the text does not say. Several active profiles are apart by blanks. */
  readonly active: string | null;
}

/** `tuned-adm list` and `tuned-adm active`. A description after ` - ` is left out of a name. */
export function parseTunedAdm(text: string): Parsed<TunedProfiles> {
  const available: string[] = [];
  const warnings: Warning[] = [];
  let active: string | null = null;
  eachLine(text, (from, end, line) => {
    const content = text.slice(from, end).trim();
    if (content === '' || content === 'Available profiles:' || content.startsWith('No current active profile')) return;
    const [, name] = /^- (\S+)(?:\s+- .*)?$/.exec(content) ?? [];
    const [, current] = /^Current active profile:\s*(.*)$/.exec(content) ?? [];
    if (name !== undefined) available.push(name);
    else if (current !== undefined) active = current === '' ? null : current;
    else warn(warnings, line, excerpt(content));
  });
  return { value: { available, active }, warnings };
}
