import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../src/languages/service/languageService.ts';
import { udevProblems } from '../../../src/languages/udev/udevProblems.ts';
import { anyEdits, edited, fuzzRuns } from '../fuzz.ts';
import { checkCase } from './checkCase.ts';
import { alone, onVm } from './linkedHosts.ts';
import { ownCases } from './udevCases.ts';
import { type Case, verifiedCases } from './udevVerifiedCases.ts';

function found({ code, name = '90-net.rules' }: Case, text: string): Problem | undefined {
  return udevProblems(text, onVm(`/etc/udev/rules.d/${name}`)).find((one) => one.code === code);
}

describe.each([
  ['what udevadm verify says', verifiedCases],
  ['what it does not say', ownCases],
])('%s', (_, cases) => {
  test.each(cases.map((one) => [`${one.code}: ${one.text.slice(0, 100)}`, one] as const))('%s', (_name, one) =>
    checkCase(one, (text) => found(one, text)),
  );
});

test('where a file is read, and which of one name counts', () => {
  const codes = (path: string, siblings: string[]): string[] =>
    udevProblems('TAG+="a"\n', { ...alone(path), siblings: siblings.map((one) => ({ path: one, text: '' })) }).map(
      ({ code }) => code,
    );
  expect(codes('/etc/udev/rules.d/70-a.rules', [])).toEqual([]);
  expect(codes('/etc/udev/70-a.rules', [])).toEqual(['not-read']);
  expect(codes('/usr/lib/udev/rules.d/70-a.rules', ['/etc/udev/rules.d/70-a.rules'])).toEqual(['shadowed']);
  expect(
    codes('/etc/udev/rules.d/70-a.rules', ['/usr/lib/udev/rules.d/70-a.rules', '/etc/udev/rules.d/71-a.rules']),
  ).toEqual(['replaces']);
});

test('a rule behind a jump over everything else is about what is left', () => {
  const text =
    'SUBSYSTEM!="net", GOTO="end"\nACTION!="add", GOTO="end"\nATTR{txqueuelen}="1"\nLABEL="end"\nATTR{txqueuelen}="1"\n';
  const lines = udevProblems(text, alone(null)).map(({ code, span }) => [
    code,
    text.slice(0, span.start).split('\n').length,
  ]);
  expect(lines).toEqual([['unknown-attribute', 3]]);
});

test('after any edits the same is said as of a text that is looked at for the first time', () => {
  const rule = fc.constantFrom(
    ...[...verifiedCases, ...ownCases].map(({ text }) => text).filter(({ length }) => length < 1000),
  );
  let fresh = 0;
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 12 }), anyEdits, (parts, edits) => {
      const first = parts.join('\n');
      const texts = edits.map((_, count) => edited(first, edits.slice(0, count + 1)));
      for (const text of [first, ...texts, first]) {
        fresh += 1;
        const again = udevProblems(text, onVm('/etc/udev/rules.d/90-net.rules'));
        expect(again).toEqual(udevProblems(text, onVm(`/etc/udev/rules.d/90-${fresh}.rules`)));
      }
    }),
    { numRuns: fuzzRuns },
  );
}, 60_000);
