import { describe, expect, it } from 'vitest';
import { deltaOf, deltasOf } from '../../../src/model/delta.ts';

describe('deltaOf', () => {
  it.each([
    ['plain', 100, 160, 2, 32, { before: 100, after: 160, delta: 60, seconds: 2, perSecond: 30 }],
    ['standing still', 7, 7, 2, 64, { before: 7, after: 7, delta: 0, seconds: 2, perSecond: 0 }],
    ['32-bit wrap', 4294967290, 10, 2, 32, { before: 4294967290, after: 10, delta: 16, seconds: 2, perSecond: 8 }],
  ] as const)('%s', (_name, before, after, seconds, bits, expected) => {
    expect(deltaOf(before, after, seconds, bits)).toEqual(expected);
  });

  it.each([
    ['a reset of a 32-bit counter', 5000, 10, 2, 32],
    ['a reset of a 64-bit counter', 4294967290, 10, 2, 64],
    ['a "32-bit" counter that was larger than that', 5e9, 10, 2, 32],
    ['no time', 1, 2, 0, 64],
    ['time that went back', 1, 2, -1, 64],
  ] as const)('has no rate for %s', (_name, before, after, seconds, bits) => {
    expect(deltaOf(before, after, seconds, bits)).toBeNull();
  });
});

describe('deltasOf', () => {
  it('matches by key, reports resets, and invents nothing for what was in one sample only', () => {
    const resets: string[] = [];
    const deltas = deltasOf(
      new Map([
        ['kept', 1],
        ['gone', 5],
        ['reset', 9],
      ]),
      new Map([
        ['kept', 3],
        ['new', 7],
        ['reset', 2],
      ]),
      2,
      64,
      (key) => resets.push(key),
    );
    expect([...deltas.keys()]).toEqual(['kept']);
    expect(deltas.get('kept')?.perSecond).toBe(1);
    expect(resets).toEqual(['reset']);
  });
});
