import type { Parsed, Warning } from './parsed.ts';
import { eachLine, isCut } from './scan.ts';
import { excerpt, warn } from './warnings.ts';

/**
 * `sysctl -a` (procps and busybox): key to value as printed. A value of several lines is printed with the key before each
 * of them: they are joined by line ends. Lines that are no `key = value` (what sysctl says of keys it may not read) are
 * warnings.
 */
export function parseSysctlA(text: string): Parsed<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  const warnings: Warning[] = [];
  eachLine(text, (from, end, line) => {
    const content = text.slice(from, end);
    if (content.trim() === '') return;
    // Of an empty value some print the blank after the sign, some do not.
    const at = content.endsWith(' =') && !content.includes(' = ') ? content.length - 2 : content.indexOf(' = ');
    const key = at < 0 ? '' : content.slice(0, at);
    if (key === '' || key.includes(' ') || key.includes(':')) {
      warn(warnings, line, excerpt(content));
      return;
    }
    if (isCut(text, end)) warn(warnings, line, 'the text ends inside this line');
    const value = content.slice(at + 3);
    const before = values.get(key);
    values.set(key, before === undefined ? value : `${before}\n${value}`);
  });
  return { value: values, warnings };
}
