import { printable } from '../kernel/printable.ts';
import { TransportError } from './shell.ts';
import { describeTarget, type SshTarget } from './sshTarget.ts';

/** What went wrong below or inside ssh2, in words. */
export function sshError(error: unknown, target: SshTarget): TransportError {
  if (error instanceof TransportError) return error;
  const name = describeTarget(target);
  const code = errorCode(error);
  const message = printable(error instanceof Error ? error.message : String(error));
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return new TransportError(
        'unreachable',
        `The name ${printable(target.host)} cannot be resolved (${code})`,
        'Check the spelling, HostName in ~/.ssh/config, and DNS or VPN.',
      );
    case 'ECONNREFUSED':
      return new TransportError(
        'unreachable',
        `${name} refused the connection (ECONNREFUSED)`,
        `Check that sshd runs there and listens on port ${target.port}.`,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return new TransportError(
        'unreachable',
        `There is no route to ${name} (${code})`,
        'Check the network or VPN and the host itself.',
      );
    case 'ETIMEDOUT':
      return timedOut(target);
    case 'ECONNRESET':
    case 'EPIPE':
      return lost(target, `it was reset (${code})`);
  }
  // The second is what comes of an old group where TLS is BoringSSL's, as in Electron.
  if (/no matching|Unknown DH group/.test(message)) {
    return new TransportError(
      'unsupported',
      `${name} and the built-in SSH client have no algorithm in common: ${message}`,
      'The server is much older, or allows only methods the built-in client lacks (post-quantum key exchange, for one). ' +
        "The system's ssh may know them; or allow curve25519-sha256, ssh-ed25519 or rsa-sha2-512, and " +
        'aes128-gcm@openssh.com or aes128-ctr in its sshd_config.',
      'system-ssh',
    );
  }
  if (/too many authentication failures/i.test(message)) {
    return new TransportError(
      'auth-failed',
      `${name} ended the login: too many authentication failures`,
      'More keys or answers were refused than the host allows (MaxAuthTries). Set IdentityFile and "IdentitiesOnly yes" for this host in ~/.ssh/config.',
    );
  }
  return lost(target, message);
}

/** The connection went away. */
export function lost(target: SshTarget, why: string): TransportError {
  return new TransportError(
    'lost',
    `The connection to ${describeTarget(target)} was lost: ${printable(why)}`,
    'Try again; the log of sshd on the host may say more.',
  );
}

/** The connection is there, but the host does not get to running a shell. */
export function busy(target: SshTarget): TransportError {
  return new TransportError(
    'timed-out',
    `${describeTarget(target)} answers, but did not start a shell in time`,
    'It may be out of memory or processes, or its login shell or its accounts (PAM, NSS, a home directory over the network) hang.',
  );
}

/** The host did not answer in time. */
export function timedOut(target: SshTarget): TransportError {
  return new TransportError(
    'timed-out',
    `${describeTarget(target)} did not answer in time`,
    'Check the host and that a firewall lets you through; ConnectTimeout in ~/.ssh/config gives it longer.',
  );
}

function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
