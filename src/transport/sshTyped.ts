import type { Prompt } from 'ssh2';
import { printable } from '../kernel/printable.ts';
import { type Attempts, type AuthDeps, isOpen, loginOf, type Progress, type Reply } from './sshAttempts.ts';

/**
 * The password, and what the server asks itself, where it takes both and neither is preferred: one refused password is
 * enough to go over to its questions, as a host that wants a one-time code as well refuses every plain password. Many a
 * server offers questions and has none; then the password's other tries are used.
 */
export async function* passwordOrAnswers(deps: AuthDeps, progress: Progress, first: Reply): Attempts {
  const refused = yield* passwords(deps, progress, first, 1, 1);
  if (!isOpen(refused, 'keyboard-interactive')) return yield* passwords(deps, progress, refused, 2);
  const { reply, asked } = yield* answers(deps, progress, refused);
  return asked ? reply : yield* passwords(deps, progress, reply, 2);
}

/** Tries `from` to `to`, as long as the server takes passwords. */
export async function* passwords(
  deps: AuthDeps,
  progress: Progress,
  first: Reply,
  from = 1,
  to = deps.target.passwordPrompts,
): Attempts {
  let reply = first;
  for (let attempt = from; attempt <= Math.min(to, deps.target.passwordPrompts); attempt += 1) {
    if (!isOpen(reply, 'password')) break;
    if (progress.tried.at(-1) !== 'password') progress.tried.push('password');
    const password = await deps.secret({ kind: 'password', ...loginOf(deps), echo: false, attempt });
    reply = yield { type: 'password', username: deps.target.user, password };
  }
  return reply;
}

/** Keyboard-interactive (RFC 4256): the server's own questions, each asked as it stands; `asked` when there were any. */
export async function* answers(
  deps: AuthDeps,
  progress: Progress,
  first: Reply,
): Attempts<{ readonly reply: Reply; readonly asked: boolean }> {
  const { user, passwordPrompts } = deps.target;
  let reply = first;
  let asked = false;
  progress.tried.push('keyboard-interactive');
  for (let attempt = 1; attempt <= passwordPrompts && isOpen(reply, 'keyboard-interactive'); attempt += 1) {
    const answer = async (prompts: readonly Prompt[], instruction: string): Promise<string[]> => {
      const given: string[] = [];
      for (const { prompt, echo } of prompts) {
        asked = true;
        const question = { ...loginOf(deps), prompt: printable(prompt), echo: echo === true, attempt } as const;
        given.push(await deps.secret({ kind: 'answer', ...question, ...(instruction === '' ? {} : { instruction }) }));
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
  return { reply, asked };
}
