import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formatDocs } from '../../scripts/formatDocs.mts';

it('docs/formats.md is what `npm run docs` makes of the parsers', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/formats.md'), 'utf8');
  expect(page === formatDocs(), 'run `npm run docs`').toBe(true);
});
