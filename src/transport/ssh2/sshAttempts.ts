import type { AnyAuthMethod } from 'ssh2';
import type { SecretQuestion } from '../prompts/sshPrompts.ts';
import type { SshTarget } from '../sshTarget.ts';
import type { Ssh2Module } from './ssh2Module.ts';
import type { Identities } from './sshIdentities.ts';

export interface AuthDeps {
  readonly ssh2: Ssh2Module;
  readonly target: SshTarget;
  /** The host behind this one, when this is a jump host. */
  readonly onTheWayTo: string | null;
  /** Rejects when the user gives up. */
  secret(question: SecretQuestion): Promise<string>;
  /** Waits for something that waits for the user; the connection's deadline stands still. */
  waitForUser<T>(work: () => Promise<T>): Promise<T>;
  /** Ends the attempt from within a callback that cannot throw. */
  fail(error: unknown): void;
  log(line: string): void;
}

/** What the server said to the last attempt (SSH_MSG_USERAUTH_FAILURE of RFC 4252 5.1). */
export interface Reply {
  /** The methods it still takes. */
  readonly methods: readonly string[];
  /** It accepted the attempt, and wants more besides: `AuthenticationMethods` of sshd_config(5). */
  readonly partial: boolean;
}

/** What to try next, one yield an attempt, each resumed with the reply. */
export type Attempts<T = Reply> = AsyncGenerator<AnyAuthMethod, T, Reply>;

/** How far a login has come. */
export interface Progress {
  /** What was tried since the server last accepted something. */
  tried: string[];
  /** What it accepted, in order. */
  readonly accepted: string[];
  /** The methods of its last reply. */
  methods: readonly string[];
  /** The keys it has seen, by their public half or file: none is worth a second try. */
  readonly offered: Set<string>;
  /** Read when keys are first asked for. */
  identities: Identities | null;
}

/** Whether a round goes on with a method: the server takes it and has not just accepted something. */
export function isOpen(reply: Reply, method: string): boolean {
  return !reply.partial && reply.methods.includes(method);
}

/** Whose login a question is about. */
export function loginOf({
  target,
  onTheWayTo,
}: AuthDeps): Pick<SecretQuestion, 'alias' | 'user' | 'host' | 'port' | 'onTheWayTo'> {
  const { alias, user, host, port } = target;
  return { alias, user, host, port, onTheWayTo };
}
