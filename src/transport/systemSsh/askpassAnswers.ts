import { untilAborted } from '../abort.ts';
import type { SecretQuestion, SshPrompts } from '../prompts/sshPrompts.ts';
import { TransportError } from '../shell.ts';
import { describeTarget, type SshTarget } from '../sshTarget.ts';
import { type AskpassPrompt, parseAskpassPrompt } from './askpassPrompt.ts';
import type { AskpassAnswer, AskpassQuestion } from './askpassServer.ts';

type Login = Pick<SecretQuestion, 'alias' | 'user' | 'host' | 'port' | 'onTheWayTo' | 'uncertain'>;

/** One attempt to connect by ssh, which may involve an ssh for each jump host. */
export interface AskedAttempt {
  /** The hosts on the way, nearest first, and at the end the host itself. */
  readonly chain: readonly SshTarget[];
  /** See `SystemSshHost`. */
  readonly namesWhoAsks: boolean;
  /** The ssh that connects to the last of them; the others are that one's children. */
  pid(): number | undefined;
  readonly prompts: SshPrompts;
  /** Of the attempt: the prompts get it. */
  readonly signal: AbortSignal;
  /** Types of keys on record for a host. */
  knownTypes(target: SshTarget): Promise<readonly string[]>;
  /** Runs off the clock what waits for the user. */
  waitForUser<T>(work: () => Promise<T>): Promise<T>;
  /** Ends the attempt with what the prompts rejected with, or because the user gave up. */
  fail(error: unknown): void;
}

/** What answers ssh's questions by asking the prompts. */
export function askpassAnswers(attempt: AskedAttempt): AskpassAnswer {
  const { prompts, signal } = attempt;
  const host = lastOf(attempt.chain);
  const asked = new Map<string, number>();

  /** Counts how often the same ssh has asked the same. */
  function nth(pid: number, prompt: AskpassPrompt): number {
    const key = JSON.stringify([pid, prompt]);
    const count = (asked.get(key) ?? 0) + 1;
    asked.set(key, count);
    return count;
  }

  /** The hosts that an ssh can be speaking of; none where it is one that a ProxyCommand has started. */
  function candidates(pid: number): readonly SshTarget[] {
    return pid === attempt.pid() ? attempt.chain.slice(-1) : attempt.chain.slice(0, -1);
  }

  async function hostKey(prompt: Extract<AskpassPrompt, { kind: 'host-key' }>, pid: number): Promise<string> {
    const { name, port, address, keyType, fingerprint } = prompt;
    const target = candidates(pid).find((candidate) => isPlace(candidate, name, port));
    if (target === undefined) {
      throw new TransportError(
        'host-key-unknown',
        `The ${keyType} key of ${name}, ${fingerprint}, is not on record; it is met in the ProxyCommand of ${describeTarget(host)}`,
        `Connect to ${name} once with \`ssh\` in a terminal and compare the key there, or use ProxyJump instead: what a ProxyCommand runs keeps keys in your own known_hosts, which is never changed from here.`,
      );
    }
    const knownTypes = prompt.knownOtherwise ? await attempt.knownTypes(target) : [];
    const question = {
      alias: target.alias,
      host: target.host,
      address,
      port: target.port,
      keyType,
      fingerprint,
      onTheWayTo: target === host ? null : host.alias,
      knownTypes,
    };
    if (await prompts.trustHostKey(question, signal)) return 'yes';
    throw new TransportError(
      'host-key-unknown',
      `The ${keyType} key of ${describeTarget(target)}, ${fingerprint}, was not trusted`,
      'Compare it with `ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub` on the host, then connect again.',
    );
  }

  async function secret(question: SecretQuestion): Promise<string> {
    const answer = await prompts.secret(question, signal);
    if (answer !== undefined) return answer;
    throw new DOMException(`The login to ${question.user}@${question.host} was cancelled`, 'AbortError');
  }

  /** Whose login it is; a host that only a ProxyCommand knows goes by the name ssh gives it, which lacks the port. */
  function login(pid: number, user: string | null, name: string | null, keyFile?: string): Login {
    const possible = candidates(pid);
    const fitting = possible.filter((one) => isLogin(one, user, name));
    const byKey = possible.find((one) => keyFile !== undefined && one.identityFiles.includes(keyFile));
    const found = byKey ?? fitting[0];
    if (found === undefined) {
      const stranger = name ?? 'a ProxyCommand';
      const known = { alias: stranger, user: user ?? host.user, host: stranger, port: 22 };
      return { ...known, onTheWayTo: host.alias, uncertain: true };
    }
    const { alias, port } = found;
    const uncertain = fitting.length > 1 || (!attempt.namesWhoAsks && possible.length > 1);
    const onTheWayTo = found === host ? null : host.alias;
    return { alias, user: found.user, host: found.host, port, onTheWayTo, ...(uncertain && { uncertain }) };
  }

  /**
   * Before OpenSSH 8.5 a host could word its question like ssh's own for a passphrase or for another host's password, and
   * be given it unasked.
   */
  function distrusted(prompt: AskpassPrompt, { prompt: text, pid }: AskpassQuestion): AskpassPrompt {
    const forged =
      prompt.kind === 'passphrase' ||
      (prompt.kind === 'password' && !candidates(pid).some((one) => isLogin(one, prompt.user, prompt.name)));
    return forged ? { kind: 'answer', user: null, name: null, prompt: text } : prompt;
  }

  async function reply(prompt: AskpassPrompt, pid: number, gone: AbortSignal): Promise<string | null> {
    switch (prompt.kind) {
      case 'host-key':
        return hostKey(prompt, pid);
      case 'notice':
        await shown(prompts, prompt.text, gone);
        return null;
      case 'confirm': {
        const question = { ...login(pid, null, null), prompt: `${prompt.text} (yes/no)`, echo: true };
        const answer = await secret({ kind: 'answer', ...question, attempt: nth(pid, prompt) });
        return /^\s*y(es)?\s*$/i.test(answer) ? 'yes' : null;
      }
      case 'passphrase': {
        const keyFile = whole(prompt.keyFile, attempt.chain);
        const whose = login(pid, null, null, keyFile);
        return secret({ kind: 'passphrase', ...whose, keyFile, echo: false, attempt: nth(pid, prompt) });
      }
      case 'password': {
        const whose = login(pid, prompt.user, prompt.name);
        return secret({ kind: 'password', ...whose, echo: false, attempt: nth(pid, prompt) });
      }
      case 'answer': {
        const whose = login(pid, prompt.user, prompt.name);
        // ssh does not tell its askpass whether the host wants the answer shown.
        return secret({ kind: 'answer', ...whose, prompt: prompt.prompt, echo: false, attempt: nth(pid, prompt) });
      }
    }
  }

  return async (question, gone) => {
    try {
      const parsed = parseAskpassPrompt(question.prompt, question.hint);
      const prompt = attempt.namesWhoAsks ? parsed : distrusted(parsed, question);
      return await untilAborted(
        attempt.waitForUser(() => reply(prompt, question.pid, gone)),
        signal,
      );
    } catch (error) {
      if (!signal.aborted) attempt.fail(error);
      return null;
    }
  };
}

