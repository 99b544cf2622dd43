import { expect, it } from 'vitest';
import { toJson } from '../../../src/kernel/json.ts';

it('toJson leaves nothing that acts when it is shown, and loses nothing', () => {
  const text = 'a\u001b[2J\u007f\u009b31m\u202eb\u2028c\u{e0041}d ünïcode 日本';
  const json = toJson({ text });
  expect(json).toContain('a\\u001b[2J\\u007f\\u009b31m\\u202eb\\u2028c\\udb40\\udc41d ünïcode 日本');
  expect(JSON.parse(json)).toEqual({ text });
});

it('toJson writes maps as objects, typed arrays as arrays, what is not known as null', () => {
  const value = {
    map: new Map([['eth0', 1]]),
    set: new Set(['a']),
    array: new Float64Array([1, Number.NaN]),
    column: new Uint32Array([2 ** 32 - 1]),
  };
  expect(JSON.parse(toJson(value))).toEqual({ map: { eth0: 1 }, set: ['a'], array: [1, null], column: [2 ** 32 - 1] });
});
