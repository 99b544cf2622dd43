import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Format, formats } from '../../../src/kernel/formats.ts';
import { isRows, toJson } from '../../../src/kernel/json.ts';
import { splitGrep, splitTail } from '../../../src/kernel/multiFile.ts';
import type { Parsed } from '../../../src/kernel/parsed.ts';
import { anyEdits, anyText, edited, fuzzRuns, timeOf } from '../fuzz.ts';
import { fixture } from './fixture.ts';

/** At how many places a text is cut or changed: all of them where it is short; no example may make the suite slow. */
const places = Number(process.env['FUZZ'] ?? 300);

/** What holds of whatever a parser makes of whatever a host sends. */
function check({ parse }: Format, text: string): Parsed<unknown> {
  const parsed = parse(text);
  const lines = text.split('\n').length;
  for (const { line, message } of parsed.warnings) {
    expect(line >= 1 && line <= lines, `line ${line} of ${lines}`).toBe(true);
    expect(message).not.toMatch(/\p{Cc}/u);
  }
  expect(parsed.warnings.length).toBeLessThan(200);
  expectPlain(parsed.value);
  JSON.parse(toJson(parsed));
  return parsed;
}

/** Only what JSON can say: no bigint, no function, no instance of a class, no infinite number, and nothing undefined. */
function expectPlain(value: unknown, path = 'value'): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || ArrayBuffer.isView(value)) return;
  if (typeof value === 'number') {
    if (Math.abs(value) === Number.POSITIVE_INFINITY) throw new Error(`${path} is not finite`);
  } else if (Array.isArray(value) || isRows(value)) {
    for (const item of value) expectPlain(item, `${path}[]`);
  } else if (value instanceof Map) {
    for (const [key, item] of value) {
      if (typeof key !== 'string' && typeof key !== 'number') throw new Error(`${path} has a ${typeof key} as a key`);
      expectPlain(item, `${path}.${key}`);
    }
  } else if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    for (const [key, item] of Object.entries(value)) expectPlain(item, `${path}.${key}`);
  } else throw new Error(`${path} is ${typeof value === 'object' ? value.constructor.name : typeof value}`);
}

describe('the formats', () => {
  it('have names of their own, each the kernel file or the command', () => {
    expect(new Set(formats.map(({ name }) => name)).size).toBe(formats.length);
    for (const { name, source } of formats) expect([name, source].join(' ')).toMatch(/^[\w.+-]+ \S.*\S$/);
  });

  it('have examples that are there', () => {
    for (const { examples } of formats) {
      for (const file of examples)
        expect(existsSync(join(import.meta.dirname, '../../fixtures/kernel', file)), file).toBe(true);
    }
  });
});

describe.each(formats)('$name', (format) => {
  const { parse, examples } = format;

  it.each(examples)('reads %s without a warning, and finds something in it', (file) => {
    const text = fixture(file);
    const { value, warnings } = check(format, text);
    expect(warnings).toEqual([]);
    expect(toJson(value)).not.toBe(toJson(parse('').value));
    expect(toJson(parse(text).value)).toBe(toJson(value));
  });

  it.each(examples)('reads %s the same with CRLF line ends, and without the last line end', (file) => {
    const text = fixture(file);
    expect(toJson(parse(text.replace(/\r?\n/g, '\r\n')).value)).toBe(toJson(parse(text).value));
    expect(toJson(parse(text.replace(/\n$/, '')).value)).toBe(toJson(parse(text).value));
  });

  it.each(examples)('never throws, wherever %s is cut', (file) => {
    const text = fixture(file);
    const step = Math.ceil(text.length / places);
    for (let length = 0; length <= text.length; length += step) check(format, text.slice(0, length));
  });

  it.each(examples)('never throws on %s with changes', (file) => {
    const text = fixture(file);
    fc.assert(
      fc.property(anyEdits, (edits) => {
        check(format, edited(text, edits));
      }),
      { numRuns: fuzzRuns },
    );
  });

  it.each(examples)('never throws on %s with a NUL for a character, or a column more or less', (file) => {
    const text = fixture(file);
    const step = Math.ceil(text.length / (places / 4));
    for (let at = 0; at < text.length; at += step) check(format, `${text.slice(0, at)}\0${text.slice(at + 1)}`);
    for (const more of [' 7', ' 00000007', ' new', ' CPU99', ',x', ':1']) check(format, text.replace(/$/gm, more));
    check(format, text.replace(/[ \t]+\S+$/gm, ''));
    check(format, text.replace(/(\S+)[ \t]+\S+/, '$1'));
  });

  it.each(examples)('never makes a number out of one that is too large in %s', (file) => {
    const text = fixture(file);
    for (const digits of ['4294967295', '18446744073709551615', '18446744073709551616', '9'.repeat(400)]) {
      check(format, text.replace(/(?<![\w.:])\d+(?![\w.:])/g, digits));
    }
    for (const hex of ['ffffffff', 'FFFFFFFFFFFFFFFF', 'f'.repeat(400)])
      check(format, text.replace(/\b[0-9a-fA-F]{8}\b/g, hex));
  });

  it('never throws on any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        check(format, text);
      }),
      { numRuns: fuzzRuns },
    );
  });

  it('finds nothing wrong in an empty text', () => {
    expect(parse('').warnings).toEqual([]);
    expect(parse('\n \n').warnings).toEqual([]);
  });

  it('takes a time that grows as the text does', () => {
    const text = fixture(examples[0]);
    const many = text.repeat(Math.ceil(200_000 / text.length));
    const long = 1_000_000;
    const hurting = [many, 'x:y z\n'.repeat(100_000), '1 '.repeat(long / 2), 'a'.repeat(long), ' '.repeat(long)];
    hurting.push(
      '('.repeat(long),
      ':'.repeat(long),
      ','.repeat(long),
      '-'.repeat(long),
      '\n'.repeat(long),
      '"[{'.repeat(9999),
    );
    hurting.push(`${text}${'9'.repeat(long)}`, `${text}${' 9'.repeat(long / 2)}`);
    for (const hurt of hurting) {
      const ms = timeOf(() => expect(parse(hurt).warnings.length).toBeLessThan(200));
      // Linear is a tenth of this on a slow machine; quadratic is minutes.
      expect(ms, JSON.stringify(hurt.slice(0, 20))).toBeLessThan(3000);
    }
  });
});

describe.each([splitTail, splitGrep])('%o', (split) => {
  it('never throws, and keeps every character of a line that names no file', () => {
    const text = '==> /a <==\n1\n\n==> /b:0/c <==\n/sys/x:y\n';
    for (let length = 0; length <= text.length; length += 1) split(text.slice(0, length));
    split('==> '.repeat(100_000));
    split('/:'.repeat(100_000));
    fc.assert(
      fc.property(anyText, (any) => {
        const line = any.replace(/[\r\n]/g, '').replaceAll(':', '');
        fc.pre(line !== '' && !line.startsWith('==> '));
        expect(split(line)).toEqual([{ path: '', text: line }]);
      }),
      { numRuns: fuzzRuns },
    );
  });
});
