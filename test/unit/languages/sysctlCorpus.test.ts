import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sysctlService } from '../../../src/languages/sysctl/sysctlService.ts';
import { alone } from './inDocument.ts';

const folder = join(import.meta.dirname, '../../fixtures/sysctl');

it.each(['6.1-host', '6.1-namespace', '6.12-host', '6.12-namespace'])(
  'of what a kernel says of itself (%s), read as a file, nothing is told but what cannot be set or does nothing',
  (name) => {
    const text = readFileSync(join(folder, `${name}.txt`), 'utf8');
    expect(text.split('\n').length).toBeGreaterThan(450);
    const told = sysctlService
      .problems(text, alone)
      .filter(({ severity }) => severity === 'error' || severity === 'warning');
    const wrong = told.filter(({ code }) => code !== 'read-only-key');
    expect(wrong.map(({ message }) => message)).toEqual([]);
    // It is no file to put anywhere: what the kernel only shows is in it.
    expect(told.length).toBeGreaterThan(5);
  },
);
