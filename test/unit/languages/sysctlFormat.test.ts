import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SpanEdit } from '../../../src/languages/service/languageService.ts';
import { parseSysctlConf, printSysctlConf } from '../../../src/languages/sysctl/sysctlConf.ts';
import { formatSysctl } from '../../../src/languages/sysctl/sysctlFormat.ts';
import { sysctlFoldings, sysctlSymbols } from '../../../src/languages/sysctl/sysctlOutline.ts';

/** Texts that look like such a file, with all that is odd in them. */
const texts = fc
  .array(
    fc.constantFrom(
      'net.core.somaxconn',
      'net/ipv4/conf/eth0.100/rp_filter',
      'net.ipv4.conf.*.rp_filter',
      ' = ',
      '=',
      '\t',
      ' ',
      '-',
      '4096 131072\t6291456',
      '# a note  ',
      ';',
      '\n',
      '\r\n',
      '\r',
      '\v',
      '\ufeff',
      'é',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

function edited(text: string, edits: readonly SpanEdit[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, text: inserted } of [...edits].sort((x, y) => x.start - y.start)) {
    expect(start).toBeGreaterThanOrEqual(from);
    result += text.slice(from, start) + inserted;
    from = end;
  }
  return result + text.slice(from);
}

const ink = (text: string): string => text.replace(/[ \t\v\f\r\n]/g, '');

test('what was read prints as it was', () => {
  fc.assert(
    fc.property(
      fc.oneof(texts, fc.string({ unit: 'binary' })),
      (text) => printSysctlConf(parseSysctlConf(text)) === text,
    ),
    {
      numRuns: 2000,
    },
  );
});

test('formatting changes white space only, sets the same keys to the same values, and has nothing to do twice', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const formatted = edited(text, formatSysctl(text));
      expect(ink(formatted)).toBe(ink(text));
      expect(formatSysctl(formatted)).toEqual([]);
      const settings = (one: string) =>
        parseSysctlConf(one).lines.flatMap((line) => (line.kind === 'assignment' ? [[line.key, line.value]] : []));
      expect(settings(formatted)).toEqual(settings(text));
    }),
    { numRuns: 2000 },
  );
});

test('blanks before a line, around = and behind a line go; those within a value and a comment stay', () => {
  const text =
    '  # a  note \n\n\tnet.core.somaxconn=  4096\t\n- kernel.core_pattern =|/bin/x  %P\nvm.x =\n- net.a\n\n\n';
  expect(edited(text, formatSysctl(text))).toBe(
    '# a  note\n\nnet.core.somaxconn = 4096\n-kernel.core_pattern = |/bin/x  %P\nvm.x =\n-net.a\n',
  );
  expect(edited('a.b=1\r\nc.d=2', formatSysctl('a.b=1\r\nc.d=2'))).toBe('a.b = 1\r\nc.d = 2\r\n');
});

test('the outline has each key with its value where it stands, and paragraphs and comments fold', () => {
  const text = '# one\n# two\n\n# head\nnet.core.somaxconn = 4096\n-net/ipv4/conf/lo/rp_filter\n\nvm.x = 1\n';
  const symbols = sysctlSymbols(text);
  expect(symbols.map(({ name, detail }) => [name, detail])).toEqual([
    ['net.core.somaxconn', '4096'],
    ['net/ipv4/conf/lo/rp_filter', 'left out of patterns'],
    ['vm.x', '1'],
  ]);
  for (const { name, selection } of symbols) expect(text.slice(selection.start, selection.end)).toBe(name);
  expect(sysctlFoldings(text)).toEqual([
    { startLine: 0, endLine: 1, kind: 'comment' },
    { startLine: 3, endLine: 5, kind: 'region' },
  ]);
});
