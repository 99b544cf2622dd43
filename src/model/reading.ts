import type { Parsed, Warning } from '../kernel/parsed.ts';

/** Why a value is not there. The text is shown to the user as it is. */
export type MissingKind =
  | 'no-tool'
  | 'no-file'
  | 'denied'
  | 'timed-out'
  | 'truncated'
  | 'skipped'
  | 'failed'
  | 'unparsed'
  | 'not-collected';

/** A value read from the host, or the reason why it could not be read. Unknown is never zero. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T; readonly source: string; readonly warnings: readonly Warning[] }
  | Missing;

export interface Missing {
  readonly ok: false;
  readonly kind: MissingKind;
  readonly reason: string;
  readonly source: string;
}

/** `source` is the kernel file or the command the value came from, as a user would type it. */
export function read<T>(source: string, parsed: Parsed<T>): Reading<T> {
  return { ok: true, value: parsed.value, source, warnings: parsed.warnings };
}

export function missing(source: string, kind: MissingKind, reason: string): Missing {
  return { ok: false, kind, reason, source };
}

/** The same reading with its value turned into something else; a missing one stays missing for the same reason. */
export function mapReading<A, B>(reading: Reading<A>, turn: (value: A) => B): Reading<B> {
  return reading.ok ? { ...reading, value: turn(reading.value) } : reading;
}
