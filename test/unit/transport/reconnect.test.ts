import { expect, it } from 'vitest';
import { withReconnect } from '../../../src/transport/reconnect.ts';

const quickly = { tries: 4, signal: new AbortController().signal, worthIt: () => true, pauseMs: () => 1 };

it('tries again as often as it may, and tells of each pause', async () => {
  const pauses: [string, number][] = [];
  const work = async (attempt: number): Promise<number> => {
    if (attempt < 3) throw new Error(`try ${attempt}`);
    return attempt;
  };
  const onPause = (error: unknown, _ms: number, next: number): void => {
    pauses.push([String(error), next]);
  };
  expect(await withReconnect(work, { ...quickly, onPause })).toBe(3);
  expect(pauses).toEqual([
    ['Error: try 1', 2],
    ['Error: try 2', 3],
  ]);
});

it('ends with the last failure', async () => {
  const work = (attempt: number): Promise<never> => Promise.reject(new Error(`try ${attempt}`));
  await expect(withReconnect(work, { ...quickly, onPause: () => {} })).rejects.toThrow('try 4');
});

it('does not try again what will not go better, nor when the pauses are used up', async () => {
  let tries = 0;
  const work = (): Promise<never> => {
    tries += 1;
    return Promise.reject(new Error('refused'));
  };
  await expect(withReconnect(work, { ...quickly, worthIt: () => false, onPause: () => {} })).rejects.toThrow('refused');
  await expect(withReconnect(work, { ...quickly, pauseMs: () => null, onPause: () => {} })).rejects.toThrow('refused');
  expect(tries).toBe(2);
});

it('is given up in the middle of a pause, with the reason', async () => {
  const abort = new AbortController();
  const reason = new Error('cancelled');
  const trying = withReconnect(() => Promise.reject(new Error('lost')), {
    ...quickly,
    signal: abort.signal,
    pauseMs: () => 60_000,
    onPause: () => setImmediate(() => abort.abort(reason)),
  });
  await expect(trying).rejects.toBe(reason);
});
