import type { AnyAuthMethod, AuthenticationType, Prompt } from 'ssh2';
import { printable } from '../kernel/printable.ts';
import { type KeyFile, readKeyFile } from './keyFile.ts';
import { fingerprintSha256 } from './knownHostsLine.ts';
import { TransportError } from './shell.ts';
import type { Ssh2Module } from './ssh2Module.ts';
import { type AgentKey, agentKeys, keyProbe } from './sshAgent.ts';
import type { SecretQuestion } from './sshPrompts.ts';
import { describeTarget, type SshTarget } from './sshTarget.ts';

const maxTries = 3;

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

type Methods = readonly AuthenticationType[];
type Attempts = AsyncGenerator<AnyAuthMethod, Methods, Methods>;

/**
 * What to try next, one yield an attempt; it is resumed with the methods that the server still takes, and throws when
 * nothing is left. First `none`, which every server answers with its list. Then keys: the agent's that are also
 * configured, files that can be used at once, the agent's others, encrypted files (the passphrase is asked only when the
 * server would take the key). Then what has to be typed.
 */
export async function* authAttempts(deps: AuthDeps): AsyncGenerator<AnyAuthMethod, never, Methods> {
  const tried: string[] = [];
  const username = deps.target.user;
  const offered = yield { type: 'none', username };
  let methods = offered;
  if (methods.includes('publickey')) methods = yield* publicKeys(deps, methods, tried);
  yield* typed(deps, methods, tried);
  throw authFailed(deps.target, tried, offered);
}

async function* publicKeys(deps: AuthDeps, first: Methods, tried: string[]): Attempts {
  const { ssh2, target, log } = deps;
  const username = target.user;
  const files = await keyFiles(deps);
  const held = await keysOfAgent(deps);
  const isHeld = (file: KeyFile): boolean => held.some((key) => file.publicBlob?.equals(key.publicBlob) === true);
  const isConfigured = (key: AgentKey): boolean =>
    files.some((file) => file.publicBlob?.equals(key.publicBlob) === true);
  let methods = first;

  async function* fromAgent(keys: readonly AgentKey[]): AsyncGenerator<AnyAuthMethod, void, Methods> {
    for (const { agent, publicBlob } of keys) {
      if (!methods.includes('publickey')) return;
      tried.push(`agent key ${fingerprintSha256(publicBlob)}`);
      log(`offering agent key ${fingerprintSha256(publicBlob)}`);
      methods = yield { type: 'agent', username, agent };
    }
  }

  yield* fromAgent(held.filter(isConfigured));
  for (const file of files) {
    if (file.key === null || isHeld(file) || !methods.includes('publickey')) continue;
    tried.push(file.file);
    log(`offering ${file.file}`);
    methods = yield { type: 'publickey', username, key: file.key };
  }
  if (!target.identitiesOnly) yield* fromAgent(held.filter((key) => !isConfigured(key)));
  for (const file of files) {
    if (!file.locked || isHeld(file) || !methods.includes('publickey')) continue;
    tried.push(file.file);
    if (file.publicBlob !== null) {
      const probe = keyProbe(ssh2, file.publicBlob);
      log(`asking whether ${file.file} would do`);
      methods = yield { type: 'agent', username, agent: probe.agent };
      if (!probe.accepted()) continue;
    }
    const key = await unlock(deps, file);
    if (key !== null) methods = yield { type: 'publickey', username, key };
    else tried.push(`${file.file} was not unlocked`);
  }
  return methods;
}

/**
 * The password, and what the server asks itself. Where it takes both, one refused password is enough to go over to its
 * questions: a host that wants a one-time code as well refuses every plain password. Many a server offers questions and
 * has none; then, or when it wants a password besides the answers, the password's other tries are used.
 */
async function* typed(deps: AuthDeps, first: Methods, tried: string[]): Attempts {
  const asks = first.includes('keyboard-interactive');
  let methods = yield* passwords(deps, first, tried, 1, asks ? 1 : maxTries);
  if (!methods.includes('keyboard-interactive')) return methods;
  const given = yield* answers(deps, methods, tried);
  methods = given.methods;
  if (!first.includes('password')) return yield* passwords(deps, methods, tried, 1, maxTries);
  return given.asked ? methods : yield* passwords(deps, methods, tried, 2, maxTries);
}

