import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaOf, deltasOf, increase } from '../../../src/model/delta.ts';

describe('deltaOf', () => {
  it.each([
    ['plain', 100, 160, 2, 32, { before: 100, after: 160, delta: 60, seconds: 2, perSecond: 30 }],
    ['standing still', 7, 7, 2, 64, { before: 7, after: 7, delta: 0, seconds: 2, perSecond: 0 }],
    ['32-bit wrap', 4294967290, 10, 2, 32, { before: 4294967290, after: 10, delta: 16, seconds: 2, perSecond: 8 }],
    [
      '64-bit wrap',
      2 ** 64 - 4096,
      4096,
      2,
      64,
      { before: 2 ** 64 - 4096, after: 4096, delta: 8192, seconds: 2, perSecond: 4096 },
    ],
    [
      '64-bit, from -1',
      Number('18446744073709551615'),
      0,
      2,
      64,
      { before: 2 ** 64, after: 0, delta: 0, seconds: 2, perSecond: 0 },
    ],
  ] as const)('%s', (_name, before, after, seconds, bits, expected) => {
    expect(deltaOf(before, after, seconds, bits)).toEqual(expected);
  });

  it.each([
    ['a reset of a 32-bit counter', 5000, 10, 2, 32],
    ['a reset of a 64-bit counter', 4294967290, 10, 2, 64],
    ['a reset of a 64-bit counter beyond 2^53', 2 ** 62, 10, 2, 64],
    ['a reset of a 32-bit counter to most of its range', 4_000_000_000, 2_000_000_000, 2, 32],
    ['a "32-bit" counter that was larger than that', 5e9, 10, 2, 32],
    ['no time', 1, 2, 0, 64],
    ['time that went back', 1, 2, -1, 64],
  ] as const)('has no rate for %s', (_name, before, after, seconds, bits) => {
    expect(deltaOf(before, after, seconds, bits)).toBeNull();
  });
});

it.each([32, 64] as const)('a counter of %i bits goes up by what was added, as far as doubles can tell', (bits) => {
  const most = 2n ** BigInt(bits);
  const step = 2 ** Math.max(0, bits - 53);
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: most - 1n }),
      fc.bigInt({ min: 0n, max: most / 2n - 4096n }),
      (before, added) => {
        const after = (before + added) % most;
        const delta = increase(Number(before), Number(after), bits);
        expect(Math.abs(delta - Number(added))).toBeLessThanOrEqual(2 * step);
      },
    ),
  );
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
