import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cache } from '../../scripts/paths.mts';
import { findProgram } from '../../scripts/system.mts';

/** A kernel of Debian with a root file system in memory: this machine's own ethtool, iproute2, udev and sshd. */
export interface Image {
  readonly kernel: string;
  readonly initrd: string;
  /** `6.1.0-56-amd64` */
  readonly release: string;
  /** Lets root in. */
  readonly identityFile: string;
  /** Its host key as a line of known_hosts without the host. */
  readonly hostKey: string;
}

const folder = join(cache, 'vm');

/** Modules of the kernel, by name; what they need comes along. */
const modules = [
  ...['virtio_pci', 'virtio_net', 'e1000e', 'vmxnet3', '8139cp', 'veth', 'dummy', 'ifb', 'bonding', 'bridge', '8021q'],
  ...['sch_fq', 'sch_fq_codel', 'sch_netem', 'sch_tbf', 'sch_ingress', 'cls_u32', 'act_mirred', 'tcp_bbr'],
  ...['nf_tables', 'nft_ct', 'nft_limit', 'nft_numgen', 'nf_conntrack'],
];

const programs = [
  ...['ethtool', 'ip', 'tc', 'ss', 'nstat', 'udevadm', 'kmod', 'sysctl', 'sshd', 'nft', 'gzip', 'sh', 'busybox'],
];

/**
 * The image, made when it is not in the cache: half a minute, of which most is the kernel's package. Rejects what apt-get and
 * cpio say when they fail.
 */
export function ensureImage(): Image {
  mkdirSync(folder, { recursive: true });
  const release = kernelRelease();
  const identityFile = join(folder, 'id');
  if (!existsSync(identityFile)) makeKey(identityFile);
  const hostKeyFile = join(folder, 'host_key');
  if (!existsSync(hostKeyFile)) makeKey(hostKeyFile);
  const version = `${release}-${versionOfParts()}`;
  const kernel = join(folder, `vmlinuz-${version}`);
  const initrd = join(folder, `initrd-${version}`);
  if (!existsSync(initrd)) makeImage(release, kernel, initrd);
  const hostKey = readFileSync(`${hostKeyFile}.pub`, 'utf8').trim();
  return { kernel, initrd, release, identityFile, hostKey };
}

/** What decides what is in it: this file, the first process, and the programs as they are installed. */
function versionOfParts(): string {
  const hash = createHash('sha256');
  for (const file of ['image.ts', 'init.sh']) hash.update(readFileSync(join(import.meta.dirname, file)));
  for (const program of programs) hash.update(readFileSync(pathOf(program)));
  return hash.digest('hex').slice(0, 12);
}

function makeKey(file: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', file]);
}

/** The kernel that Debian's `linux-image-amd64` stands for, signed or not. */
function kernelRelease(): string {
  const text = execFileSync('apt-cache', ['depends', 'linux-image-amd64'], { encoding: 'utf8' });
  const found = /linux-image-(\d\S+)/.exec(text)?.[1];
  if (found === undefined) throw new Error(`no kernel in what apt-cache says: ${text}`);
  return found;
}

