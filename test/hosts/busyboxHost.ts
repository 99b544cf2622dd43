import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A userland of busybox and nothing else, in a directory; `enter` is a command that runs a shell line inside it. */
export interface BusyboxHost {
  readonly root: string;
  readonly enter: string;
  remove(): void;
}

const applets = [
  'sh',
  'grep',
  'tail',
  'awk',
  'cat',
  'date',
  'readlink',
  'getconf',
  'sleep',
  'timeout',
  'ls',
  'true',
  'umount',
  'head',
  'sort',
  'od',
  'uname',
];

/**
 * Makes it from this machine's busybox. Entering needs root: the shell runs in a mount namespace of its own with the
 * machine's /proc and /sys, and sees no ss, tc, ip, ethtool or python.
 */
export function busyboxHost(without: readonly string[] = []): BusyboxHost {
  const root = mkdtempSync(join(tmpdir(), 'packet-path-busybox-'));
  for (const dir of ['bin', 'proc', 'sys', 'dev', 'etc', 'tmp']) mkdirSync(join(root, dir));
  copyFileSync('/bin/busybox', join(root, 'bin', 'busybox'));
  for (const library of librariesOf('/bin/busybox')) {
    mkdirSync(join(root, dirname(library)), { recursive: true });
    copyFileSync(library, join(root, library));
  }
  const known = new Set(execFileSync('/bin/busybox', ['--list'], { encoding: 'utf8' }).split('\n'));
  for (const applet of applets)
    if (known.has(applet) && !without.includes(applet)) symlinkSync('busybox', join(root, 'bin', applet));
  const enter = join(root, 'enter');
  const mounts = `mount --rbind /proc ${root}/proc; mount --rbind /sys ${root}/sys; mount --bind /dev ${root}/dev`;
  writeFileSync(
    enter,
    `#!/bin/sh\nexec unshare -m sh -c '${mounts}; exec chroot ${root} /bin/sh -c "$1"' sh "\${SSH_ORIGINAL_COMMAND:-$1}"\n`,
  );
  chmodSync(enter, 0o755);
  return { root, enter, remove: () => rmSync(root, { recursive: true, force: true }) };
}

function librariesOf(program: string): string[] {
  try {
    const text = execFileSync('ldd', [program], { encoding: 'utf8' });
    return [...text.matchAll(/(\/\S+) \(0x/g)].map((found) => found[1] ?? '');
  } catch {
    // A static busybox has none.
    return [];
  }
}
