/** One line or one colour of bars. A null is a value that was not read: a gap, never a zero. */
export interface Series<Colour extends string = string> {
  readonly name: string;
  readonly colour: Colour;
  readonly values: readonly (number | null)[];
}

/** More lines than this in one chart cannot be told apart. */
export const maxSeries = 12;

/** The series as they are, or the eleven largest in their order and the sum of the rest as `other`. */
export function limitSeries<C extends string>(series: readonly Series<C>[]): readonly Series<C>[] {
  const first = series[0];
  if (series.length <= maxSeries || !first) return series;
  const bySize = [...series].sort((a, b) => largest(b) - largest(a));
  const kept = new Set(bySize.slice(0, maxSeries - 1));
  const rest = series.filter((each) => !kept.has(each));
  const values = first.values.map((_, index) => sumKnown(rest.map((each) => each.values[index] ?? null)));
  return [...series.filter((each) => kept.has(each)), { name: `other (${rest.length})`, colour: first.colour, values }];
}

/** The sum of what was read; null when nothing was. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  let sum: number | null = null;
  for (const value of values) if (value !== null) sum = (sum ?? 0) + value;
  return sum;
}

function largest(series: Series): number {
  return series.values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
}
