import { describe, expect, it } from 'vitest';
import { refusedPauseMs, slots } from '../../../src/transport/slots.ts';

const never = new AbortController().signal;

describe('slots', () => {
  it('are given in the order of asking', async () => {
    const places = slots(1);
    const got: number[] = [];
    for (const n of [1, 2, 3]) void places.take(never).then(() => got.push(n));
    await Promise.resolve();
    expect(got).toEqual([1]);
    places.free();
    places.free();
    await Promise.resolve();
    expect(got).toEqual([1, 2, 3]);
  });

  it('are not given to who has gone', async () => {
    const places = slots(1);
    await places.take(never);
    const gone = new AbortController();
    const first = places.take(gone.signal);
    const second = places.take(never);
    gone.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    places.free();
    await second;
    await expect(places.take(gone.signal)).rejects.toThrow('gone');
  });

  it('become fewer when one of several is refused, not when the only one is', async () => {
    const places = slots(3);
    await places.take(never);
    places.refused();
    await places.take(never);
    await places.take(never);
    places.refused();
    places.free();
    let got = false;
    const third = places.take(never).then(() => {
      got = true;
    });
    await Promise.resolve();
    expect(got).toBe(false);
    places.free();
    await third;
  });
});

it('a host on which a shell has run is waited for longer', () => {
  const pauses = (hasRun: boolean): number => {
    let sum = 0;
    for (let refusals = 0, ms = refusedPauseMs(0, hasRun); ms !== null; ms = refusedPauseMs(++refusals, hasRun))
      sum += ms;
    return sum;
  };
  expect(pauses(false)).toBe(600);
  expect(pauses(true)).toBeGreaterThan(5000);
});
