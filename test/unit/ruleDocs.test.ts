import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ruleDocs } from '../../scripts/ruleDocs.mts';
import { allRules } from '../../src/diagnosis/allRules.ts';

it('docs/rules.md is what `npm run docs` makes of the rules', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/rules.md'), 'utf8');
  expect(page === ruleDocs(), 'run `npm run docs`').toBe(true);
});

it('every rule is in it once, with every threshold by the name that the setting takes', () => {
  const page = ruleDocs();
  for (const { id, limits } of allRules) {
    expect(page.split(`\n## ${id} `)).toHaveLength(2);
    for (const name of Object.keys(limits)) expect(page).toContain(`| \`${id}.${name}\` | ${limits[name]?.value} |`);
  }
});
