import { printable } from '../kernel/printable.ts';
import type { ReadyOutcome } from './readyMark.ts';
import { TransportError } from './shell.ts';

const check = 'Check the command: in the setting packetPath.hosts, or on the command line.';

/** The program could not be started at all. */
export function startError(name: string, program: string, error: unknown): TransportError {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const why =
    code === 'ENOENT'
      ? 'it is not there, or not on PATH'
      : code === 'EACCES'
        ? 'it is no program, or not allowed'
        : printable(error instanceof Error ? error.message : String(error));
  return new TransportError('config', `${printable(name)}: ${printable(program)} cannot be started: ${why}`, check);
}

export interface NoShell {
  readonly name: string;
  /** What it did not do: `gave no shell`. */
  readonly what: string;
  /** Printable; empty when it said nothing. */
  readonly words: string;
  readonly readyMs: number;
}

/** The program runs, or ran, but no shell behind it. */
export function noShellError(
  outcome: Exclude<ReadyOutcome['outcome'], 'ready'> | 'terminal',
  { name, what, words, readyMs }: NoShell,
): TransportError {
  const message = `${printable(name)} ${what}`;
  const said = words === '' ? '' : `: ${words}`;
  switch (outcome) {
    case 'ended':
      return new TransportError('unsupported', `${message}${said === '' ? ', and said nothing' : said}`, check);
    case 'too-much':
      return new TransportError('unsupported', `${message}, but text without end`, check);
    case 'terminal':
      return new TransportError(
        'unsupported',
        `${message}, but a terminal, which shows what is typed`,
        `Leave out what asks for a terminal, such as -t of docker, kubectl and ssh. ${check}`,
      );
    case 'aborted':
      return new TransportError(
        'timed-out',
        `${message} within ${readyMs / 1000} s${said}`,
        `Try the same command with sh behind it in a terminal: it may wait for an answer there. ${check}`,
      );
  }
}
