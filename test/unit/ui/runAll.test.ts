import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { runAll } from '../../../src/ui/runAll.ts';

const never = new AbortController().signal;

it('runs at most so many at a time and resolves to the outcomes in the order of the items', async () => {
  let running = 0;
  let most = 0;
  const outcomes = await runAll(
    [5, 1, 4, 2, 3],
    2,
    async (n) => {
      running += 1;
      most = Math.max(most, running);
      await delay(n * 3);
      running -= 1;
      if (n === 4) throw new Error('four');
      return n * 10;
    },
    never,
  );
  expect(most).toBe(2);
  expect(outcomes).toEqual([
    { kind: 'done', result: 50 },
    { kind: 'done', result: 10 },
    { kind: 'failed', error: new Error('four') },
    { kind: 'done', result: 20 },
    { kind: 'done', result: 30 },
  ]);
});

it('begins nothing more once it is given up, and what ran is skipped', async () => {
  const abort = new AbortController();
  const begun: number[] = [];
  const seen: string[] = [];
  const all = runAll(
    [1, 2, 3, 4],
    2,
    (n, signal) => {
      begun.push(n);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    },
    abort.signal,
    ({ kind }) => seen.push(kind),
  );
  abort.abort(new Error('enough'));
  expect(await all).toEqual([{ kind: 'skipped' }, { kind: 'skipped' }, { kind: 'skipped' }, { kind: 'skipped' }]);
  expect(begun).toEqual([1, 2]);
  expect(seen).toEqual(['skipped', 'skipped']);
});

it('does nothing with nothing, and one at a time where the limit is none', async () => {
  expect(await runAll([], 8, async () => 1, never)).toEqual([]);
  expect(await runAll(['a', 'b'], 0, async (text) => text, never)).toHaveLength(2);
});

it('calls a throw before the first await a failure', async () => {
  const work = (): Promise<number> => {
    throw new Error('at once');
  };
  expect(await runAll([1], 1, work, never)).toEqual([{ kind: 'failed', error: new Error('at once') }]);
});
