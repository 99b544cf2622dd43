import type { HostKeyQuestion, SecretQuestion, SshPrompts } from '../../src/transport/prompts/sshPrompts.ts';

/** What a test answers to what it is asked. */
export interface PromptAnswers {
  /** Trust unless given: answers to the host key question. */
  readonly trust?: boolean | SshPrompts['trustHostKey'];
  /** Answers in turn; undefined gives up. */
  readonly secrets?: readonly (string | undefined)[];
  readonly secret?: SshPrompts['secret'];
}

/** Prompts that answer so, and a record of what they were asked. */
export function recordedPrompts({ trust = true, secrets: replies = [], secret }: PromptAnswers): {
  readonly prompts: SshPrompts;
  readonly questions: HostKeyQuestion[];
  readonly secrets: SecretQuestion[];
} {
  const questions: HostKeyQuestion[] = [];
  const secrets: SecretQuestion[] = [];
  const left = [...replies];
  const prompts: SshPrompts = {
    trustHostKey: async (question, signal) => {
      questions.push(question);
      return typeof trust === 'boolean' ? trust : trust(question, signal);
    },
    secret: async (question, signal) => {
      secrets.push(question);
      return secret === undefined ? left.shift() : secret(question, signal);
    },
  };
  return { prompts, questions, secrets };
}
