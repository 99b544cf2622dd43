import { printable } from '../../kernel/printable.ts';
import { TransportError } from '../shell.ts';
import { describeTarget, type SshTarget } from '../sshTarget.ts';
import type { AgentIdentity } from './agentIdentities.ts';
import type { UnusableKeyFile } from './keyFile.ts';

/** Identities of the user's that ssh2 can do nothing with, and OpenSSH can. */
export interface UnusableIdentities {
  readonly certificateFiles: readonly string[];
  readonly keyFiles: readonly UnusableKeyFile[];
  readonly inAgent: readonly Pick<AgentIdentity, 'type' | 'comment'>[];
}

/** What there is to say about a login that came to nothing. */
export interface FailedLogin {
  /** What the server last said that it takes. */
  readonly methods: readonly string[];
  /** What it accepted before it wanted more. */
  readonly accepted: readonly string[];
  /** What was tried after that. */
  readonly tried: readonly string[];
  readonly unusable: UnusableIdentities;
}

const typed = ['password', 'keyboard-interactive'];
const known = ['none', 'publickey', ...typed];
const methodNames: Readonly<Record<string, string>> = {
  'gssapi-with-mic': 'GSSAPI (gssapi-with-mic)',
  'gssapi-keyex': 'GSSAPI (gssapi-keyex)',
  hostbased: 'host-based authentication (hostbased)',
};

/** What the user has, the host would look at, and ssh2 cannot do; each as words for a sentence, none when there is nothing. */
export function unusedMeans(target: SshTarget, { methods, unusable }: FailedLogin): string[] {
  const wanted = methods.filter((method) => target.authentications.includes(method));
  const foreign = wanted.filter((method) => !known.includes(method));
  const keys = !wanted.includes('publickey')
    ? []
    : [
        ...unusable.certificateFiles.map((file) => `the certificate ${printable(file)}`),
        ...unusable.keyFiles.map(({ file, unusable: why }) =>
          why === 'fido'
            ? `the FIDO key ${printable(file)}`
            : `the key ${printable(file)}, whose format it does not know`,
        ),
        ...unusable.inAgent.map(describeInAgent),
      ];
  return [...keys, ...foreign.map((method) => methodNames[method] ?? printable(method, 40))];
}

function describeInAgent({ type, comment }: Pick<AgentIdentity, 'type' | 'comment'>): string {
  const name = comment === '' ? printable(type) : `${printable(comment, 100)} (${printable(type)})`;
  if (type.startsWith('sk-') && !type.includes('-cert-')) return `the agent's FIDO key ${name}`;
  return type.includes('-cert-') ? `the agent's certificate ${name}` : `the agent's key ${name}`;
}

/**
 * The error for it: `unsupported`, with the other client for a remedy, when something was left untried because ssh2
 * cannot do it. A method that no secret had to be typed for is no such thing where a typed one was refused: many a host
 * offers GSSAPI to everybody.
 */
export function loginFailed(target: SshTarget, login: FailedLogin): TransportError {
  const { methods, accepted, tried } = login;
  // PAM has enough after some wrong passwords (PAM_MAXTRIES), and sshd then takes none of any kind.
  const none = tried.length > 0 ? 'nothing more' : 'nothing';
  const takes = methods.length > 0 ? printable(methods.join(', ')) : none;
  const after =
    accepted.length === 0 ? `It takes ${takes}` : `It accepted ${accepted.join(', ')} and then wanted more: ${takes}`;
  const attempts = tried.length > 0 ? tried.join(', ') : 'nothing, as there was nothing to offer';
  const message = `${describeTarget(target)} did not accept the login. ${after}; tried: ${attempts}`;
  return withUnused(new TransportError('auth-failed', message, hintFor(login), null), target, login);
}

/** The same error, or `unsupported` when something was left untried because ssh2 cannot do it. */
export function withUnused(error: TransportError, target: SshTarget, login: FailedLogin): TransportError {
  const unused = unusedMeans(target, login);
  if (error.kind !== 'auth-failed' || unused.length === 0) return error;
  const list = unused.join(', ');
  const methodsOnly = unused.every((name) => Object.values(methodNames).includes(name));
  if (methodsOnly && typed.some((method) => login.tried.includes(method))) {
    return new TransportError(
      error.kind,
      error.message,
      `${error.hint} The built-in SSH client cannot do ${list}; the system's ssh can.`,
    );
  }
  return new TransportError(
    'unsupported',
    `The built-in SSH client cannot use ${list}. ${error.message}`,
    "The system's ssh can, if it is set up for that.",
    'system-ssh',
  );
}

/** For SSH_MSG_USERAUTH_PASSWD_CHANGEREQ (RFC 4252 8). */
export function passwordExpired(target: SshTarget): TransportError {
  return new TransportError(
    'auth-failed',
    `${describeTarget(target)} wants the password to be changed before it lets anybody in`,
    'Log in with ssh in a terminal, change it there, and try again.',
  );
}

function hintFor({ methods, accepted }: FailedLogin): string {
  if (accepted.length > 0)
    return 'The host wants more than one proof of who you are (AuthenticationMethods of its sshd).';
  return methods.includes('publickey')
    ? 'Check the user name, IdentityFile in ~/.ssh/config, and authorized_keys on the host.'
    : 'Check the user name and what sshd on the host allows (PubkeyAuthentication, PasswordAuthentication).';
}
