import { randomBytes } from 'node:crypto';
import { runScript } from '../capture/runScript.ts';
import type { Transport } from '../transport/shell.ts';
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
export function listNamespaces(transport: Transport, signal: AbortSignal): Promise<NamespaceList> {
  const nonce = randomBytes(8).toString('hex');
  return runScript(
    transport,
    {
      script,
      args: [nonce, String(most)],
      task: 'list its network namespaces',
      limitMs,
      mostBytes,
      read: (sent) => {
        const text = parseNamespaceText(sent);
        return text === null ? null : namespaceList(text);
      },
    },
    signal,
  );
}
