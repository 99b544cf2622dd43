import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatUdev } from '../../../src/languages/udev/udevFormat.ts';
import { udevFoldings, udevSymbols } from '../../../src/languages/udev/udevOutline.ts';
import { parseUdevRules } from '../../../src/languages/udev/udevRules.ts';
import { anyText, fuzzRuns } from '../fuzz.ts';
import { applySpans } from './apply.ts';
import { anyRules } from './udevTexts.ts';

const formatted = (text: string): string => applySpans(text, formatUdev(text));

describe('formatUdev', () => {
  test.each([
    ['  KERNEL == "eth0" ,TAG+="a"  ', 'KERNEL=="eth0", TAG+="a"\n'],
    [
      'KERNEL=="a",\\\n        TAG+="b" ,   \\\n# c\n\tTAG+="d"\t\n\n\n',
      'KERNEL=="a", \\\n  TAG+="b", \\\n# c\n  TAG+="d"\n',
    ],
    ['# a  \n   \nTAG+="b"\n', '# a\n\nTAG+="b"\n'],
    ['TAG+="a"\r\n  TAG +="b"\r\n\r\n', 'TAG+="a"\r\nTAG+="b"\r\n'],
    ['TAG+="a  b" TAG+="c"\n', 'TAG+="a  b" TAG+="c"\n'],
    ['KERNEL=="a", \\   \n  TAG +="b"\n', 'KERNEL=="a", \\   \nTAG+="b"\n'],
    ['RUN+="/bin/sh -c \\\n      x"\n', 'RUN+="/bin/sh -c \\\n      x"\n'],
    ['', ''],
    ['\n \n', ''],
  ])('%j', (before, after) => {
    expect(formatted(before)).toBe(after);
  });

  test('nothing but white space changes, a second time nothing at all, and udev reads the same', () => {
    const meaning = (text: string) =>
      parseUdevRules(text).map(({ tokens, faults, open }) => [
        tokens.map(({ key, attribute, operator, prefix, value }) => [key, attribute, operator, prefix, value]),
        faults.map(({ kind }) => kind),
        open,
      ]);
    const holds = (text: string): void => {
      const once = formatted(text);
      expect(once.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      expect(meaning(once)).toEqual(meaning(text));
      expect(formatUdev(once)).toEqual([]);
    };
    fc.assert(fc.property(fc.oneof(anyRules, anyText), holds), { numRuns: 10 * fuzzRuns });
  }, 120_000);
});

test('the outline has each rule by what it does', () => {
  const text = 'SUBSYSTEM!="net", GOTO="end"\nKERNEL=="a", \\\n  ATTR{mtu}="9000"\n\nLABEL="end"\n';
  expect(udevSymbols(text).map(({ name, detail, kind }) => [name, detail, kind])).toEqual([
    ['GOTO=end', 'SUBSYSTEM!=net', 'rule'],
    ['ATTR{mtu}=9000', 'KERNEL==a', 'rule'],
    ['LABEL=end', '', 'section'],
  ]);
  expect(udevFoldings(`# a\n# b\n${text}`)).toEqual([
    { startLine: 2, endLine: 6, kind: 'region' },
    { startLine: 3, endLine: 4, kind: 'region' },
    { startLine: 0, endLine: 1, kind: 'comment' },
  ]);
});
