/** A number that a rule compares with, as it is unless the user's settings say otherwise. */
export interface Limit {
  readonly value: number;
  /** What it decides, in words: `above 10/s a warning`. */
  readonly text: (value: number) => string;
  /** Who set it: a peer project, a vendor guide, the kernel; `heuristic` when it is ours. */
  readonly source: string;
}

export type Limits = Readonly<Record<string, Limit>>;

/** The numbers in force, by the names of the limits. */
export type Numbers<L extends Limits> = { readonly [K in keyof L]: number };

/** Numbers to use instead, by rule and name: `R18.warnPerSecond`. */
export type LimitOverrides = ReadonlyMap<string, number>;

export const heuristic = 'heuristic';

export function limit(value: number, source: string, text: (value: number) => string): Limit {
  return { value, source, text };
}

export function numbersOf<L extends Limits>(rule: string, limits: L, overrides: LimitOverrides): Numbers<L> {
  const entries = Object.entries(limits).map(([name, { value }]) => [name, overrides.get(`${rule}.${name}`) ?? value]);
  return Object.fromEntries(entries) as Numbers<L>;
}

/** `above 1/s a warning, above 5/s critical`, and who says so. A rule without limits looks at a setting. */
export function thresholdOf<L extends Limits>(limits: L, numbers: Numbers<L>): { text: string; source: string } {
  if (Object.keys(limits).length === 0)
    return { text: 'a setting: it is so or it is not', source: 'kernel documentation' };
  const texts = Object.entries(limits).map(([name, { text }]) => text(numbers[name] ?? Number.NaN));
  const sources = new Set(
    Object.entries(limits).map(([name, { value, source }]) => (numbers[name] === value ? source : 'your settings')),
  );
  return { text: texts.join(', '), source: [...sources].join('; ') };
}
