/** What JSON lets stand and a terminal or an editor would obey: DEL, C1, and the marks that reorder, hide or break text. */
const obeyed = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as JSON text: maps as objects, sets and typed arrays as arrays, NaN (not known) as null; nothing in it acts when shown. */
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
  if (value instanceof Set) return [...value];
  // Every typed array is an iterable of numbers; a DataView is none.
  if (ArrayBuffer.isView(value) && Symbol.iterator in value) return Array.from(value as Iterable<number>);
  return value;
}
