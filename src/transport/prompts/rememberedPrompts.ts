import { TransportError } from '../shell.ts';
import type { SecretQuestion, SshPrompts } from './sshPrompts.ts';
import { accountText } from './sshQuestionText.ts';

/** Where typed secrets are kept, by a name that may be shown. Never rejects: a login goes on without it. */
export interface SecretVault {
  get(name: string): Promise<string | undefined>;
  /** `lasting`: until it is forgotten, else as long as this process runs. */
  keep(name: string, secret: string, lasting: boolean): Promise<void>;
  forget(name: string): Promise<void>;
}

/** Prompts where the user may also choose that a secret is kept; offered only where `rememberable`. */
export interface RememberingPrompts extends Omit<SshPrompts, 'secret'> {
  secret(
    question: SecretQuestion,
    signal: AbortSignal,
    rememberable: boolean,
  ): Promise<{ readonly text: string; readonly remember: boolean } | undefined>;
}

/** Runs work when it is its turn; not at all when the signal is aborted before, then it rejects with its reason. */
export type Turns = <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/**
 * Answers from the vault before anybody is asked: once a connection attempt (each has a signal of its own). What the host
 * refuses is forgotten and asked for. A passphrase is kept as long as this process runs without being told, as an agent
 * would; a password only when the user says so; a one-time code never.
 */
export function rememberedPrompts(prompts: RememberingPrompts, vault: SecretVault, inTurn: Turns): SshPrompts {
  const used = new WeakMap<AbortSignal, Set<string>>();

  /** Whether an attempt asks for it for the first time. */
  function isFirst(name: string, { attempt }: SecretQuestion, signal: AbortSignal): boolean {
    const names = used.get(signal) ?? new Set();
    used.set(signal, names);
    const first = attempt === 1 && !names.has(name);
    names.add(name);
    return first;
  }

  function forgetIfRefused(name: string, { kind }: SecretQuestion, signal: AbortSignal): void {
    // A passphrase that opens the key is right, whatever the host says of the key.
    if (kind === 'passphrase') return;
    const onAbort = (): void => {
      const { reason } = signal;
      // The latter where the user also has what another client could log in by.
      const refused = reason instanceof TransportError && /^(auth-failed|unsupported)$/.test(reason.kind);
      if (refused) void vault.forget(name);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  }

  async function ask(name: string, question: SecretQuestion, signal: AbortSignal): Promise<string | undefined> {
    const asked = await prompts.secret(question, signal, true);
    if (asked === undefined || asked.text === '') return asked?.text;
    if (asked.remember || question.kind === 'passphrase') {
      await vault.keep(name, asked.text, asked.remember);
      forgetIfRefused(name, question, signal);
    }
    return asked.text;
  }

  return {
    ...prompts,
    trustHostKey: (question, signal) => inTurn(() => prompts.trustHostKey(question, signal), signal),
    async secret(question, signal) {
      const name = secretName(question);
      if (name === null) return inTurn(async () => (await prompts.secret(question, signal, false))?.text, signal);
      const first = isFirst(name, question, signal);
      if (!first) await vault.forget(name);
      const kept = async (): Promise<string | undefined> => {
        const secret = first ? await vault.get(name) : undefined;
        if (secret !== undefined) forgetIfRefused(name, question, signal);
        return secret;
      };
      // It may have been typed for another host while this one waited for its turn.
      return (await kept()) ?? inTurn(async () => (await kept()) ?? ask(name, question, signal), signal);
    },
  };
}

/** What a secret is kept under; null for what is good for one login only, and where it might reach another host. */
export function secretName(question: SecretQuestion): string | null {
  if (question.kind === 'passphrase') return `Passphrase of ${question.keyFile ?? 'the key'}`;
  if (question.uncertain === true || (question.kind === 'answer' && !asksForPassword(question))) return null;
  return `Password of ${accountText(question)}`;
}

/** Good for one login, or for choosing a new password. */
const passing =
  /one[- ]?time|\b(otp|totp|hotp|oath|s\/key|skey|codes?|tokens?|passcodes?|pin|sms|securid|radius|response|challenge|dynamic|temporary|verification|new|old|current|again|retype|re-enter|expired)\b|yubi|duo|factor/i;

/** Whether what a host asks is the account's password and nothing besides (PAM's `Password:`). */
function asksForPassword({ prompt = '', instruction = '', echo }: SecretQuestion): boolean {
  return !echo && /\bpassword\b/i.test(prompt) && !passing.test(prompt) && !passing.test(instruction);
}

/** One at a time, in the order of asking. A place in the queue is given up when the signal is aborted. */
export function turns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work, signal) => {
    const turn = last.then(() => {
      signal.throwIfAborted();
      return work();
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}
