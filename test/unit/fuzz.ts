import fc from 'fast-check';

/** How many texts a property is tried on; `FUZZ=5000 npm run unit` looks for longer. */
export const fuzzRuns = Number(process.env['FUZZ'] ?? 40);

/** Any text at all: lone surrogates, NULs, line separators; often made of the pieces that kernels print. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), pieces()), { maxLength: 60 })
    .map((all) => all.join('')),
);

/** What these formats are made of, and what they must not trip over. */
function pieces(): fc.Arbitrary<string> {
  return fc.constantFrom(
    ...' |\t|\n|\r\n|\n\n|:|: |=|,|-|/|(|)|[|]|{|}|"|\\|\0|\ufeff|CPU0|CPU4294967295|eth0|0|-1|NaN|Infinity|1e309'.split(
      '|',
    ),
    ...'4294967295|18446744073709551615|ffffffff|0x1|==> /proc/stat <==\n|__proto__|constructor|null|true|n/a|on|off'.split(
      '|',
    ),
  );
}

/** One change to a text: a span of it replaced by something else, a span dropped, a span twice. */
export interface Edit {
  /** 0..1 of the text. */
  readonly at: number;
  readonly length: number;
  readonly kind: 'replace' | 'repeat';
  readonly by: string;
}

const anyEdit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(80),
  kind: fc.constantFrom('replace', 'repeat'),
  by: fc.oneof(fc.constant(''), pieces(), fc.string({ unit: 'binary', maxLength: 6 })),
});

/** A few edits, one after the other. */
export const anyEdits: fc.Arbitrary<readonly Edit[]> = fc.array(anyEdit, { minLength: 1, maxLength: 8 });

export function edited(text: string, edits: readonly Edit[]): string {
  return edits.reduce((now, { at, length, kind, by }) => {
    const from = Math.floor(at * now.length);
    const middle = kind === 'repeat' ? now.slice(from, from + length) + by + now.slice(from, from + length) : by;
    return now.slice(0, from) + middle + now.slice(from + length);
  }, text);
}

/** Milliseconds of processor time that `work` takes, whatever else the machine is busy with. */
export function timeOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
