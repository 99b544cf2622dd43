import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface SshdOptions {
  /** Made (and removed by `stop`) unless given. */
  readonly dir?: string;
  /** More lines for sshd_config; they come first, so they win. */
  readonly config?: readonly string[];
  /** Host key types; two unless given. */
  readonly hostKeyTypes?: readonly ('ed25519' | 'ecdsa' | 'rsa')[];
  readonly port?: number;
  /** 127.0.0.1 unless given. */
  readonly address?: string;
  /** A program and its arguments that becomes sshd: the rest of its arguments is the command. */
  readonly through?: readonly string[];
}

/** A real sshd, on 127.0.0.1 unless told otherwise, that lets the calling user in by key. */
export interface Sshd {
  readonly dir: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** As `ssh-keygen -lf` prints them, by type: `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`. */
  readonly hostKeyFingerprints: Readonly<Record<string, string>>;
  readonly identityFile: string;
  /** Lets the user in as well; OpenSSH's format, `passphrase`. */
  readonly encryptedIdentityFile: string;
  readonly passphrase: string;
  /** One line a host key, for known_hosts. */
  readonly knownHostsLine: string;
  /** An ssh_config with the host `sshd-test`, its key files and `known_hosts` (which holds `knownHostsLine`). */
  readonly configFile: string;
  readonly knownHostsFile: string;
  /** What sshd has said, at LogLevel VERBOSE. */
  log(): string;
  /** The processes that serve a connection. */
  sessionPids(): number[];
  stop(): Promise<void>;
}

/** Starts it; rejects, with sshd's log, when it does not listen within five seconds. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'packet-path-sshd-'));
  const own = options.dir === undefined;
  const port = options.port ?? (await freePort());
  const { address = '127.0.0.1' } = options;
  const user = userInfo().username;
  const passphrase = 'correct horse battery staple';
  const identityFile = join(dir, 'id_plain');
  const encryptedIdentityFile = join(dir, 'id_encrypted');
  const knownHostsFile = join(dir, 'known_hosts');
  const configFile = join(dir, 'ssh_config');
  const logFile = join(dir, 'sshd.log');
  const types = options.hostKeyTypes ?? ['ed25519', 'ecdsa'];

  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const hostKeys = types.map((type) => makeKey(join(dir, `host_${type}`), type));
  makeKey(identityFile, 'ed25519');
  makeKey(encryptedIdentityFile, 'ed25519', passphrase);
  const publicHalves = [identityFile, encryptedIdentityFile].map((file) => readFileSync(`${file}.pub`, 'utf8'));
  writeFileSync(join(dir, 'authorized_keys'), publicHalves.join(''), { mode: 0o600 });
  const name = port === 22 ? address : `[${address}]:${port}`;
  const publicKeys = hostKeys.map((file) => readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2));
  const knownHostsLine = publicKeys.map((key) => `${name} ${key.join(' ')}`).join('\n');
  writeFileSync(knownHostsFile, `${knownHostsLine}\n`);
  writeFileSync(configFile, clientConfig(address, port, user, identityFile, knownHostsFile));
  writeFileSync(join(dir, 'sshd_config'), serverConfig(dir, address, port, hostKeys, options.config ?? []));

  // Root's sshd separates privileges into this directory, which a service manager would have made.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const log = (): string => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  const command = [sshdProgram(), '-D', '-f', join(dir, 'sshd_config'), '-E', logFile];
  const [program = '', ...args] = [...(options.through ?? []), ...command];
  const logged = log().length;
  const child = spawn(program, args, { stdio: 'ignore' });
  try {
    await listening(child, () => log().includes('Server listening on', logged));
  } catch (error) {
    throw new Error(`sshd did not start: ${log()}`, { cause: error });
  }
  return {
    dir,
    host: address,
    port,
    user,
    hostKeyFingerprints: Object.fromEntries(
      hostKeys.map((file, index) => [publicKeys[index]?.[0] ?? '', fingerprintOf(`${file}.pub`)]),
    ),
    identityFile,
    encryptedIdentityFile,
    passphrase,
    knownHostsLine,
    configFile,
    knownHostsFile,
    log,
    sessionPids: () => sshdsBelow(child.pid ?? 0),
    async stop() {
      for (const pid of sshdsBelow(child.pid ?? 0)) kill(pid);
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        await exited;
      }
      if (own) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The fingerprint by OpenSSH's own reckoning. */
export function fingerprintOf(publicKeyFile: string): string {
  const line = execFileSync('ssh-keygen', ['-lf', publicKeyFile], { encoding: 'utf8' });
  return line.split(' ')[1] ?? '';
}

/** Makes a key pair unless it is there; returns the private half's file. */
export function makeKey(file: string, type: 'ed25519' | 'ecdsa' | 'rsa', passphrase = '', more: string[] = []): string {
  if (!existsSync(file)) execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-f', file, ...more]);
  return file;
}

/** A TCP port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function sshdProgram(): string {
  // It starts itself again for each connection and insists on an absolute path for that.
  const program = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((path) => existsSync(path));
  if (program === undefined) throw new Error('these tests need sshd (package openssh-server)');
  return program;
}

function serverConfig(
  dir: string,
  address: string,
  port: number,
  hostKeys: readonly string[],
  more: readonly string[],
): string {
  return [
    ...more,
    `ListenAddress ${address}`,
    `Port ${port}`,
    ...hostKeys.map((file) => `HostKey ${file}`),
    `AuthorizedKeysFile ${join(dir, 'authorized_keys')}`,
    'PidFile none',
    'LogLevel VERBOSE',
    'UsePAM no',
    'StrictModes no',
    // Not the developer's own .bashrc, which may take longer than all else.
    `SetEnv HOME=${dir}`,
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'Subsystem sftp internal-sftp',
    '',
  ].join('\n');
}

function clientConfig(
  address: string,
  port: number,
  user: string,
  identityFile: string,
  knownHostsFile: string,
): string {
  return [
    'Host sshd-test',
    `  HostName ${address}`,
    `  Port ${port}`,
    `  User ${user}`,
    `  IdentityFile ${identityFile}`,
    '  IdentitiesOnly yes',
    '  IdentityAgent none',
    `  UserKnownHostsFile ${knownHostsFile}`,
    '  GlobalKnownHostsFile none',
    '',
  ].join('\n');
}

async function listening(child: ChildProcess, isListening: () => boolean): Promise<void> {
  const failed = once(child, 'error').then(([error]) => Promise.reject(error));
  const tries = async (): Promise<void> => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (child.exitCode !== null) break;
      if (isListening()) return;
      await delay(25);
    }
    throw new Error('nobody listens');
  };
  await Promise.race([tries(), failed]);
}

/** It may have gone by itself since it was listed. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** The sshd processes below one; without root there are two a connection. */
function sshdsBelow(pid: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,comm='], { encoding: 'utf8' }).split('\n');
  const found = [pid];
  // A child may be listed before its parent where numbers have wrapped; two levels are all there are.
  for (let level = 0; level < 2; level += 1) {
    for (const row of rows) {
      const [child, parent, name = ''] = row.trim().split(/\s+/);
      const isNew = !found.includes(Number(child));
      if (isNew && found.includes(Number(parent)) && name.startsWith('sshd')) found.push(Number(child));
    }
  }
  return found.slice(1);
}
