import { expect, it } from 'vitest';
import { backoffMs } from '../../../src/transport/backoff.ts';

it('waits twice as long each time, up to a minute, and then no more', () => {
  const waits = Array.from({ length: 12 }, (_, n) => backoffMs(n + 1));
  const seconds = [1, 2, 4, 8, 16, 32, 60, 60, 60, 60];
  expect(waits).toEqual([...seconds.map((wait) => wait * 1000), null, null]);
});

it('bears an attempt that is none', () => {
  expect(backoffMs(0)).toBe(1000);
  expect(backoffMs(-3)).toBe(1000);
});
