import { parseSysctlA } from '../../../src/kernel/sysctlA.ts';
import { parseTunedAdm } from '../../../src/kernel/tunedAdm.ts';
import { fileFormats } from '../../../src/languages/fileFormats.ts';
import { assignmentsOf, parseSysctlConf } from '../../../src/languages/sysctl/sysctlConf.ts';
import { parseUdevRules } from '../../../src/languages/udev/udevRules.ts';
import type { NormalForm, ToNormalForm } from './normalForms.ts';

/** What sets a host up, in the peers' common forms. */
export const configForms: readonly (readonly [string, ToNormalForm])[] = [
  ['sysctl_a', sysctlA],
  ['sysctl_conf', sysctlConf],
  ['tuned.insights', tuned],
  ['udev_rules.insights', udevRules],
];

/** jc has whole numbers as numbers, and joins the lines of a value as we do. */
function sysctlA(text: string): NormalForm {
  const { value, warnings } = parseSysctlA(text);
  const keys = [...value].map(([key, one]) => [key, /^-?\d+$/.test(one) ? Number(one) : one]);
  return { value: { keys: Object.fromEntries(keys) }, warnings };
}

function sysctlConf(text: string): NormalForm {
  const document = parseSysctlConf(text);
  const assignments = assignmentsOf(document).map(({ rawKey, value }) => [rawKey, value]);
  return { value: { keys: Object.fromEntries(assignments) }, warnings: [] };
}

/** The peer's tests ask by expression. */
function tuned(text: string): NormalForm {
  const { value, warnings } = parseTunedAdm(text);
  return {
    value: {
      "len(tuned_output.get('available'))": value.available.length,
      "tuned_output.get('active')": value.active,
      "tuned_output.get('available')": value.available,
    },
    warnings,
  };
}

/** The peer keeps lines as they are: what we read must have every rule of the file in it. */
function udevRules(text: string): NormalForm {
  const rules = parseUdevRules(text);
  const format = fileFormats.find(({ name }) => name === 'udev-rules');
  const lines = new Set(
    rules.flatMap(({ startLine, endLine }) =>
      Array.from({ length: endLine - startLine + 1 }, (_, index) => startLine + index),
    ),
  );
  const missed = text.split('\n').filter((line, index) => /^\s*[^#\s]/.test(line) && !lines.has(index));
  return { value: { 'line in result.lines': missed.length === 0 }, warnings: format?.parse(text).warnings ?? [] };
}
