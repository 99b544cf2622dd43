import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { printable } from '../kernel/printable.ts';
import type { SshPrompts } from '../transport/sshPrompts.ts';

/**
 * Asks on the terminal. Without one nothing is asked: an unknown host key is refused and a secret is not given, so that
 * the command ends instead of waiting for nobody.
 */
export const sshPromptsInTerminal: SshPrompts = {
  async trustHostKey({ host, port, keyType, fingerprint, knownTypes }, signal) {
    const known = knownTypes.length > 0 ? ` (known until now by other keys: ${knownTypes.join(', ')})` : '';
    const question = `The authenticity of ${printable(host)} port ${port} cannot be established${known}.\n${keyType} ${fingerprint}\nTrust it and remember it? (yes/no) `;
    return (await ask(question, true, signal)) === 'yes';
  },
  secret({ kind, user, host, keyFile, prompt, echo }, signal) {
    const what =
      kind === 'passphrase'
        ? `Passphrase of ${keyFile ?? 'the key'}`
        : kind === 'answer'
          ? printable(prompt ?? '')
          : 'Password';
    return ask(`${what} (${printable(user)}@${printable(host)}): `, echo, signal);
  },
};

async function ask(question: string, echo: boolean, signal: AbortSignal): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: echo ? process.stderr : silent, terminal: true });
  try {
    return await reader.question('', { signal });
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return undefined;
    throw error;
  } finally {
    reader.close();
    if (!echo) process.stderr.write('\n');
  }
}
