import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of test/fixtures/kernel: what a real kernel or tool printed. */
export function fixture(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../fixtures/kernel', name), 'utf8');
}
