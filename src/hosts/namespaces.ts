import { randomBytes } from 'node:crypto';
import { firstPrintableLine } from '../kernel/printable.ts';
import { type Transport, TransportError } from '../transport/shell.ts';
import { type NamespaceList, namespaceList } from './namespaceEntries.ts';
import script from './namespaces.sh';
import { parseNamespaceText } from './namespaceText.ts';

const most = 1000;
const mostBytes = 1024 * 1024;
const limitMs = 20_000;

/** The POSIX sh text that is sent to a host, exactly as it is sent. */
export const namespacesScript: string = script;

/**
 * The network namespaces of a host, over its connection. Rejects with a `TransportError`, or with the signal's reason when
 * that is aborted; in each case nothing of ours stays running on the host.
 */
export async function listNamespaces(transport: Transport, signal: AbortSignal): Promise<NamespaceList> {
  const nonce = randomBytes(8).toString('hex');
  const shell = await transport.startShell([nonce, String(most)], signal);
  const chunks: Buffer[] = [];
  let bytes = 0;
  let errors = '';
  let failure: TransportError | null = null;
  const fail = (error: TransportError): void => {
    failure ??= error;
    shell.end();
  };
  const timer = setTimeout(
    () =>
      fail(new TransportError('timed-out', `the host did not list its namespaces within ${limitMs / 1000} s`, again)),
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
  try {
    shell.stdin.end(script);
    const end = await shell.ended;
    signal.throwIfAborted();
    if (failure !== null) throw failure;
    if (end.kind === 'lost') throw new TransportError('lost', `the connection was lost: ${end.message}`, again);
    const text = parseNamespaceText(Buffer.concat(chunks).toString('utf8'));
    if (text !== null) return namespaceList(text);
    const said = firstPrintableLine(errors, 200);
    throw new TransportError(
      'unsupported',
      `the host did not list its network namespaces${said === '' ? '' : `: ${said}`}`,
      'Packet Path needs a POSIX sh that runs what it reads from stdin.',
    );
  } finally {
    clearTimeout(timer);
    shell.end();
  }
}

const again = 'Try again; if that does not help, look at what the login shell prints.';
