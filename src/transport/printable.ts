/** C0, DEL, C1, and the Unicode marks that reorder or hide text. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** Text that a host (or its key, banner, prompt) chose, on one line and fit for a message or a log; cut at `limit`. */
export function printable(text: string, limit = 300): string {
  const clean = text.replace(unprintable, ' ').replace(/ {2,}/g, ' ').trim();
  return clean.length > limit ? `${clean.slice(0, limit)}...` : clean;
}
