// Programs that npm cannot bring: found on PATH, installed with apt where that is possible, named where it is not.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const minutes = 60_000;

/** Program -> the Debian and Ubuntu packages that have it and what it needs. */
const packages = {
  'ansible-playbook': 'ansible-core',
  busybox: 'busybox',
  // The C library's headers and OpenSSL's come along.
  cc: 'gcc libc6-dev libssl-dev',
  chromium: 'chromium',
  cpio: 'cpio',
  ethtool: 'ethtool',
  'google-authenticator': 'libpam-google-authenticator',
  ip: 'iproute2',
  'kadmin.local': 'krb5-admin-server',
  kinit: 'krb5-user',
  kmod: 'kmod',
  nft: 'nftables',
  openssl: 'openssl',
  ps: 'procps',
  python3: 'python3',
  'qemu-system-x86_64': 'qemu-system-x86',
  runc: 'runc',
  sar: 'sysstat',
  shellcheck: 'shellcheck',
  ssh: 'openssh-client',
  sshd: 'openssh-server',
  sudo: 'sudo',
  udevadm: 'udev',
} as const;

/** A program the project knows where to get. */
export type Program = keyof typeof packages;

/** Other names a Chromium goes by, in order of preference. */
const chromiums = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** Path of an executable on PATH or in the administrator's folders, which PATH often lacks; undefined when absent. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** Path of a Chromium: `PACKET_PATH_CHROMIUM`, or the first one known by name; undefined when there is none. */
export function findChromium(): string | undefined {
  const chosen = process.env['PACKET_PATH_CHROMIUM'];
  if (chosen) return chosen;
  for (const name of chromiums) {
    const path = findProgram(name);
    if (path) return path;
  }
  return undefined;
}

/**
 * Makes sure the programs are there: root on Debian or Ubuntu gets the missing ones from apt, anybody else gets an
 * `Error` whose message is one line that says what is missing and how to install it.
 */
export function ensureSystem(programs: readonly Program[]): void {
  const missing = programs.filter((name) => !isPresent(name));
  if (missing.length === 0) return;
  const wanted = [...new Set(missing.flatMap((name) => packages[name].split(' ')))];
  const advice = `Missing: ${missing.join(', ')}. Install with: sudo apt-get install ${wanted.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(advice);
  console.log(`Installing system packages: ${wanted.join(' ')}`);
  // Out-of-date package lists are no reason to stop: the install says what it lacks.
  apt(['update'], 3 * minutes);
  apt(['install', '--yes', '--no-install-recommends', ...wanted], 10 * minutes);
  const still = missing.filter((name) => !isPresent(name));
  if (still.length > 0) throw new Error(`apt-get did not bring ${still.join(', ')}. ${advice}`);
}

function isPresent(name: Program): boolean {
  return (name === 'chromium' ? findChromium() : findProgram(name)) !== undefined;
}

function apt(args: readonly string[], timeout: number): void {
  const options = ['-q', '-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0'];
  spawnSync('apt-get', [...options, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout,
    // RUNLEVEL keeps package scripts from starting the services they bring (sshd) outside systemd.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
