import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { takeCapture } from '../../src/capture/takeCapture.ts';
import { processSshEnvironment } from '../../src/hosts/sshEnvironment.ts';
import { resolveSystemSsh } from '../../src/hosts/systemSshHost.ts';
import { hostKeyStore } from '../../src/transport/hostKeys/hostKeyStore.ts';
import type { Transport } from '../../src/transport/shell.ts';
import { type Ssh2Options, ssh2Transport } from '../../src/transport/ssh2/ssh2Shell.ts';
import { systemSshTransport } from '../../src/transport/systemSsh/systemSsh.ts';
import type { Sshd } from '../hosts/sshd.ts';
import { sshTarget } from '../sshTarget.ts';

const signal = new AbortController().signal;
const args = ['0', 'bench'];

/** A small command. */
export const smallScript = 'cat /proc/loadavg\n';

/** Answers each line it reads with the files of a live sample and a line `end`: two forks less than a command a sample. */
const sampleLoop = `while read -r line; do
  cat /proc/net/softnet_stat /proc/net/dev /proc/net/snmp /proc/net/netstat /proc/net/sockstat
  echo @@end
done
`;

/** Ask for a sample of a shell that stays; `close` ends it. */
export interface Sampler {
  sample(): Promise<void>;
  close(): void;
}

/** Connects anew, runs nothing, and closes: what the first click costs. */
export async function cold(transport: Transport): Promise<void> {
  await command(transport, '');
  transport.close();
}

/** Runs a script to its end. */
export async function command(transport: Transport, script: string): Promise<void> {
  const shell = await transport.startShell(args, signal);
  shell.stdout.resume();
  shell.stderr.resume();
  shell.stdin.end(script);
  const end = await shell.ended;
  if (end.kind !== 'exit' || end.code !== 0) throw new Error(`the shell ended with ${JSON.stringify(end)}`);
}

/** One sample by the real collector. */
export async function snapshot(transport: Transport): Promise<void> {
  await takeCapture(transport, { intervalSeconds: 0, deadlineMs: 60_000, signal });
}

/** A shell of ours that stays. */
export async function sampler(transport: Transport): Promise<Sampler> {
  const shell = await transport.startShell(args, signal);
  shell.stderr.resume();
  return samplerOn(shell.stdin, shell.stdout, () => shell.end());
}

/** OpenSSH's client, with what of its configuration says which connection it takes. */
export interface OpenSsh {
  run(script: string): Promise<void>;
  sampler(): Sampler;
}

export function openSsh(options: readonly string[]): OpenSsh {
  const argv = ['-T', ...options, 'sshd-test', 'sh', '-s', '--', ...args];
  return {
    run: (script) =>
      new Promise((resolve, reject) => {
        const child = spawn('ssh', argv, { stdio: ['pipe', 'pipe', 'inherit'] });
        child.stdout.resume();
        child.stdin.end(script);
        child.on('error', reject);
        child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`ssh ended with ${code}`))));
      }),
    sampler() {
      const child = spawn('ssh', argv, { stdio: ['pipe', 'pipe', 'inherit'] });
      return samplerOn(child.stdin, child.stdout, () => child.stdin.end());
    },
  };
}

function samplerOn(stdin: Writable, stdout: Readable, close: () => void): Sampler {
  let tail = '';
  let arrived = (): void => {};
  stdout.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString('latin1')).slice(-6);
    if (tail === '@@end\n') arrived();
  });
  stdin.write(sampleLoop);
  return {
    sample: () =>
      new Promise((resolve) => {
        arrived = resolve;
        stdin.write('\n');
      }),
    close,
  };
}

/** A connection of OpenSSH's that others share; `options` reach it. */
export interface Master {
  readonly options: readonly string[];
  stop(): void;
}

export function controlMaster(name: string, dir: string, options: readonly string[]): Master {
  const shared = [...options, '-o', `ControlPath=${join(dir, name)}`];
  const started = spawnSync('ssh', [...shared, '-M', '-N', '-f', '-o', 'ControlPersist=yes', 'sshd-test'], {
    stdio: 'ignore',
  });
  if (started.status !== 0) throw new Error('the ControlMaster did not start');
  return {
    options: shared,
    stop: () => void spawnSync('ssh', [...shared, '-O', 'exit', 'sshd-test'], { stdio: 'ignore' }),
  };
}

/** ssh2 to a test server, or to a proxy before it. */
export function ssh2To(sshd: Pick<Sshd, 'dir' | 'port' | 'user' | 'identityFile' | 'knownHostsFile'>): Transport {
  const target = sshTarget({
    port: sshd.port,
    user: sshd.user,
    identityFiles: [sshd.identityFile],
    knownHostsFiles: [sshd.knownHostsFile],
    strictHostKeyChecking: 'yes',
  });
  return ssh2Transport(async () => target, ours(sshd.dir));
}

/** The system's ssh to the host `sshd-test` of an ssh_config; `ssh -G` has been asked beforehand, as for ssh2. */
export async function systemSshTo(sshd: Pick<Sshd, 'dir' | 'configFile'>): Promise<() => Transport> {
  const env = { ...processSshEnvironment(), configFile: sshd.configFile };
  const host = await resolveSystemSsh('sshd-test', env, signal);
  return () => systemSshTransport(async () => host, { ...ours(sshd.dir), askpass: null });
}

function ours(dir: string): Pick<Ssh2Options, 'prompts' | 'store'> {
  const refuse = (): Promise<never> => Promise.reject(new Error('nothing is asked here'));
  return { prompts: { trustHostKey: refuse, secret: refuse }, store: hostKeyStore(join(dir, 'store')) };
}
