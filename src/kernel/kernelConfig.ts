import type { Parsed, Warning } from './parsed.ts';
import { eachLine } from './scan.ts';
import { excerpt, warn } from './warnings.ts';

/**
 * A kernel's build configuration (`/boot/config-RELEASE`, `/proc/config.gz` unpacked), whole or some lines of it:
 * option to `y`, `m`, a number or a quoted string as written, and `n` for `# CONFIG_X is not set`. An option that is
 * absent depends on something that is not set, so it is not set either; in a selection that cannot be told.
 */
export function parseKernelConfig(text: string): Parsed<ReadonlyMap<string, string>> {
  const warnings: Warning[] = [];
  const value = new Map<string, string>();
  eachLine(text, (from, end, number) => {
    const line = text.slice(from, end).trim();
    const [, unset] = /^# (CONFIG_\w+) is not set$/.exec(line) ?? [];
    const [, option, setting] = /^(CONFIG_\w+)=(.*)$/.exec(line) ?? [];
    if (unset !== undefined) value.set(unset, 'n');
    else if (option !== undefined && setting !== undefined) value.set(option, setting);
    else if (line !== '' && !line.startsWith('#')) warn(warnings, number, excerpt(line));
  });
  return { value, warnings };
}