/** The host itself. */
function lastOf(chain: readonly SshTarget[]): SshTarget {
  const last = chain.at(-1);
  if (last === undefined) throw new Error('a chain of no hosts');
  return last;
}

/** Until ssh takes it back. */
async function shown(prompts: SshPrompts, text: string, gone: AbortSignal): Promise<void> {
  if (gone.aborted) return;
  const over = new Promise<void>((resolve) => {
    gone.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([over, prompts.notice?.(text, gone).then(() => over) ?? over]);
}

function isPlace(target: SshTarget, name: string, port: number): boolean {
  return target.hostKeyAlias === null
    ? target.host.toLowerCase() === name.toLowerCase() && target.port === port
    : target.hostKeyAlias.toLowerCase() === name.toLowerCase();
}

/** ssh shows 128 characters of a name, and 30 of a user's. */
function isLogin(target: SshTarget, user: string | null, name: string | null): boolean {
  if (user !== null && !target.user.startsWith(user)) return false;
  if (name === null) return true;
  const names = target.hostKeyAlias === null ? [target.host] : [target.host, target.hostKeyAlias];
  return names.some((one) => one.toLowerCase().slice(0, 128) === name.toLowerCase().slice(0, 128));
}

/** ssh shows 100 characters of a path. */
function whole(shownFile: string, chain: readonly SshTarget[]): string {
  if (shownFile.length < 100) return shownFile;
  return chain.flatMap(({ identityFiles }) => identityFiles).find((file) => file.startsWith(shownFile)) ?? shownFile;
}
