import { describe, expect, it } from 'vitest';
import { firstPrintableLine, printable } from '../../../src/kernel/printable.ts';

describe('printable', () => {
  it('keeps one line of harmless text', () => {
    expect(printable('plain text, ünïcode 日本')).toBe('plain text, ünïcode 日本');
    expect(printable('a\u001b[2J\u0000b\r\nc\u009bd\u202ee\u2028f')).toBe('a [2J b c d e f');
    expect(printable('x'.repeat(500), 10)).toBe(`${'x'.repeat(10)}...`);
  });
});

describe('firstPrintableLine', () => {
  it('skips what is blank, and is empty when nothing is there', () => {
    expect(firstPrintableLine('\r\n \t\nsh: \u001b[1mnot found\nmore')).toBe('sh: [1mnot found');
    expect(firstPrintableLine('x'.repeat(500), 10)).toBe(`${'x'.repeat(10)}...`);
    expect(firstPrintableLine(' \n\n')).toBe('');
  });
});
