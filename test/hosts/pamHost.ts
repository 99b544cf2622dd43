import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sshd, startSshd } from './sshd.ts';

/** Whether these hosts can be had: they need a mount namespace of their own. */
export const isRoot = process.getuid?.() === 0;

interface PamUser {
  readonly name: string;
  /** Wants a one-time code after the password. */
  readonly code?: boolean;
  /** Has to change the password first. */
  readonly expired?: boolean;
  /** For sshd_config, in a `Match User` of its own. */
  readonly config: readonly string[];
}

/** A real sshd with accounts and a PAM stack of its own: pam_unix, and pam_google_authenticator for one-time codes. */
export interface PamHost extends Sshd {
  /** Of every user. */
  readonly password: string;
  /** The code that counts now, six digits (RFC 6238). */
  code(): string;
}

const firstId = 40_001;

/** Starts one; nothing of this machine's own /etc is changed. */
export async function startPamHost(users: readonly PamUser[]): Promise<PamHost> {
  const dir = mkdtempSync(join(tmpdir(), 'packet-path-pam-'));
  const password = 'wrenches in the piano';
  const secret = randomBytes(20);
  // Others than root have to reach their homes and keys in it.
  chmodSync(dir, 0o711);
  const etc = join(dir, 'etc');
  cpSync('/etc', etc, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/^\/etc\/(ssh|sudoers)/.test(path),
  });
  const hash = execFileSync('openssl', ['passwd', '-6', password], { encoding: 'utf8' }).trim();
  users.forEach(({ name, code, expired }, index) => {
    const id = firstId + index;
    const home = join(dir, 'home', name);
    mkdirSync(home, { recursive: true });
    chownSync(home, id, id);
    append(join(etc, 'passwd'), `${name}:x:${id}:${id}::${home}:/bin/sh`);
    append(join(etc, 'group'), `${name}:x:${id}:`);
    append(join(etc, 'shadow'), `${name}:${hash}:${expired === true ? 0 : 19_000}:0:99999:7:::`);
    if (code === true) {
      const lines = [base32(secret), '" WINDOW_SIZE 5', '" TOTP_AUTH', ''];
      writeFileSync(join(etc, `otp-${name}`), lines.join('\n'), { mode: 0o600 });
    }
  });
  writeFileSync(join(etc, 'pam.d/sshd'), pamStack());
  const sshd = await startSshd({
    dir,
    config: [
      'UsePAM yes',
      'PubkeyAuthentication yes',
      'MaxAuthTries 6',
      // To the end of the file, so what comes after these is about nobody.
      ...users.flatMap(({ name, config }) => [`Match User ${name}`, ...config]),
      'Match all',
    ],
    through: ['unshare', '--mount', 'sh', '-c', 'mount --bind "$0" /etc && exec "$@"', etc],
  });
  chmodSync(join(dir, 'authorized_keys'), 0o644);
  return {
    ...sshd,
    password,
    code: () => oneTimeCode(secret, Math.floor(Date.now() / 30_000)),
    async stop() {
      await sshd.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function append(file: string, line: string): void {
  writeFileSync(file, `${line}\n`, { flag: 'a' });
}

/** As Debian's, without the pause after a wrong password; only the codes are shown when typed. */
function pamStack(): string {
  return [
    'auth required pam_unix.so nodelay',
    // Resolved inside the host's own mount namespace.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the module's own placeholder
    'auth required pam_google_authenticator.so nullok secret=/etc/otp-${USER} user=root echo_verification_code',
    'account required pam_unix.so',
    'password required pam_unix.so minlen=4',
    'session required pam_permit.so',
    '',
  ].join('\n');
}

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const digits = bits.match(/.{1,5}/g) ?? [];
  return digits.map((digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(digit.padEnd(5, '0'), 2)]).join('');
}

/** RFC 4226 */
function oneTimeCode(secret: Buffer, counter: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac('sha1', secret).update(message).digest();
  const at = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
