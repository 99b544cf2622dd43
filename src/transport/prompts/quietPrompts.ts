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
        `The ${keyType} key of ${aliasText(question)} is not on record: ${fingerprint}${known}`,
        'Connect to it by itself to compare the key and trust it.',
      ),
    );
  },
  secret(question: SecretQuestion): Promise<never> {
    const again = question.attempt > 1 ? ', and refused the one that was tried' : '';
    return Promise.reject(
      new TransportError(
        'needs-attention',
        `The login to ${loginText(question)} asks for ${wantedText(question)}${again}`,
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
