import { describe, expect, it } from 'vitest';
import { formatCpuList, formatCpuMask, parseCpuList, parseCpuMask } from '../../../src/kernel/cpuList.ts';

describe('parseCpuList', () => {
  it.each([
    ['0-3,8\n', [0, 1, 2, 3, 8]],
    ['', []],
    ['8,0-1,1', [0, 1, 8]],
    ['8191', [8191]],
  ])('%j', (text, cpus) => {
    expect(parseCpuList(text)).toEqual(cpus);
  });

  it.each(['0-4294967295', '8192', '3-1', '0,', ',', '-', '1-', 'a', '0 1', '0x3', '1-2-3', '-1'])(
    'refuses %j',
    (text) => {
      expect(parseCpuList(text)).toBeNull();
    },
  );
});

describe('parseCpuMask', () => {
  it.each([
    ['ff,00000001\n', [0, 32, 33, 34, 35, 36, 37, 38, 39]],
    ['0', []],
    ['00000000,80000000', [31]],
    ['F', [0, 1, 2, 3]],
  ])('%j', (text, cpus) => {
    expect(parseCpuMask(text)).toEqual(cpus);
  });

  it.each(['', '0x3', '000000001', 'g', 'ff,', ' ,', '0-1', `${'00000000,'.repeat(256)}1`])('refuses %j', (text) => {
    expect(parseCpuMask(text)).toBeNull();
  });
});

describe('formatting', () => {
  it.each([
    [[], ''],
    [[3, 1, 2, 0, 8, 8], '0-3,8'],
    [[5], '5'],
    [[0, 2, 4], '0,2,4'],
  ])('%j as list', (cpus, text) => {
    expect(formatCpuList(cpus)).toBe(text);
    expect(parseCpuList(text)).toEqual([...new Set(cpus)].sort((a, b) => a - b));
  });

  it('masks are hex in groups of 32', () => {
    const lists = [[0], [0, 1, 2, 3], [31], [32], [0, 63], [64]];
    expect(lists.map(formatCpuMask)).toEqual([
      '1',
      'f',
      '80000000',
      '1,00000000',
      '80000000,00000001',
      '1,00000000,00000000',
    ]);
    expect(lists.map((cpus) => parseCpuMask(formatCpuMask(cpus)))).toEqual(lists);
  });
});
