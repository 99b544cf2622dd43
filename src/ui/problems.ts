import { type Remedy, TransportError, type TransportErrorKind } from '../transport/shell.ts';
import type { HostProblem } from './hostRegistry.ts';

/** A failure as it is shown: which buttons it gets depends on its kind. */
export interface Problem extends HostProblem {
  /** Null for what is no failure of the connection. */
  readonly kind: TransportErrorKind | null;
  readonly remedy: Remedy | null;
}

const inBrief: Readonly<Record<TransportErrorKind, string>> = {
  unreachable: 'not reachable',
  'timed-out': 'timed out',
  'host-key-unknown': 'host key not trusted',
  'host-key-changed': 'host key changed',
  'host-key-revoked': 'host key revoked',
  'auth-failed': 'login refused',
  'needs-attention': 'needs you',
  config: 'configuration',
  unsupported: '',
  lost: '',
};

/** What went wrong and what to do next, for a person. */
export function problemOf(error: unknown): Problem {
  if (error instanceof TransportError) {
    const { message, hint, kind, remedy } = error;
    const brief = remedy === 'system-ssh' ? 'needs system ssh' : inBrief[kind];
    return { message, hint, attention: kind === 'needs-attention', brief, kind, remedy };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message, hint: '', attention: false, brief: '', kind: null, remedy: null };
}

/** It where a line may be cut short: what kind it is before all else. */
export function problemLine({ brief, message }: Pick<Problem, 'brief' | 'message'>): string {
  return brief === '' ? message : `${brief}: ${message}`;
}

/** It as one paragraph that names the host. */
export function problemText(label: string, { message, hint }: Pick<Problem, 'message' | 'hint'>): string {
  const about = message.includes(label) ? '' : `${label}: `;
  return [`${about}${message}.`, hint].filter((line) => line !== '').join(' ');
}
