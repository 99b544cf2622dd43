/** What JSON lets stand and a terminal or an editor would obey: DEL, C1, and the marks that reorder, hide or break text. */
const obeyed = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as JSON text: maps as objects, whatever else can be iterated over as an array, NaN (not known) as null; nothing in it acts when shown. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, plain, 2).replace(obeyed, (text) =>
    text
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  return isRows(value) ? [...value] : value;
}

/** Whether a value that is no array is written as one: a set, a typed array, a table that makes its rows when they are asked for. */
export function isRows(value: unknown): value is Iterable<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Map) &&
    Symbol.iterator in value
  );
}
