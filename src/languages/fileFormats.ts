import type { Format } from '../kernel/formats.ts';
import type { Parsed, Warning } from '../kernel/parsed.ts';
import { excerpt, warn } from '../kernel/warnings.ts';
import { unitSettings } from './link/unitFiles.ts';
import { assignmentsOf, parseSysctlConf, type SysctlLine } from './sysctl/sysctlConf.ts';
import { parseUdevRules } from './udev/udevRules.ts';

/** Configuration files that can be read by themselves, beside the kernel's formats. */
export const fileFormats: readonly Format[] = [
  { name: 'sysctl.conf', source: '/etc/sysctl.d/*.conf', examples: ['sysctl.conf.txt'], parse: sysctlConf },
  { name: 'udev-rules', source: '/etc/udev/rules.d/*.rules', examples: ['udev-rules.txt'], parse: udevRules },
  { name: 'link', source: '/etc/systemd/network/*.link', examples: ['link.txt'], parse: unitFile },
];

interface SysctlConfValue {
  /** Key to the value that the file sets, of several the last. */
  readonly keys: ReadonlyMap<string, string>;
  readonly lines: readonly SysctlLine[];
}

function sysctlConf(text: string): Parsed<SysctlConfValue> {
  const document = parseSysctlConf(text);
  const keys = new Map(assignmentsOf(document).map(({ key, value }) => [key, value]));
  const warnings: Warning[] = [];
  for (const line of document.lines) if (line.kind === 'malformed') warn(warnings, line.lineNumber + 1, line.reason);
  return { value: { keys, lines: document.lines }, warnings };
}

function udevRules(text: string): Parsed<unknown> {
  const warnings: Warning[] = [];
  const rules = parseUdevRules(text).map(({ startLine, endLine, joined, tokens, faults }) => {
    for (const { from } of faults)
      warn(warnings, startLine + 1, excerpt(`cannot read from here on: ${joined.slice(from)}`));
    return {
      line: startLine + 1,
      endLine: endLine + 1,
      tokens: tokens.map(({ key, attribute, operator, value }) => ({ key, attribute, operator, value })),
      faults: faults.map(({ kind }) => kind),
    };
  });
  return { value: rules, warnings };
}

function unitFile(text: string): Parsed<unknown> {
  const lines = text.split('\n').map((one, index) => ({ line: index + 1, text: one.replace(/\r$/, '') }));
  const settings = unitSettings({ path: '', target: null, readable: true, lines });
  return { value: settings.map(({ line, section, key, value }) => ({ line, section, key, value })), warnings: [] };
}
