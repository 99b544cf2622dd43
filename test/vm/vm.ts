import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findProgram } from '../../scripts/system.mts';
import { ensureImage } from './image.ts';

/** A NIC of the VM: `virtio4` is virtio_net with four queues, which needs a tap of this machine and so root. */
export type NicModel = 'virtio' | 'virtio4' | 'e1000e' | 'vmxnet3' | 'rtl8139';

/** A host with a kernel, drivers and udev of its own. The first NIC, a virtio, is the one SSH comes by. */
export interface Vm {
  /** The kernel, as `uname -r` says. */
  readonly release: string;
  /** Names of the NICs in the order they were asked for, without the first. */
  readonly nics: readonly string[];
  /** An ssh_config with the host `vm`. */
  readonly configFile: string;
  /** Runs a script there as root; throws with what it wrote to stderr when it fails. */
  run(script: string, input?: string): string;
  stop(): Promise<void>;
}

/** What the VM needs of this machine. */
export const canRunVm = ['qemu-system-x86_64', 'cpio', 'kmod', 'udevadm', 'apt-get'].every(
  (program) => findProgram(program) !== undefined,
);

const readyWithinMs = 90_000;

/** Starts one in software emulation: about 15 s. It ends with this process, or by itself after ten minutes. */
export async function startVm(nics: readonly NicModel[], cpus = 4): Promise<Vm> {
  const image = ensureImage();
  const dir = mkdtempSync(join(tmpdir(), 'packet-path-vm-'));
  // An emulated CPU now and then loses a timer and hangs while it boots: a second try is cheaper than a long wait.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const taps: string[] = [];
    const args = machine(image.kernel, image.initrd, cpus, dir, [
      ...nicArgs('virtio', 0, `,hostfwd=tcp:127.0.0.1:${port}-10.20.0.15:22`, taps),
      ...nics.flatMap((model, index) => nicArgs(model, index + 1, '', taps)),
    ]);
    const child = spawn('timeout', ['-k', '5', '600', 'qemu-system-x86_64', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    const configFile = join(dir, 'ssh_config');
    writeFileSync(join(dir, 'known_hosts'), `[127.0.0.1]:${port} ${image.hostKey}\n`);
    writeFileSync(
      configFile,
      `Host vm\n  HostName 127.0.0.1\n  Port ${port}\n  User root\n  IdentityFile ${image.identityFile}\n  IdentitiesOnly yes\n  IdentityAgent none\n  UserKnownHostsFile ${join(dir, 'known_hosts')}\n  GlobalKnownHostsFile none\n  ConnectTimeout 10\n  ControlMaster auto\n  ControlPath ${join(dir, 'm')}\n  ControlPersist 600\n`,
    );
    const run = (script: string, input = ''): string => onVm(configFile, script, input);
    const end = async (): Promise<void> => {
      await stop(child);
      for (const tap of taps) execFileSync('ip', ['link', 'del', tap]);
    };
    if (await ready(child, run)) {
      const names = nics.map((_, index) => nameOf(run, index + 1));
      return {
        release: image.release,
        nics: names,
        configFile,
        run,
        async stop() {
          await end();
          rmSync(dir, { recursive: true, force: true });
        },
      };
    }
    await end();
    if (attempt === 3) {
      const console = readFileSync(join(dir, 'console'), 'utf8').slice(-2000);
      throw new Error(`no VM after ${attempt} tries: ${Buffer.concat(said)}\n${console}`);
    }
  }
}

function machine(kernel: string, initrd: string, cpus: number, dir: string, nics: readonly string[]): string[] {
  return [
    ...['-machine', 'q35', '-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', `${cpus}`, '-m', '640'],
    ...['-display', 'none', '-nodefaults', '-no-reboot', '-serial', `file:${join(dir, 'console')}`],
    ...['-kernel', kernel, '-initrd', initrd, '-device', 'virtio-rng-pci'],
    ...['-append', 'console=ttyS0 quiet loglevel=3 mitigations=off audit=0 panic=1'],
    ...nics,
  ];
}

const devices = { virtio: 'virtio-net-pci', e1000e: 'e1000e', vmxnet3: 'vmxnet3', rtl8139: 'rtl8139' } as const;

/** The NIC's arguments for QEMU; a network of its own on which nothing of the outside can be reached. */
function nicArgs(model: NicModel, number: number, forward: string, taps: string[]): string[] {
  const mac = `mac=52:54:00:20:00:${number.toString(16).padStart(2, '0')}`;
  if (model === 'virtio4') {
    const tap = `pp${process.pid.toString(36)}${number}`;
    execFileSync('ip', ['tuntap', 'add', 'dev', tap, 'mode', 'tap', 'multi_queue']);
    taps.push(tap);
    execFileSync('ip', ['link', 'set', tap, 'up']);
    return [
      ...['-netdev', `tap,id=n${number},ifname=${tap},queues=4,script=no,downscript=no,vhost=off`],
      ...['-device', `virtio-net-pci,netdev=n${number},mq=on,vectors=10,rss=on,${mac}`],
    ];
  }
  const network = `user,id=n${number},net=10.${20 + number}.0.0/24,restrict=on${forward}`;
  // A PCI Express root port gives the NIC message-signalled interrupts, as on a real machine.
  const port = ['-device', `pcie-root-port,id=p${number},chassis=${number + 1},slot=${number + 1}`];
  const bus = model === 'rtl8139' ? '' : `,bus=p${number}`;
  return [...(bus ? port : []), '-netdev', network, '-device', `${devices[model]},netdev=n${number}${bus},${mac}`];
}

async function ready(child: ChildProcess, run: Vm['run']): Promise<boolean> {
  const until = Date.now() + readyWithinMs;
  while (Date.now() < until && child.exitCode === null) {
    try {
      run('true');
      return true;
    } catch {
      // QEMU takes the connection long before there is an sshd.
      await delay(500);
    }
  }
  return false;
}

function onVm(configFile: string, script: string, input: string): string {
  return execFileSync('ssh', ['-F', configFile, '-o', 'BatchMode=yes', '-o', 'LogLevel=ERROR', 'vm', script], {
    encoding: 'utf8',
    input,
    stdio: 'pipe',
    maxBuffer: 1 << 26,
    timeout: 60_000,
  });
}

function nameOf(run: Vm['run'], number: number): string {
  const mac = `52:54:00:20:00:${number.toString(16).padStart(2, '0')}`;
  return run(
    `for nic in /sys/class/net/*; do [ "$(cat "$nic/address")" != ${mac} ] || echo "\${nic##*/}"; done`,
  ).trim();
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
