import type { Readable, Writable } from 'node:stream';

/** How a shell on the host ended. */
export type ShellEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'lost'; readonly message: string };

/** A running `sh -s` on a host. */
export interface Shell {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /**
   * Settles once, when the process is gone and its output has been delivered; never rejects. Both outputs have to be
   * read for that, as with any process. After `end()` it settles within about three seconds whatever happens.
   */
  readonly ended: Promise<ShellEnd>;
  /**
   * Ends it on the host as well: closes stdin (the collector exits when its stdin closes), after half a second sends
   * SIGTERM, then SIGKILL, to it and what it started. Idempotent.
   */
  end(): void;
}

/**
 * The one thing asked of a way to reach a host: start `sh -s -- ARGS` there. Everything else (scripts, framing,
 * deadlines, limits) is above it and the same for every host.
 */
export interface Transport {
  /**
   * Rejects with a `TransportError`, or with the signal's reason when it is aborted before the shell runs. Once it has
   * resolved, aborting the signal ends the shell.
   * `args` may hold only `[A-Za-z0-9_.,:=/-]`, so that no login shell can read them differently.
   */
  startShell(args: readonly string[], signal: AbortSignal): Promise<Shell>;
  /** Ends the shells that still run and closes what is kept open to the host. It can be used again afterwards. */
  close(): void;
}

export type TransportErrorKind =
  | 'unreachable'
  | 'timed-out'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'host-key-revoked'
  | 'auth-failed'
  | 'config'
  | 'unsupported'
  | 'lost';

/**
 * `message` says what and why, without a period at its end, so that it fits into another sentence; `hint` says what to
 * do next, in whole sentences. Neither ever holds a secret.
 */
export class TransportError extends Error {
  readonly kind: TransportErrorKind;
  readonly hint: string;

  constructor(kind: TransportErrorKind, message: string, hint: string) {
    // It may end in what a host or a program said.
    super(message.replace(/[.\s]+$/, ''));
    this.name = 'TransportError';
    this.kind = kind;
    this.hint = hint;
  }
}

const safeArgument = /^[A-Za-z0-9_.,:=/-]+$/;

/** The arguments of `sh` that make it read its script from stdin; throws on one that would need quoting: our mistake. */
export function shellArguments(args: readonly string[]): string[] {
  for (const arg of args) {
    if (!safeArgument.test(arg)) throw new Error(`argument needs quoting: ${JSON.stringify(arg)}`);
  }
  return ['-s', '--', ...args];
}

/** The same as one command line for a login shell. */
export function shellCommand(args: readonly string[]): string {
  return ['sh', ...shellArguments(args)].join(' ');
}
