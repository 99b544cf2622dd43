import type { Fix, Problem, ProblemSeverity, Span, SpanEdit } from './languageService.ts';

/** A problem with what most have not left empty. */
export function problem(
  code: string,
  severity: ProblemSeverity,
  span: Span,
  message: string,
  rest: Partial<Pick<Problem, 'why' | 'links' | 'related' | 'fixes' | 'unnecessary'>> = {},
): Problem {
  return { code, severity, span, message, why: '', links: [], related: [], fixes: [], unnecessary: false, ...rest };
}

/** A repair of which there is no doubt. */
export function sureFix(title: string, ...edits: readonly SpanEdit[]): Fix {
  return { title, edits, preferred: true };
}

/** A repair that may not be what was meant. */
export function likelyFix(title: string, ...edits: readonly SpanEdit[]): Fix {
  return { title, edits, preferred: false };
}

/** Put a text in the place of a part. */
export function replaced({ start, end }: Span, text: string): SpanEdit {
  return { start, end, text };
}

/** Put a text before an offset. */
export function inserted(at: number, text: string): SpanEdit {
  return { start: at, end: at, text };
}
