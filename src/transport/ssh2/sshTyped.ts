import type { Prompt } from 'ssh2';
import { printable } from '../../kernel/printable.ts';
import { type Attempts, type AuthDeps, isOpen, loginOf, type Progress, type Reply } from './sshAttempts.ts';

/** PAM's words, where the question is about nothing but the account's password: it is asked for, and kept, as that. */
const passwordPrompt = /^\s*password(?: for \S+)?:\s*$/i;

/** The password, asked for again when it is wrong, as long as the server takes passwords. */
export async function* passwords(deps: AuthDeps, progress: Progress, first: Reply): Attempts {
  const { user, passwordPrompts } = deps.target;
  let reply = first;
  for (let attempt = 1; attempt <= passwordPrompts && isOpen(reply, 'password'); attempt += 1) {
    if (attempt === 1) progress.tried.push('password');
    const password = await deps.secret({ kind: 'password', ...loginOf(deps), echo: false, attempt });
    reply = yield { type: 'password', username: user, password };
  }
  return reply;
}

/**
 * Keyboard-interactive (RFC 4256): the server's own questions, each asked as it stands. Many a server offers it and has
 * no questions; it is asked only once.
 */
export async function* answers(deps: AuthDeps, progress: Progress, first: Reply): Attempts {
  const { user, passwordPrompts } = deps.target;
  let reply = first;
  let asked = false;
  progress.tried.push('keyboard-interactive');
  for (let attempt = 1; attempt <= passwordPrompts && isOpen(reply, 'keyboard-interactive'); attempt += 1) {
    const answer = async (prompts: readonly Prompt[], instruction: string): Promise<string[]> => {
      const given: string[] = [];
      for (const { prompt, echo } of prompts) {
        asked = true;
        const shown = { ...loginOf(deps), echo: echo === true, attempt };
        const asks = { prompt: printable(prompt), ...(instruction === '' ? {} : { instruction }) };
        const isPassword = prompts.length === 1 && !shown.echo && instruction === '' && passwordPrompt.test(prompt);
        given.push(
          await deps.secret(isPassword ? { kind: 'password', ...shown } : { kind: 'answer', ...shown, ...asks }),
        );
      }
      return given;
    };
    reply = yield {
      type: 'keyboard-interactive',
      username: user,
      prompt: (name, instructions, _lang, prompts, finish) => {
        const instruction = [name, instructions]
          .map((text) => printable(text))
          .filter((text) => text !== '')
          .join(': ');
        answer(prompts, instruction).then(finish).catch(deps.fail);
      },
    };
    if (!asked) break;
  }
  return reply;
}
