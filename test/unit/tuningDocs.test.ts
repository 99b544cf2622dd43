import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tuningDocs } from '../../scripts/tuningDocs.mts';
import { allTunings } from '../../src/tuning/allTunings.ts';

it('docs/tunings.md is what `npm run docs` makes of the tunings', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/tunings.md'), 'utf8');
  expect(page === tuningDocs(), 'run `npm run docs`').toBe(true);
});

it('every tuning from T1 to T19 is in it once', () => {
  const page = tuningDocs();
  expect(allTunings.map(({ id }) => id)).toEqual(Array.from({ length: 19 }, (_, index) => `T${index + 1}`));
  for (const { id } of allTunings) expect(page.split(`\n## ${id} `)).toHaveLength(2);
});
