import { expect, it } from 'vitest';
import { codeSpans } from '../../../src/model/codeSpans.ts';

const text = (words: string) => ({ code: false, words });
const code = (words: string) => ({ code: true, words });

it.each([
  ['plain', [text('plain')]],
  ['`dropped` stays flat', [code('dropped'), text(' stays flat')]],
  ['see `ss -uanm` and `d`.', [text('see '), code('ss -uanm'), text(' and '), code('d'), text('.')]],
  ['one ` alone', [text('one ` alone')]],
  ['`a` and ` alone', [code('a'), text(' and ` alone')]],
  ['', []],
])('cuts %j', (sentence, expected) => expect(codeSpans(sentence)).toEqual(expected));
