import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files by absolute path; `-> TARGET` is a link. */
export type Tree = Readonly<Record<string, string>>;

const directories = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d'];

/** Why namespaces with made-up directories cannot be made here; null when they can. */
export function whyNoTree(): string | null {
  if (process.getuid?.() !== 0) return 'needs root';
  const made = spawnSync('unshare', ['-m', '-n', 'true'], { encoding: 'utf8' });
  return made.status === 0 ? null : `unshare: ${made.stderr.trim()}`;
}

export const systemdSysctl = ['/usr/lib/systemd/systemd-sysctl', '/lib/systemd/systemd-sysctl'].find(existsSync);

/**
 * Runs a shell script where the sysctl directories and /etc/sysctl.conf hold the tree and nothing else: in a mount and a
 * network namespace of its own, so that what it sets ends with it. Three network devices are there, one called eth0.100.
 */
export function inTree(tree: Tree, script: string): string {
  return among(tree, `ip link add eth0.100 type veth peer name eth1\n${script}`, ['-m', '-n']);
}

/** The same in the network of this machine: what the files set is what the host would be set to. */
export function inTreeOfMachine(tree: Tree, script: string): string {
  return among(tree, script, ['-m']);
}

function among(tree: Tree, script: string, namespaces: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'packet-path-sysctl-'));
  try {
    for (const path of [...directories, '/etc/sysctl.conf', ...Object.keys(tree)]) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
    }
    for (const directory of directories) mkdirSync(join(root, directory), { recursive: true });
    writeFileSync(join(root, '/etc/sysctl.conf'), '');
    for (const [path, text] of Object.entries(tree)) {
      if (text.startsWith('-> ')) symlinkSync(text.slice(3), join(root, path));
      else writeFileSync(join(root, path), text);
    }
    return execFileSync('unshare', [...namespaces, 'sh', '-c', `${mounts}\n${script}`, 'sh', root], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 26,
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const mounts = `
set -e
root=$1
mount --make-rprivate /
mount -t tmpfs none /run
mount -t tmpfs none /usr/local/lib
for directory in ${directories.join(' ')}; do
  mkdir -p "$directory"
  mount --bind "$root$directory" "$directory"
done
mount --bind "$root/etc/sysctl.conf" /etc/sysctl.conf
set +e
`;
