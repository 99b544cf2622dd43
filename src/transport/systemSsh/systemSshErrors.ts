import { readFile } from 'node:fs/promises';
import { printable } from '../../kernel/printable.ts';
import { fingerprintSha256, parseKnownHosts } from '../hostKeys/knownHostsLine.ts';
import { TransportError, type TransportErrorKind } from '../shell.ts';
import { describeTarget, type SshTarget } from '../sshTarget.ts';

interface Pattern {
  readonly said: RegExp;
  readonly kind: TransportErrorKind;
  readonly hint: string;
}

/** Where nothing can be asked, whatever ssh says then follows from that. Source: readpass.c. */
const mute: Pattern = {
  said: /ssh_askpass: exec/,
  kind: 'config',
  hint: 'What asks for passwords and the like could not be run: set TMPDIR to a directory from which programs may run (one that is not mounted with noexec).',
};

/** By what ssh says; the first that fits counts. Sources: sshconnect.c, sshconnect2.c, packet.c, readconf.c. */
const patterns: readonly Pattern[] = [
  mute,
  {
    said: /Bad owner or permissions|Bad configuration option|bad configuration options|unsupported option|command-line line|Could not load host/i,
    kind: 'config',
    hint: 'Correct ~/.ssh/config; `ssh` says the same in a terminal.',
  },
  {
    said: /Could not resolve hostname/,
    kind: 'unreachable',
    hint: 'Check the spelling, HostName in ~/.ssh/config, and DNS or VPN.',
  },
  {
    said: /Unable to negotiate|no matching .* found|no mutual signature|Unknown (cipher|key) type/i,
    kind: 'unsupported',
    hint: 'The host and the `ssh` of this machine have no algorithm in common: one of them is much older than the other.',
  },
  {
    said: /Too many authentication failures/i,
    kind: 'auth-failed',
    hint: 'More keys or answers were refused than the host allows (MaxAuthTries). Set IdentityFile and "IdentitiesOnly yes" for this host in ~/.ssh/config.',
  },
  {
    said: /Permission denied|No more authentication methods|Authentication failed/i,
    kind: 'auth-failed',
    hint: 'Check the user name and IdentityFile in ~/.ssh/config, and that `ssh` logs in there in a terminal.',
  },
  {
    said: /open failed/i,
    kind: 'unreachable',
    hint: 'The jump host did not connect us: check that it resolves and reaches the host, and that its sshd allows forwarding (AllowTcpForwarding, PermitOpen).',
  },
  {
    said: /timed out/i,
    kind: 'timed-out',
    hint: 'Check the host and that a firewall lets you through; ConnectTimeout in ~/.ssh/config gives it longer.',
  },
  {
    said: /Connection refused|No route to host|Network is unreachable|Cannot assign requested address|stdio forwarding failed/i,
    kind: 'unreachable',
    hint: 'Check the network or VPN, that sshd runs there, and Port in ~/.ssh/config.',
  },
];

/** Why ssh made no connection, from what it said on stderr; `storeFile` holds the keys trusted here. */
export async function systemSshError(stderr: string, target: SshTarget, storeFile: string): Promise<TransportError> {
  const hostKey = mute.said.test(stderr) ? null : await hostKeyError(stderr, target, storeFile);
  if (hostKey !== null) return hostKey;
  const lines = spoken(stderr);
  const name = describeTarget(target);
  for (const { said, kind, hint } of patterns) {
    const line = lines.findLast((text) => said.test(text));
    if (line !== undefined) return new TransportError(kind, `ssh to ${name} failed: ${printable(line)}`, hint);
  }
  const last = lines.at(-1);
  const why = last === undefined ? 'it gave no reason' : printable(last);
  return new TransportError(
    'lost',
    `ssh to ${name} failed: ${why}`,
    'Try `ssh -v` to this host in a terminal; the log of sshd there may say more.',
  );
}

/** The lines ssh said, without the warnings that OpenSSH 10 prints of every connection without post-quantum keys. */
function spoken(stderr: string): string[] {
  return stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('**') && !line.startsWith('Warning: Permanently added'));
}

async function hostKeyError(stderr: string, target: SshTarget, storeFile: string): Promise<TransportError | null> {
  if (!/Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED|REVOKED HOST KEY/.test(stderr)) return null;
  const name = describeTarget(target);
  if (/REVOKED HOST KEY|revoked by file/.test(stderr)) {
    const line = spoken(stderr).find((text) => /marked as revoked|revoked by file/.test(text));
    return new TransportError(
      'host-key-revoked',
      `The host key met on the way to ${name} is revoked: ${printable(line ?? '')}`,
      'Do not connect: whoever answers holds a key that was withdrawn. Ask whoever runs the host.',
    );
  }
  if (stderr.includes('REMOTE HOST IDENTIFICATION HAS CHANGED')) {
    const { type, now, file, line, which } = changedKey(stderr);
    const was = file === null ? null : await fingerprintAt(file, line);
    const place = file === null ? '' : ` (${printable(file)}:${line})`;
    return new TransportError(
      'host-key-changed',
      `The ${type} key of ${which ?? name} has changed: it is now ${now}, and was ${was ?? 'another'}${place}`,
      `Somebody may be listening in, or the host was set up anew. When you are sure that it was, ${
        file === storeFile ? 'forget its trusted key here' : 'remove that line'
      } and connect again.`,
    );
  }
  const line = spoken(stderr).find((text) => /host key is known for/.test(text));
  return new TransportError(
    'host-key-unknown',
    `The host key of ${name} is not on record${line === undefined ? '' : `: ${printable(line)}`}`,
    'Add the key to known_hosts (connect once with `ssh`, or ask whoever runs the host).',
  );
}

/** Of the warning in `warn_changed_key` and what follows it (sshconnect.c). */
function changedKey(stderr: string) {
  const [, type = 'host', now = 'unknown'] =
    /fingerprint for the (\S+) key sent by the remote host is\s+(\S+?)\.?\s/.exec(stderr) ?? [];
  const [, file = null, line = '0'] = /^Offending \S+ key in (.*):(\d+)\s*$/m.exec(stderr) ?? [];
  const which = /^Host key for (.*) has changed and you have requested strict checking/m.exec(stderr)?.[1];
  return {
    type: printable(type, 40),
    now: printable(now, 100),
    file,
    line: Number(line),
    which: which === undefined ? null : printable(which, 100),
  };
}

/** The fingerprint of the key on a line of a known_hosts file; null when it is not to be had. */
async function fingerprintAt(file: string, line: number): Promise<string | null> {
  try {
    const found = parseKnownHosts(await readFile(file, 'utf8')).find((entry) => entry.line === line);
    return found === undefined ? null : fingerprintSha256(found.blob);
  } catch {
    // ssh could read it a moment ago; the message does without.
    return null;
  }
}

/** The ssh program itself could not be started. */
export function noSsh(program: string, error: unknown): TransportError {
  const why = error instanceof Error ? error.message : String(error);
  return new TransportError(
    'unsupported',
    `The program ${printable(program)} cannot be run: ${printable(why)}`,
    'Install OpenSSH on this machine, or use the built-in SSH client for this host.',
  );
}
