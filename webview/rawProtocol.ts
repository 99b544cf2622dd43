/**
 * The texts of a capture, on demand: the panel asks, by a number of its own choosing, and gets one answer. Texts may be
 * many MB: they are sent a page at a time.
 */
export type RawRequest =
  | { readonly kind: 'outline' }
  /** The page that holds a line (from 0). */
  | { readonly kind: 'page'; readonly entry: string; readonly line: number }
  /** In one text, or in all of them. */
  | { readonly kind: 'search'; readonly text: string; readonly entry: string | null }
  /** What is made of a line (from 0), or of the whole text. */
  | { readonly kind: 'value'; readonly entry: string; readonly line: number | null };

export type RawReply =
  | ({ readonly kind: 'outline' } & RawOutline)
  | ({ readonly kind: 'page' } & RawPage)
  | ({ readonly kind: 'search' } & RawSearch)
  | { readonly kind: 'value'; readonly title: string; readonly json: string; readonly note: string }
  /** Why there is no answer. */
  | { readonly kind: 'nothing'; readonly reason: string };

export interface RawOutline {
  readonly entries: readonly RawEntryView[];
  /** Entries beyond those: a host may send any number of sections. */
  readonly omitted: number;
}

/** A section, a file of one that prints many, or what was written to stderr. */
export interface RawEntryView {
  readonly id: string;
  readonly kind: 'section' | 'file' | 'stderr';
  readonly label: string;
  /** The section it is, or is part of. */
  readonly section: string;
  /** How reading it went, of a section. */
  readonly outcome: {
    readonly word: string;
    readonly isGood: boolean;
    readonly why: string;
    readonly status: string;
  } | null;
  readonly bytes: number;
  /** On the host's clock, of a section; null when it was not measured. */
  readonly durationMs: number | null;
}

export interface RawPage {
  readonly entry: string;
  /** Number of the first line of the page, from 0, and how many lines the whole text has. */
  readonly firstLine: number;
  readonly totalLines: number;
  readonly page: number;
  readonly pages: number;
  /** `left`: characters of a line that is too long to show whole. */
  readonly lines: readonly { readonly text: string; readonly left: number }[];
}

export interface RawSearch {
  readonly total: number;
  readonly counts: readonly { readonly entry: string; readonly hits: number }[];
  /** The first of them, in the order of the texts; a line with two hits stands there twice. */
  readonly hits: readonly { readonly entry: string; readonly line: number }[];
}
