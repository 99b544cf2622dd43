import type { RememberingPrompts } from './rememberedPrompts.ts';
import { hostText, loginText, wantedText } from './sshQuestionText.ts';

/** Tells of each question: who was asked for what, and whether there was an answer. What it was is never told. */
export function loggedPrompts(prompts: RememberingPrompts, log: (line: string) => void): RememberingPrompts {
  async function told<T>(question: string, ask: () => Promise<T>, answer: (given: T) => string): Promise<T> {
    log(question);
    const startedAt = performance.now();
    const given = await ask();
    log(`${question}: ${answer(given)} after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    return given;
  }
  return {
    ...prompts,
    trustHostKey(question, signal) {
      const { alias, keyType, fingerprint } = question;
      return told(
        `${alias}: you are asked to trust ${keyType} ${fingerprint} of ${hostText(question)}`,
        () => prompts.trustHostKey(question, signal),
        (trusted) => (trusted ? 'trusted' : 'not trusted'),
      );
    },
    secret(question, signal, rememberable) {
      const again = question.attempt > 1 ? `, try ${question.attempt}` : '';
      return told(
        `${question.alias}: you are asked for ${wantedText(question)} at the login to ${loginText(question)}${again}`,
        () => prompts.secret(question, signal, rememberable),
        (given) => (given === undefined ? 'given up' : `answered${given.remember ? ', to be remembered,' : ''}`),
      );
    },
  };
}
