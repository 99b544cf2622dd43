import { printable } from '../../kernel/printable.ts';
import { TransportError } from '../shell.ts';
import type { HostKeyQuestion, SecretQuestion } from './sshPrompts.ts';
import { aliasText, loginText, wantedText } from './sshQuestionText.ts';

/** Asks nobody: whatever would have to be asked ends the attempt, with an error that says what it was. */
export const quietPrompts = {
  trustHostKey(question: HostKeyQuestion): Promise<never> {
    const { keyType, fingerprint, knownTypes } = question;
    const known = knownTypes.length === 0 ? '' : ` (it was known by other keys until now: ${knownTypes.join(', ')})`;
    return Promise.reject(
      new TransportError(
        'needs-attention',
        `The host key is not on record: ${keyType} ${fingerprint} of ${aliasText(question)}${known}`,
        'Connect to it by itself to compare the key and trust it.',
      ),
    );
  },
  secret(question: SecretQuestion): Promise<never> {
    const wanted = wantedText(question);
    const again = question.attempt > 1 ? '; the one that was tried was refused' : '';
    return Promise.reject(
      new TransportError(
        'needs-attention',
        `${wanted.charAt(0).toUpperCase()}${wanted.slice(1)} is wanted at the login to ${loginText(question)}${again}`,
        'Connect to it by itself to answer.',
      ),
    );
  },
  notice(text: string): Promise<never> {
    return Promise.reject(
      new TransportError(
        'needs-attention',
        `The login waits for somebody: ${printable(text)}`,
        'Connect to it by itself to answer.',
      ),
    );
  },
};
