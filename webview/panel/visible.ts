/** C0 without tab and line end, DEL, C1, and the Unicode marks that reorder, hide or break text. */
const acts = /[^\P{Cc}\t\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text a host may have chosen (an interface may be named in any bytes), with what would act on the text around it shown as U+FFFD. */
export function visible(text: string): string {
  return text.replace(acts, '\ufffd');
}
