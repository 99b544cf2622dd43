import { homedir } from 'node:os';
import { join } from 'node:path';
import { namespaceTransport, openTransport } from '../hosts/host.ts';
import { namespaceOf } from '../hosts/namespaceEntries.ts';
import { listNamespaces } from '../hosts/namespaces.ts';
import { processSshEnvironment } from '../hosts/sshEnvironment.ts';
import { hostKeyStore } from '../transport/hostKeys/hostKeyStore.ts';
import { type Transport, TransportError } from '../transport/shell.ts';
import type { ChosenHost } from './chosenHost.ts';
import { UsageError } from './exit.ts';
import { sshPromptsInTerminal } from './sshPromptsInTerminal.ts';

/** Does something on the host, in its namespace; Ctrl+C ends it here and there. Rejects with a `TransportError`. */
export async function onHost<T>(
  { text, host, namespace }: ChosenHost,
  work: (transport: Transport, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const interrupt = (): void => abort.abort(new DOMException('interrupted', 'AbortError'));
  process.once('SIGINT', interrupt);
  const transport = openTransport(host, {
    ssh: processSshEnvironment(),
    prompts: sshPromptsInTerminal,
    store: hostKeyStore(storeFile()),
    cwd: process.cwd(),
  });
  try {
    return await work(
      namespace === null ? transport : await inside(transport, namespace, text, abort.signal),
      abort.signal,
    );
  } finally {
    process.removeListener('SIGINT', interrupt);
    transport.close();
  }
}

async function inside(transport: Transport, name: string, host: string, signal: AbortSignal): Promise<Transport> {
  const list = await listNamespaces(transport, signal);
  const entry = namespaceOf(list, name);
  if (entry === null) {
    const note = list.note === '' ? '' : ` (${list.note})`;
    throw new UsageError(`${host} has no network namespace "${name}"${note}: packet-path namespaces lists them`);
  }
  if (entry.namespace === null) {
    throw new TransportError(
      'unsupported',
      `The network namespace ${entry.label} of ${host} cannot be entered: ${entry.reason}`,
      'packet-path namespaces lists those that can.',
    );
  }
  return namespaceTransport(transport, entry.namespace);
}

/** Host keys the user said yes to on the command line, beside their other data. */
function storeFile(): string {
  const data = process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
  return join(data, 'packet-path', 'known_hosts');
}
