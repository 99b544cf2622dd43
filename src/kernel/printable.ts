/** C0, DEL, C1, and the Unicode marks that reorder, hide or break text. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** What a host says may be 60 MB on one line; beyond this no message has more to say. */
const longestLookedAt = 65_536;

/**
 * Text that a host (its banner, key, prompt, interface name, stderr) chose, on one line, blanks single, cut at `limit`
 * characters: fit for a message, a log, a terminal or a comment. What else a place gives a meaning to (Markdown links in
 * a notification, quotes in a file) is that place's to escape.
 */
export function printable(text: string, limit = 300): string {
  const clean = text
    .slice(0, longestLookedAt + limit)
    .replace(unprintable, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = [...clean];
  return characters.length > limit ? `${characters.slice(0, limit).join('')}...` : clean;
}

/** The first line with something on it, made printable; empty when there is none. */
export function firstPrintableLine(text: string, limit = 300): string {
  return printable(
    text
      .slice(0, longestLookedAt)
      .split('\n')
      .find((line) => line.trim() !== '') ?? '',
    limit,
  );
}