function makeImage(release: string, kernel: string, initrd: string): void {
  const work = mkdtempSync(join(folder, 'work-'));
  try {
    execFileSync('apt-get', ['download', '-q', `linux-image-${release}`], { cwd: work, stdio: 'pipe' });
    const [archive = ''] = readdirSync(work);
    const kernelTree = join(work, 'kernel');
    execFileSync('dpkg-deb', ['-x', join(work, archive), kernelTree]);
    execFileSync(pathOf('depmod'), ['-b', kernelTree, release]);
    copyFileSync(join(kernelTree, 'boot', `vmlinuz-${release}`), kernel);
    const root = join(work, 'root');
    makeRoot(root, kernelTree, release);
    const pack = 'find . | cpio --quiet -o -H newc -R 0:0 | gzip -1 > "$1"';
    const modes = 'chmod 755 init && chmod 700 root/.ssh && chmod 600 etc/ssh/host_key';
    execFileSync('sh', ['-c', `${modes} && ${pack}`, 'sh', join(work, 'initrd')], { cwd: root });
    // The last step: whoever finds this finds the kernel as well.
    renameSync(join(work, 'initrd'), initrd);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function makeRoot(root: string, kernelTree: string, release: string): void {
  for (const dir of ['proc', 'sys', 'dev', 'run', 'tmp', 'root/.ssh', 'etc/ssh', 'etc/udev/rules.d', 'etc/sysctl.d']) {
    mkdirSync(join(root, dir), { recursive: true });
  }
  for (const dir of ['bin', 'sbin', 'lib', 'lib64']) {
    mkdirSync(join(root, 'usr', dir), { recursive: true });
    symlinkSync(`usr/${dir}`, join(root, dir));
  }
  addPrograms(root);
  addModules(root, kernelTree, release);
  for (const dir of ['/usr/lib/udev/rules.d', '/usr/lib/systemd/network']) copyTree(root, dir);
  writeFileSync(
    join(root, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nsshd:x:100:65534::/run/sshd:/bin/false\nnobody:x:65534:65534::/:/bin/false\n',
  );
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnogroup:x:65534:\n');
  writeFileSync(join(root, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\n');
  copyFileSync('/etc/os-release', join(root, 'etc/os-release'));
  copyFileSync(join(folder, 'id.pub'), join(root, 'root/.ssh/authorized_keys'));
  copyFileSync(join(folder, 'host_key'), join(root, 'etc/ssh/host_key'));
  writeFileSync(
    join(root, 'etc/ssh/sshd_config'),
    'HostKey /etc/ssh/host_key\nUsePAM no\nPasswordAuthentication no\nStrictModes no\nMaxStartups 50\n',
  );
  copyFileSync(join(import.meta.dirname, 'init.sh'), join(root, 'init'));
}

/** Each with the libraries that the linker finds for it; busybox, which needs none, for every other command. */
function addPrograms(root: string): void {
  const files = new Set<string>();
  for (const program of programs) {
    const path = pathOf(program);
    // It fails for a program that is linked statically, which needs nothing.
    const text = spawnSync('ldd', [path], { encoding: 'utf8' }).stdout;
    for (const [, file = ''] of text.matchAll(/(\/\S+) \(0x/g)) files.add(file);
    copyFileSync(path, join(root, 'usr', sbin(path) ? 'sbin' : 'bin', program));
  }
  // OpenSSH since 9.8 has its work done by programs of this folder.
  copyTree(root, '/usr/lib/openssh');
  for (const file of files) {
    const to = join(root, file);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(file, to);
  }
  mkdirSync(join(root, 'usr/lib/systemd'), { recursive: true });
  symlinkSync('../../bin/udevadm', join(root, 'usr/lib/systemd/systemd-udevd'));
  for (const name of ['modprobe', 'insmod', 'lsmod', 'rmmod']) symlinkSync('../bin/kmod', join(root, 'usr/sbin', name));
  const applets = execFileSync(pathOf('busybox'), ['--list'], { encoding: 'utf8' }).split('\n').filter(Boolean);
  for (const applet of applets) {
    const there = ['bin', 'sbin'].some((dir) => existsSync(join(root, 'usr', dir, applet)));
    if (!there) symlinkSync('busybox', join(root, 'usr/bin', applet));
  }
}

/** Only the modules that are used, with what they need; the index is made anew. */
function addModules(root: string, kernelTree: string, release: string): void {
  const from = join(kernelTree, 'lib/modules', release);
  const to = join(root, 'usr/lib/modules', release);
  const needs = new Map<string, readonly string[]>();
  for (const line of readFileSync(join(from, 'modules.dep'), 'utf8').split('\n')) {
    const [file = '', others = ''] = line.split(':');
    needs.set(file, others.trim().split(' ').filter(Boolean));
  }
  const named = (name: string): string | undefined =>
    [...needs.keys()].find(
      (file) =>
        file
          .split('/')
          .at(-1)
          ?.replace(/\.ko.*$/, '')
          .replaceAll('-', '_') === name,
    );
  for (const name of modules) {
    const file = named(name);
    // Built into this kernel.
    if (file === undefined) continue;
    for (const part of [file, ...(needs.get(file) ?? [])]) {
      mkdirSync(dirname(join(to, part)), { recursive: true });
      copyFileSync(join(from, part), join(to, part));
    }
  }
  for (const list of ['modules.builtin', 'modules.builtin.modinfo', 'modules.order'])
    copyFileSync(join(from, list), join(to, list));
  execFileSync(pathOf('depmod'), ['-b', root, release]);
}

function copyTree(root: string, dir: string): void {
  if (existsSync(dir)) cpSync(dir, join(root, dir), { recursive: true, dereference: true });
}

function sbin(path: string): boolean {
  return path.includes('/sbin/');
}

function pathOf(program: string): string {
  const path = findProgram(program);
  if (path === undefined) throw new Error(`${program} is not installed`);
  return path;
}
