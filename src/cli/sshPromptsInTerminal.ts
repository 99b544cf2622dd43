import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { printable } from '../kernel/printable.ts';
import { isAbort } from '../transport/abort.ts';
import type { SshPrompts } from '../transport/prompts/sshPrompts.ts';
import { hostText, loginText } from '../transport/prompts/sshQuestionText.ts';
import { TransportError } from '../transport/shell.ts';

/** Asks on the terminal. Without one a question is an error, so that the command ends instead of waiting for nobody. */
export const sshPromptsInTerminal: SshPrompts = {
  async trustHostKey(question, signal) {
    const { keyType, fingerprint, knownTypes } = question;
    const place = hostText(question);
    if (!process.stdin.isTTY) {
      throw new TransportError(
        'host-key-unknown',
        `The ${keyType} key of ${place}, ${fingerprint}, is not on record, and there is no terminal to ask on`,
        'Run this once in a terminal, or add the key to known_hosts.',
      );
    }
    const known = knownTypes.length > 0 ? ` (known until now by other keys: ${knownTypes.join(', ')})` : '';
    const text = `The authenticity of ${place} cannot be established${known}.\n${keyType} ${fingerprint}\nTrust it and remember it? (yes/no) `;
    return (await ask(text, true, signal)) === 'yes';
  },
  async secret(question, signal) {
    const { kind, keyFile, prompt, instruction, echo, attempt } = question;
    const whom = loginText(question);
    const what =
      kind === 'passphrase'
        ? `Passphrase of ${printable(keyFile ?? 'the key')}`
        : kind === 'answer'
          ? printable(prompt ?? '')
          : 'Password';
    if (!process.stdin.isTTY) {
      throw new TransportError(
        'auth-failed',
        `The login to ${whom} asks for something to be typed (${what}), and there is no terminal to ask on`,
        'Use a key that needs no passphrase, or an agent that holds it.',
      );
    }
    const again = attempt > 1 ? 'That was not right.\n' : '';
    const above = instruction === undefined ? '' : `The host says: ${printable(instruction)}\n`;
    const asked = kind === 'answer' ? `${whom} asks: ${what.trim()} ` : `${what} for ${whom}: `;
    return ask(`${again}${above}${asked}`, echo, signal);
  },
};

/** Undefined when the user gave up (Ctrl+C, Ctrl+D) or the answer is no longer wanted. */
async function ask(question: string, echo: boolean, signal: AbortSignal): Promise<string | undefined> {
  // readline redraws the line that it shows what is typed on: it has to know what stands there already.
  const lineStart = echo ? question.lastIndexOf('\n') + 1 : question.length;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: echo ? process.stderr : silent, terminal: true });
  // Only now, as until the reader is there the terminal itself shows what is typed.
  process.stderr.write(question.slice(0, lineStart));
  // A question of a reader that was closed is never settled by itself.
  const closed = new AbortController();
  reader.once('close', () => closed.abort());
  try {
    return await reader.question(question.slice(lineStart), { signal: AbortSignal.any([signal, closed.signal]) });
  } catch (error) {
    if (isAbort(error)) return undefined;
    throw error;
  } finally {
    reader.close();
    if (!echo) process.stderr.write('\n');
  }
}
