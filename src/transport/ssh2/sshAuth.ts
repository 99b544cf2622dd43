import type { AnyAuthMethod } from 'ssh2';
import type { TransportError } from '../shell.ts';
import { type Attempts, type AuthDeps, isOpen, type Progress, type Reply } from './sshAttempts.ts';
import { type FailedLogin, loginFailed, withUnused } from './sshFailure.ts';
import { publicKeys } from './sshPublicKeys.ts';
import { answers, passwords } from './sshTyped.ts';

/** More factors than any host asks for; one that accepts and accepts and never lets anybody in is not followed for ever. */
const maxRounds = 10;

/** A login, as ssh2 drives it. */
export interface SshLogin {
  /** For `authHandler`: the attempt to make next. Rejects when nothing is left to try. */
  next(partialSuccess: boolean | null): Promise<AnyAuthMethod>;
  /** For `debug`: the only place where ssh2 tells every list of methods; after an agent's key `authHandler` gets an old one. */
  heard(line: string): void;
  /** Adds to a refusal of the server's what ssh2 could not try. */
  explain(error: TransportError): TransportError;
}

/** Tries what the target allows, in its order, until the server is content. */
export function sshLogin(deps: AuthDeps): SshLogin {
  const progress: Progress = { tried: [], accepted: [], methods: [], offered: new Set(), identities: null };
  const attempts = rounds(deps, progress);
  let refusal: string[] | null = null;
  let last: AnyAuthMethod['type'] | null = null;
  return {
    heard(line) {
      const list = /^Inbound: Received USERAUTH_FAILURE \((.*)\)$/s.exec(line)?.[1];
      if (list !== undefined) refusal = list === '' ? [] : list.split(',');
    },
    async next(partialSuccess) {
      // Without one, nothing was sent, and what ssh2 passes is about an earlier attempt.
      const partial = refusal !== null && last !== 'agent' && partialSuccess === true;
      progress.methods = refusal ?? progress.methods;
      refusal = null;
      const { value } = await attempts.next({ methods: progress.methods, partial });
      last = value.type;
      return value;
    },
    explain: (error) => withUnused(error, deps.target, failedLogin(progress)),
  };
}

/**
 * First `none`, which every server answers with its list. Then a round for each time the server accepted something and
 * wants more, or comes up with a method that it had not named.
 */
async function* rounds(deps: AuthDeps, progress: Progress): AsyncGenerator<AnyAuthMethod, never, Reply> {
  const { target, log } = deps;
  let reply: Reply = yield { type: 'none', username: target.user };
  for (let round = 1; round <= maxRounds; round += 1) {
    const { methods } = reply;
    reply = yield* oneRound(deps, progress, { methods, partial: false });
    progress.methods = reply.methods;
    if (reply.partial) {
      progress.accepted.push(...progress.tried.splice(0).slice(-1));
      log(`${progress.accepted.at(-1)} accepted; the host wants more: ${reply.methods.join(', ')}`);
    } else if (!reply.methods.some((name) => !methods.includes(name) && target.authentications.includes(name))) break;
  }
  throw loginFailed(target, failedLogin(progress));
}

const factors: ReadonlyMap<string, (deps: AuthDeps, progress: Progress, first: Reply) => Attempts> = new Map([
  ['publickey', publicKeys],
  ['keyboard-interactive', answers],
  ['password', passwords],
]);

/**
 * Every method that both sides allow, in the order of ssh_config, until one is accepted. The order matters beyond taste:
 * OpenSSH's sshd with PAM lets nobody in by its questions once a plain password was refused ("pam_setcred(): Permission
 * denied"), so the questions come first unless the user says otherwise.
 */
async function* oneRound(deps: AuthDeps, progress: Progress, first: Reply): Attempts {
  let reply = first;
  for (const method of deps.target.authentications) {
    const factor = factors.get(method);
    if (factor !== undefined && isOpen(reply, method)) reply = yield* factor(deps, progress, reply);
  }
  return reply;
}

function failedLogin({ methods, accepted, tried, identities }: Progress): FailedLogin {
  const none = { certificateFiles: [], keyFiles: [], inAgent: [] };
  return { methods, accepted, tried, unusable: identities?.unusable ?? none };
}
