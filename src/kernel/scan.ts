/*
 * Reading a text by character codes: the hot formats are read many times a minute and are up to 100 KB of
 * small numbers, so nothing here allocates. Ranges are [from, end).
 */

const newline = 10;
const carriageReturn = 13;

/** Calls `visit` for each line: its range without the line end (`\n` or `\r\n`) and its number from 1. */
export function eachLine(text: string, visit: (from: number, end: number, line: number) => void): void {
  let from = 0;
  for (let line = 1; from < text.length; line += 1) {
    let next = text.indexOf('\n', from);
    if (next < 0) next = text.length;
    const end = next > from && text.charCodeAt(next - 1) === carriageReturn ? next - 1 : next;
    visit(from, end, line);
    from = next + 1;
  }
}

/** Whether the text stops at `end` without a line end, so that what stands there may have been cut. */
export function isCut(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  return code !== newline && code !== carriageReturn;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** The first position that is not a blank, or `end`. */
export function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/** The first blank, or `end`. */
export function tokenEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && !isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/** The first `code` in the range, or `end`. */
export function findCode(text: string, code: number, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) !== code) at += 1;
  return at;
}

/** A range of 1 to 20 decimal digits as a number (exact up to 2^53), else NaN. */
export function decimal(text: string, from: number, end: number): number {
  const length = end - from;
  if (length < 1 || length > 20) return Number.NaN;
  let value = 0;
  for (let at = from; at < end; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  // Adding up digit by digit rounds more than once beyond 2^53.
  return length > 15 ? Number(text.slice(from, end)) : value;
}

/** As `decimal`, with an optional minus. */
export function signedDecimal(text: string, from: number, end: number): number {
  return text.charCodeAt(from) === 45 ? -decimal(text, from + 1, end) : decimal(text, from, end);
}

/** One hex digit's value, or -1. */
function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** A range of 1 to 16 hex digits as a number (exact up to 2^53), else NaN. */
export function hex(text: string, from: number, end: number): number {
  const length = end - from;
  if (length < 1 || length > 16) return Number.NaN;
  let value = 0;
  for (let at = from; at < end; at += 1) {
    const digit = hexDigit(text.charCodeAt(at));
    if (digit < 0) return Number.NaN;
    value = value * 16 + digit;
  }
  return value;
}

/** The blank-separated tokens of a range. For formats that are read once a snapshot. */
export function tokens(text: string, from: number, end: number): string[] {
  const found: string[] = [];
  for (let at = skipBlanks(text, from, end); at < end; ) {
    const stop = tokenEnd(text, at, end);
    found.push(text.slice(at, stop));
    at = skipBlanks(text, stop, end);
  }
  return found;
}
