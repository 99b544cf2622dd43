import { firstPrintableLine } from '../kernel/printable.ts';
import { type Transport, TransportError } from '../transport/shell.ts';

/** A script for a host, and what may come of it. */
export interface HostScript<T> {
  /** POSIX sh, as it is sent. */
  readonly script: string;
  readonly args: readonly string[];
  /** `list its network namespaces`: what a host did not do when it fails. */
  readonly task: string;
  readonly limitMs: number;
  readonly mostBytes: number;
  /** Makes sense of all it wrote to stdout; null when that is no answer. */
  readonly read: (text: string) => T | null;
}

/**
 * Runs a script on a host, over its connection, and reads the answer. Rejects with a `TransportError`, or with the signal's
 * reason when that is aborted; in each case nothing of ours stays running on the host.
 */
export async function runScript<T>(transport: Transport, what: HostScript<T>, signal: AbortSignal): Promise<T> {
  const { script, task, limitMs, mostBytes } = what;
  const shell = await transport.startShell(what.args, signal);
  const chunks: Buffer[] = [];
  let bytes = 0;
  let errors = '';
  let failure: TransportError | null = null;
  const fail = (error: TransportError): void => {
    failure ??= error;
    shell.end();
  };
  const timer = setTimeout(
    () => fail(new TransportError('timed-out', `the host did not ${task} within ${limitMs / 1000} s`, again)),
    limitMs,
  );
  shell.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) fail(new TransportError('lost', `the host sent more than ${mostBytes} bytes`, again));
    else chunks.push(chunk);
  });
  shell.stderr.on('data', (chunk: Buffer) => {
    if (errors.length < 4096) errors += chunk.toString('utf8');
  });
  // The host may go away while the script is being written; `ended` tells why.
  shell.stdin.on('error', () => undefined);
  try {
    shell.stdin.end(script);
    const end = await shell.ended;
    signal.throwIfAborted();
    if (failure !== null) throw failure;
    if (end.kind === 'lost') throw new TransportError('lost', `the connection was lost: ${end.message}`, again);
    const answer = what.read(Buffer.concat(chunks).toString('utf8'));
    if (answer !== null) return answer;
    const said = firstPrintableLine(errors, 200);
    throw new TransportError(
      'unsupported',
      `the host did not ${task}${said === '' ? '' : `: ${said}`}`,
      'Packet Path needs a POSIX sh that runs what it reads from stdin.',
    );
  } finally {
    clearTimeout(timer);
    shell.end();
  }
}

const again = 'Try again; if that does not help, look at what the login shell prints.';
