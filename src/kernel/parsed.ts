/** Something in a text that the parser could not make sense of. `line` counts from 1 in the text given to the parser. */
export interface Warning {
  readonly line: number;
  readonly message: string;
}

/**
 * What every parser of this folder returns. Parsers never throw on content: what could be read is in `value`,
 * what could not is in `warnings`, and what is not known (extra columns, new counters) is kept, not dropped.
 */
export interface Parsed<T> {
  readonly value: T;
  readonly warnings: readonly Warning[];
}
