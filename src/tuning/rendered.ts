/** Text that can be written or run as it is, or why it cannot be made: host names for things may be hostile. */
export type Rendered = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

export function rendered(text: string): Rendered {
  return { ok: true, text };
}

export function refused(reason: string): Rendered {
  return { ok: false, reason };
}
