import type { Fix, Problem, Span, SpanEdit } from './languageService.ts';

/** A problem with nothing but what it needs; the rest is left empty. */
export function problem(parts: Pick<Problem, 'code' | 'severity' | 'span' | 'message'> & Partial<Problem>): Problem {
  return { why: '', links: [], related: [], fixes: [], unnecessary: false, ...parts };
}

/** A repair that may be made without asking. */
export function sureFix(title: string, ...edits: SpanEdit[]): Fix {
  return { title, edits, preferred: true };
}

/** One of several repairs, or one that only whoever wrote the file can decide on. */
export function possibleFix(title: string, ...edits: SpanEdit[]): Fix {
  return { title, edits, preferred: false };
}

export function replaced({ start, end }: Span, text: string): SpanEdit {
  return { start, end, text };
}

/** Put a text before an offset. */
export function inserted(at: number, text: string): SpanEdit {
  return { start: at, end: at, text };
}

/** All that a problem says, as sentences: `Linux has no key x: did you mean y? systemd-sysctl skips ...` */
export function sentencesOf({ message, why }: Pick<Problem, 'message' | 'why'>): string {
  return `${message}${/[?.!]$/.test(message) ? '' : '.'}${why === '' ? '' : ` ${why}`}`;
}
