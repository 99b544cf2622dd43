/** C0, DEL, C1, and the Unicode marks that reorder, hide or break text. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** Host-given text on one line, blanks single, cut at `limit` characters. */
export function oneLine(text: string, limit: number): string {
  const clean = text.replace(unprintable, ' ').replace(/\s+/gu, ' ').trim();
  const characters = [...clean];
  return characters.length > limit ? `${characters.slice(0, limit).join('')}...` : clean;
}
