import { type Remedy, TransportError, type TransportErrorKind } from '../transport/shell.ts';
import type { HostProblem } from './hostRegistry.ts';

/** A failure as it is shown: which buttons it gets depends on its kind. */
export interface Problem extends HostProblem {
  /** Null for what is no failure of the connection. */
  readonly kind: TransportErrorKind | null;
  readonly remedy: Remedy | null;
}

/** What went wrong and what to do next, for a person. */
export function problemOf(error: unknown): Problem {
  if (error instanceof TransportError) {
    const { message, hint, kind, remedy } = error;
    return { message, hint, attention: kind === 'needs-attention', kind, remedy };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message, hint: '', attention: false, kind: null, remedy: null };
}

/** It as one paragraph that names the host. */
export function problemText(label: string, { message, hint }: Pick<Problem, 'message' | 'hint'>): string {
  const about = message.includes(label) ? '' : `${label}: `;
  return [`${about}${message}.`, hint].filter((line) => line !== '').join(' ');
}
