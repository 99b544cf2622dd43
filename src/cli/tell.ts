import { printable } from '../kernel/printable.ts';
import { TransportError } from '../transport/shell.ts';

/** What went wrong and what to do next, on stderr; `about` names the host of several. */
export function tellError(error: unknown, about: string | null = null): void {
  const message = error instanceof Error ? error.message : String(error);
  tell(`${about === null ? '' : `${about}: `}${message}`);
  if (!(error instanceof TransportError)) return;
  process.stderr.write(`${printable(error.hint)}\n`);
  if (error.remedy === 'system-ssh') process.stderr.write('The ssh program may be able to: try --client system.\n');
}

/** A line on stderr. */
export function tell(line: string): void {
  process.stderr.write(`packet-path: ${printable(line, 1000)}\n`);
}
