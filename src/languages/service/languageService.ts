import type { LinkedHost } from './linkedHost.ts';
import type { SiblingFile } from './siblings.ts';

/** The languages of this room, by the ids of package.json. */
export const languageIds = ['sysctl', 'udev-rules', 'systemd-link'] as const;
export type LanguageId = (typeof languageIds)[number];

/** A part of a text, in UTF-16 units from its start; `end` is behind the last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replace a part of a text. Edits of one list are all in terms of the text before, and do not overlap. */
export interface SpanEdit extends Span {
  readonly text: string;
}

/** What a document is held against. */
export interface DocumentContext {
  /** Where the file would be on the host (`/etc/sysctl.d/90-net.conf`), see `hostPlace`; null when its name does not say. */
  readonly path: string | null;
  /** Other files of the same kind that would be on the host with it, in no order. */
  readonly siblings: readonly SiblingFile[];
  /** The host the file is meant for; null: none is linked. */
  readonly host: LinkedHost | null;
}

/** Something to tell of a place in a document. */
export interface Problem {
  /** Stable, in kebab case, unique within a language: `unknown-key`. What is documented, filtered and turned off is named by it. */
  readonly code: string;
  readonly severity: ProblemSeverity;
  readonly span: Span;
  /** One sentence, without its full stop. May hold what the file or the host says: whoever shows it escapes it. */
  readonly message: string;
  /** Why that is bad, or what is known of it; empty when the message says it all. */
  readonly why: string;
  /** Where to read on. */
  readonly links: readonly Link[];
  /** Other places that belong to it: the line that wins, the other half of a pair. */
  readonly related: readonly RelatedPlace[];
  /** Ways to repair it, best first. */
  readonly fixes: readonly Fix[];
  /** The text does nothing: it may be shown faded. */
  readonly unnecessary: boolean;
}

/** `error`: the reader of the file refuses it. `warning`: it does not do what it seems to, or harms. `hint`: matters of style. */
export type ProblemSeverity = 'error' | 'warning' | 'info' | 'hint';

export interface RelatedPlace {
  /** As on the host; null: in this document. */
  readonly path: string | null;
  /** Where in this document; null for another file. */
  readonly span: Span | null;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface Link {
  readonly label: string;
  /** `https:` only. */
  readonly url: string;
}

/** An edit with a name. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly SpanEdit[];
  /** The one that is offered first, and that "fix all" may take without asking: only where there is no doubt about what was meant. */
  readonly preferred: boolean;
}

/** An edit that is offered where nothing is wrong: conversions, values of the host, what cleans up the whole file. */
export interface Action extends Fix {
  /** `refactor`: at the cursor. `source`: of the whole file, under "Source Action...". */
  readonly kind: 'refactor' | 'source';
  /** A text for another file, to be opened beside the document and saved where it belongs. */
  readonly opens?: OpenedText;
}

/** What may become another file of the host. */
export interface OpenedText {
  readonly language: LanguageId;
  /** Where it would be on the host. */
  readonly path: string;
  readonly text: string;
}

/** A text to show beside the document. Parts are plain text, in which pairs of backticks mark code; whoever shows them escapes the rest. */
export interface HoverText {
  readonly span: Span;
  readonly parts: readonly TextPart[];
}

export type TextPart =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** `default: 1000`; consecutive ones are shown as a list. */
  | { readonly kind: 'fact'; readonly label: string; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | ({ readonly kind: 'link' } & Link);

/** Something that may be written at a place. */
export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'operator' | 'name' | 'option' | 'line';
  /** A few words behind the label. */
  readonly detail: string;
  readonly documentation: readonly TextPart[];
  /** What is written in place of `replace`; no snippet syntax. */
  readonly insert: string;
  readonly replace: Span;
  /** What typing is compared with, beyond the label: other words that mean it (`accept queue`). */
  readonly words: string;
  /** Smaller comes first; equal ones are sorted by label. */
  readonly rank: number;
}

/** A part of a document with a name, for the outline. */
export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'file' | 'section' | 'rule' | 'key';
  readonly span: Span;
  /** The name itself, within `span`. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/** Lines that can be folded away, from 0, both included. */
export interface Folding {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: 'comment' | 'region';
}

/** What one of the languages can do with a text. All of it is pure and never throws on content; offsets are of that text. */
export interface LanguageService {
  readonly id: LanguageId;
  readonly problems: (text: string, context: DocumentContext) => Problem[];
  /** Null where there is nothing to say. */
  readonly hover: (text: string, offset: number, context: DocumentContext) => HoverText | null;
  readonly completions: (text: string, offset: number, context: DocumentContext) => Completion[];
  readonly symbols: (text: string) => DocumentSymbol[];
  readonly foldings: (text: string) => Folding[];
  /** Changes of white space only; none for a text that is formatted. */
  readonly format: (text: string) => SpanEdit[];
  /** What can be done at a place, or with the whole file, beyond the fixes of problems. */
  readonly actions: (text: string, span: Span, context: DocumentContext) => Action[];
}
