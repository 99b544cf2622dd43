import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allRules } from '../../src/diagnosis/allRules.ts';

const root = join(import.meta.dirname, '../..');
const rows = readFileSync(join(root, 'docs/coverage.md'), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, id]) => /^[IEMT]\d+$/.test(id ?? ''))
  .map(([, id = '', , section = '', parser = '', , shown = '', rules = '', file = '']) => ({
    id,
    section,
    parser,
    shown,
    rules,
    file,
  }));

/** The words between backquotes. */
const named = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

test('every step, check and tuning has one row', () => {
  const ids = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${n + 1}`);
  expect(rows.map(({ id }) => id)).toEqual([...ids('I', 25), ...ids('E', 20), ...ids('M', 10), ...ids('T', 21)]);
});

const collector = readFileSync(join(root, 'docs/collector.md'), 'utf8');
const tabs = ['Overview', 'Softnet', 'Interrupts', 'NICs', 'TCP', 'Counters', 'Settings'];
const ruleIds = new Set(allRules.map(({ id }) => id));

test.each(rows)('$id names what there is', ({ section, parser, shown, rules, file }) => {
  const sections = named(section);
  if (section !== 'on demand') expect(sections).not.toEqual([]);
  for (const name of sections) expect(collector, name).toContain(`\`${name}`);
  const parsers = named(parser);
  expect(parsers).not.toEqual([]);
  for (const path of parsers)
    expect(existsSync(join(root, path.startsWith('src/') ? path : `src/kernel/${path}`)), path).toBe(true);
  for (const tab of shown.split(', ')) expect(tabs).toContain(tab);
  // A step that only passes packets on, and a reading on demand, have no rule.
  if (rules !== '—') for (const rule of rules.split(', ')) expect(ruleIds, rule).toContain(rule);
  for (const path of named(file)) expect(existsSync(join(root, 'test', path)), path).toBe(true);
});
