import type { SysctlChange } from '../../tuning/change.ts';

/**
 * A value as written, apart from a note after it. The kernel reads numbers up to the first thing that is none, so
 * `8 # note` sets 8; for keys that are no numbers the note is part of the value, and wrong.
 */
export function splitNote(value: string): { readonly plain: string; readonly note: string | null } {
  const blank = value.search(/\s[#;]/);
  return blank <= 0
    ? { plain: value, note: null }
    : { plain: value.slice(0, blank).trimEnd(), note: value.slice(blank + 1) };
}

/** A number as the kernel reads it: decimal, `0x` hexadecimal, octal after a leading 0. Null when it is none. */
export function kernelNumber(text: string): number | null {
  // Nearly all numbers are plain ones, and files may have many.
  if (/^[1-9]\d{0,14}$/.test(text) || text === '0') return Number(text);
  const [, sign, digits] = /^(-?)(0x[0-9a-f]+|\d+)$/i.exec(text) ?? [];
  if (digits === undefined) return null;
  const octal = /^0\d+$/.test(digits);
  if (octal && /[89]/.test(digits)) return null;
  const size = octal ? Number.parseInt(digits, 8) : Number(digits);
  return sign === '-' ? -size : size;
}

/** Whether two values set the same: blanks do not count, numbers may be spelled differently. */
export function sameValue(a: string, b: string): boolean {
  const left = words(a);
  const right = words(b);
  return left.length === right.length && left.every((word, index) => sameWord(word, right[index] ?? ''));
}

/** Whether a value in a file already does what a change asks for: at least as much for a limit, the same for all else. */
export function satisfies(value: string, change: SysctlChange): boolean {
  const { plain } = splitNote(value);
  const [has, wants] = [kernelNumber(plain), kernelNumber(change.value)];
  if (change.atLeast && has !== null && wants !== null) return has >= wants;
  return sameValue(plain, change.value);
}

function sameWord(a: string, b: string): boolean {
  const number = kernelNumber(a);
  return a === b || (number !== null && number === kernelNumber(b));
}

function words(value: string): string[] {
  return value.split(/\s+/).filter((word) => word !== '');
}
