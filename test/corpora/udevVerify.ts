import { execFileSync } from 'node:child_process';
import type { Problem } from '../../src/languages/service/languageService.ts';
import { lineIndex } from '../../src/languages/service/lineIndex.ts';
import { udevProblems } from '../../src/languages/udev/udevProblems.ts';
import { parseUdevRules } from '../../src/languages/udev/udevRules.ts';

/** What `udevadm verify` (systemd 254 and later) says, and what we call it. */
const said: readonly (readonly [RegExp, string])[] = [
  [/Invalid key\/value pair/, 'syntax'],
  [/Invalid operator for/, 'operator'],
  [/Invalid attribute for/, 'attribute'],
  [/Invalid (?:attribute|value) "/, 'substitution'],
  [/ key takes /, 'operator-read-as'],
  [/Invalid prefix/, 'prefix-i'],
  [/Ignoring NAME=/, 'name-without-effect'],
  [/Invalid ENV attribute/, 'reserved-property'],
  [/must be specified as/, 'old-subsystem'],
  [/'device' link|Direct reference/, 'attrs-path'],
  [/Failed to parse mode/, 'mode'],
  [/Unknown builtin/, 'unknown-builtin'],
  [/Invalid value for OPTIONS/, 'option'],
  [/Failed to parse (?:link priority|log level)/, 'option-value'],
  [/Contains multiple/, 'several-jumps'],
  [/Invalid key '/, 'unknown-key'],
  [/style: .*comma/, 'comma'],
  [/style: .*whitespace/, 'comma'],
  [/has no effect any more/, ''],
  [/The line has no effect/, 'no-effect'],
  [/Reordering RESULT/, 'result-before-program'],
  [/no matching label/, 'no-label'],
  [/is unused/, 'label-unused'],
  [/duplicate expressions/, 'duplicate'],
  [/conflicting match/, 'conflict'],
  [/Line is too long/, 'syntax'],
  [/Unexpected EOF/, 'syntax'],
];

/** Our codes by the same names; a code that is not here is about what `udevadm verify` does not look at. */
const ours: Readonly<Record<string, string>> = {
  'no-operator': 'syntax',
  'no-closing-brace': 'syntax',
  'no-value': 'syntax',
  'not-quoted': 'syntax',
  'bad-prefix': 'syntax',
  'no-closing-quote': 'syntax',
  'bad-escape': 'syntax',
  'blank-after-backslash': 'syntax',
  'open-rule': 'syntax',
  'line-too-long': 'syntax',
  operator: 'operator',
  braces: 'attribute',
  type: 'attribute',
  'unknown-constant': 'attribute',
  substitution: 'substitution',
  'empty-value': 'substitution',
  'operator-read-as': 'operator-read-as',
  'prefix-i': 'prefix-i',
  'name-without-effect': 'name-without-effect',
  'reserved-property': 'reserved-property',
  'old-subsystem': 'old-subsystem',
  'attrs-path': 'attrs-path',
  'unknown-builtin': 'unknown-builtin',
  'unknown-option': 'option',
  'option-gone': 'option',
  'option-value': 'option-value',
  'several-jumps': 'several-jumps',
  'unknown-key': 'unknown-key',
  'comma-missing': 'comma',
  'comma-stray': 'comma',
  'comma-blanks': 'comma',
  'no-effect': 'no-effect',
  'result-before-program': 'result-before-program',
  'no-label': 'no-label',
  'label-unused': 'label-unused',
  duplicate: 'duplicate',
  conflict: 'conflict',
};

/** Lines of rules (that udev names by their last) where `udevadm verify` and we say different things. */
export function disagreements(text: string, verified: string): string[] {
  const theirs = new Map<number, Set<string>>();
  const unknown: string[] = [];
  for (const [, number = '', message = ''] of verified.matchAll(/^[^\n]*?:(\d+) ([^\n]*)$/gm)) {
    const name = said.find(([pattern]) => pattern.test(message))?.[1];
    if (name === undefined) unknown.push(`${number}: nothing of ours is "${message}"`);
    else if (name !== '') add(theirs, Number(number), name);
  }
  const lines = new Map<number, Set<string>>();
  const dropped = new Set<number>();
  const { positionOf } = lineIndex(text);
  const rules = parseUdevRules(text);
  for (const problem of udevProblems(text, { path: null, siblings: [], host: null })) {
    const rule = rules.find(({ start, end }) => problem.span.start >= start && problem.span.start < end);
    const line = (rule?.endLine ?? positionOf(problem.span.start).line) + 1;
    const name = nameOf(problem);
    // udevadm compares the values of ATTR and ATTRS only for being the same, not for being apart.
    const ofAttribute = name === 'conflict' && /^ATTRS?\{/.test(text.slice(problem.span.start));
    if (name === null || ofAttribute) continue;
    add(lines, line, name);
    if (problem.severity === 'error') dropped.add(line);
  }
  return [
    ...unknown,
    // Between tokens of which one cannot be read we say nothing of commas.
    ...missing(theirs, lines)
      .filter((one) => !one.endsWith(' comma') || lines.get(Number.parseInt(one, 10))?.has('syntax') !== true)
      .map((one) => `${one}: udevadm alone`),
    // Of a rule that is left out udevadm tells the first reason only.
    ...missing(lines, theirs)
      .filter((one) => !dropped.has(Number.parseInt(one, 10)) || !theirs.has(Number.parseInt(one, 10)))
      .map((one) => `${one}: we alone`),
  ];
}

function nameOf({ code, severity }: Problem): string | null {
  if (code === 'mode') return severity === 'error' ? 'mode' : null;
  return ours[code] ?? null;
}

function add(map: Map<number, Set<string>>, line: number, name: string): void {
  const names = map.get(line);
  if (names === undefined) map.set(line, new Set([name]));
  else names.add(name);
}

function missing(
  all: ReadonlyMap<number, ReadonlySet<string>>,
  from: ReadonlyMap<number, ReadonlySet<string>>,
): string[] {
  return [...all].flatMap(([line, names]) =>
    [...names].filter((name) => from.get(line)?.has(name) !== true).map((name) => `${line} ${name}`),
  );
}

/** What a `udevadm` says of a file; null where it has no `verify`, as before systemd 254. Names of users are not looked up. */
export function verifiedBy(command: readonly string[], file: string): string | null {
  const [program = 'udevadm', ...args] = command;
  try {
    return execFileSync(program, [...args, 'verify', '--no-summary', '--resolve-names=never', file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, SYSTEMD_LOG_COLOR: '0', LC_ALL: 'C' },
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return /Unknown command|unrecognized/.test(stderr) ? null : `${stdout}${stderr}`;
  }
}