/** Tries `from` to `to`, as long as the server takes passwords. */
async function* passwords(deps: AuthDeps, first: Methods, tried: string[], from: number, to: number): Attempts {
  const { user } = deps.target;
  let methods = first;
  for (let attempt = from; attempt <= to && methods.includes('password'); attempt += 1) {
    if (!tried.includes('password')) tried.push('password');
    const password = await deps.secret({ kind: 'password', ...loginOf(deps), echo: false, attempt });
    methods = yield { type: 'password', username: user, password };
  }
  return methods;
}

/** Keyboard-interactive (RFC 4256): the server's own questions, each asked as it stands; `asked` when there were any. */
async function* answers(
  deps: AuthDeps,
  first: Methods,
  tried: string[],
): AsyncGenerator<AnyAuthMethod, { readonly methods: Methods; readonly asked: boolean }, Methods> {
  const { user } = deps.target;
  let methods = first;
  let asked = false;
  tried.push('keyboard-interactive');
  for (let attempt = 1; attempt <= maxTries && methods.includes('keyboard-interactive'); attempt += 1) {
    const answer = async (prompts: readonly Prompt[], instruction: string): Promise<string[]> => {
      const given: string[] = [];
      for (const { prompt, echo } of prompts) {
        asked = true;
        const question = { ...loginOf(deps), prompt: printable(prompt), echo: echo === true, attempt } as const;
        given.push(await deps.secret({ kind: 'answer', ...question, ...(instruction === '' ? {} : { instruction }) }));
      }
      return given;
    };
    methods = yield {
      type: 'keyboard-interactive',
      username: user,
      prompt: (name, instructions, _lang, prompts, finish) => {
        const instruction = [name, instructions]
          .map((text) => printable(text))
          .filter((text) => text !== '')
          .join(': ');
        if (instruction !== '' && prompts.length === 0) deps.log(`the host says: ${instruction}`);
        answer(prompts, instruction).then(finish, deps.fail);
      },
    };
    if (!asked) break;
  }
  return { methods, asked };
}

async function keyFiles({ ssh2, target, log }: AuthDeps): Promise<KeyFile[]> {
  const files: KeyFile[] = [];
  for (const file of target.identityFiles) {
    const read = await readKeyFile(ssh2, file);
    if (typeof read === 'string') log(`key ${file} ${read}`);
    else files.push(read);
  }
  return files;
}

async function keysOfAgent({ ssh2, target, waitForUser, log }: AuthDeps): Promise<AgentKey[]> {
  if (target.identityAgent === null) return [];
  try {
    return await agentKeys(ssh2, target.identityAgent, waitForUser);
  } catch (error) {
    log(
      `the agent at ${target.identityAgent} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    );
    return [];
  }
}

async function unlock(deps: AuthDeps, file: KeyFile): Promise<KeyFile['key']> {
  for (let attempt = 1; attempt <= maxTries; attempt += 1) {
    const passphrase = await deps.secret({
      kind: 'passphrase',
      ...loginOf(deps),
      keyFile: file.file,
      echo: false,
      attempt,
    });
    if (passphrase === '') return null;
    const key = file.unlock(passphrase);
    if (key !== null) return key;
    deps.log(`wrong passphrase for ${file.file}`);
  }
  return null;
}

function authFailed(target: SshTarget, tried: readonly string[], offered: Methods): TransportError {
  const accepts = offered.length > 0 ? printable(offered.join(', ')) : 'nothing';
  const hint = offered.includes('publickey')
    ? 'Check the user name, IdentityFile in ~/.ssh/config, and authorized_keys on the host.'
    : 'Check the user name and what sshd on the host allows (PubkeyAuthentication, PasswordAuthentication).';
  return new TransportError(
    'auth-failed',
    `${describeTarget(target)} did not accept the login. It takes ${accepts}; ` +
      `tried: ${tried.length > 0 ? tried.join(', ') : 'nothing, as there was no key to offer'}`,
    hint,
  );
}

/** Whose login a question is about. */
function loginOf({
  target,
  onTheWayTo,
}: AuthDeps): Pick<SecretQuestion, 'alias' | 'user' | 'host' | 'port' | 'onTheWayTo'> {
  const { alias, user, host, port } = target;
  return { alias, user, host, port, onTheWayTo };
}
