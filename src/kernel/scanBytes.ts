/*
 * As scan.ts, over bytes. V8 reads a byte of an array in half the time it takes to read a character of a string, which
 * may be a slice of another, so the formats that grow to megabytes are scanned so. Ranges are [from, end).
 */

import { eachLine } from './scan.ts';

const newline = 10;
/** A character that is in none of these formats stands for every one that is not ASCII. */
const foreign = '\u007f';
const encoder = new TextEncoder();

/** So much of a text is turned into bytes at a time, and on to the end of the line: all of it would be as much again. */
const partLength = 128 * 1024;

/**
 * As `eachLine` of scan.ts, with bytes: calls `visit` with a part of the text, the `asciiBytes` of that part, the range
 * of a line in both, and its number from 1 in the whole text. The bytes are overwritten by those of the next part.
 */
export function eachLineOfBytes(
  text: string,
  visit: (part: string, bytes: Uint8Array, from: number, end: number, line: number) => void,
): void {
  let linesBefore = 0;
  let room = new Uint8Array(0);
  for (let from = 0; from < text.length; ) {
    const lineEnd = text.indexOf('\n', from + partLength);
    const next = lineEnd < 0 ? text.length : lineEnd + 1;
    const part = text.slice(from, next);
    if (room.length <= part.length) room = new Uint8Array(part.length + 1);
    const bytes = asciiBytes(part, room);
    let lines = 0;
    eachLine(part, (start, end, line) => {
      lines = line;
      visit(part, bytes, start, end, linesBefore + line);
    });
    linesBefore += lines;
    from = next;
  }
}

/**
 * A text with one byte for each character, so that what is found at a place in one is at the same place in the other.
 * One line end more than the text has follows it: a scan for anything else stops there. They stand in `room`.
 */
export function asciiBytes(text: string, room: Uint8Array = new Uint8Array(text.length + 1)): Uint8Array {
  const bytes = room.subarray(0, text.length + 1);
  const { read, written } = encoder.encodeInto(text, bytes);
  // Whatever is not ASCII takes more bytes than characters.
  if (read !== text.length || written !== text.length) {
    encoder.encodeInto(text.replace(/[^\0-\u007f]/g, foreign), bytes);
  }
  bytes[text.length] = newline;
  return bytes;
}

/** The first position that is not a blank, or `end`. */
export function skipBlanks(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] === 32 || bytes[at] === 9)) at += 1;
  return at;
}

/** The first blank, or `end`. */
export function tokenEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== 32 && bytes[at] !== 9) at += 1;
  return at;
}

/** The first `code` in the range, or `end`. */
export function findCode(bytes: Uint8Array, code: number, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== code) at += 1;
  return at;
}

/** A range of 1 to 20 decimal digits as a number (exact up to 2^53), else NaN. */
export function decimal(bytes: Uint8Array, from: number, end: number): number {
  const length = end - from;
  if (length < 1 || length > 20) return Number.NaN;
  let value = 0;
  for (let at = from; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  // Adding up digit by digit rounds more than once beyond 2^53.
  return length > 15 ? Number(String.fromCharCode(...bytes.subarray(from, end))) : value;
}

/** The value of each hex digit's byte, 255 for all others. */
const hexDigits = Uint8Array.from({ length: 256 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 255 : value;
});

/** A range of 1 to 16 hex digits as a number (exact up to 2^53), else NaN. */
export function hex(bytes: Uint8Array, from: number, end: number): number {
  const length = end - from;
  if (length < 1 || length > 16) return Number.NaN;
  if (length === 8) return hexWord8(bytes, from);
  if (length < 8) return hexWord(bytes, from, end);
  return hexWord(bytes, from, end - 8) * 2 ** 32 + hexWord(bytes, end - 8, end);
}

/** Up to eight digits, in integer arithmetic: that is a third of the time of adding up a double. */
function hexWord(bytes: Uint8Array, from: number, end: number): number {
  let value = 0;
  for (let at = from; at < end; at += 1) {
    const digit = hexDigits[bytes[at] ?? 0] ?? 255;
    if (digit > 15) return Number.NaN;
    value = (value << 4) | digit;
  }
  return value >>> 0;
}

/** Eight digits, the width of most fields, without a loop: half its time. */
export function hexWord8(bytes: Uint8Array, at: number): number {
  const a = hexDigits[bytes[at] ?? 0] ?? 255;
  const b = hexDigits[bytes[at + 1] ?? 0] ?? 255;
  const c = hexDigits[bytes[at + 2] ?? 0] ?? 255;
  const d = hexDigits[bytes[at + 3] ?? 0] ?? 255;
  const e = hexDigits[bytes[at + 4] ?? 0] ?? 255;
  const f = hexDigits[bytes[at + 5] ?? 0] ?? 255;
  const g = hexDigits[bytes[at + 6] ?? 0] ?? 255;
  const h = hexDigits[bytes[at + 7] ?? 0] ?? 255;
  if ((a | b | c | d | e | f | g | h) > 15) return Number.NaN;
  return ((a << 28) | (b << 24) | (c << 20) | (d << 16) | (e << 12) | (f << 8) | (g << 4) | h) >>> 0;
}
