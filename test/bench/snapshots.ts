import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import { takeCapture } from '../../src/capture/takeCapture.ts';
import { hostKeyStore } from '../../src/transport/hostKeyStore.ts';
import { localTransport } from '../../src/transport/localShell.ts';
import type { Transport } from '../../src/transport/shell.ts';
import { ssh2Transport } from '../../src/transport/ssh2Shell.ts';
import type { SshTarget } from '../../src/transport/sshTarget.ts';
import { type Sshd, startSshd } from '../hosts/sshd.ts';
import { inTurn } from './median.ts';
import { report } from './report.ts';

const rounds = 15;
const signal = new AbortController().signal;

/** One sample of this machine, over each way there is to it, against OpenSSH's client on the same sshd. */
export async function measureSnapshots(): Promise<void> {
  const sshd = await startSshd();
  const socket = join(sshd.dir, 'master');
  const master = ['-F', sshd.configFile, '-o', `ControlPath=${socket}`];
  try {
    execFileSync('ssh', [...master, '-M', '-N', '-f', '-o', 'ControlPersist=yes', 'sshd-test'], { stdio: 'ignore' });
    const warm = transportTo(sshd);
    const local = localTransport();
    await snapshot(warm);
    const times = await inTurn(rounds, {
      'ssh cold': () => ssh(['-F', sshd.configFile, 'sshd-test']),
      'ours cold': async () => {
        const cold = transportTo(sshd);
        await snapshot(cold);
        cold.close();
      },
      'ssh warm': () => ssh([...master, 'sshd-test']),
      'ours warm': () => snapshot(warm),
      'local sh': () => snapshot(local),
      'ssh cold, no script': () => ssh(['-F', sshd.configFile, 'sshd-test'], ''),
      'ours cold, no script': async () => {
        const cold = transportTo(sshd);
        await nothing(cold);
        cold.close();
      },
      'ssh warm, no script': () => ssh([...master, 'sshd-test'], ''),
      'ours warm, no script': () => nothing(warm),
    });
    warm.close();
    const line = (what: string, ours: string, other: string, budget: string): void => {
      const [a = Number.NaN, b = Number.NaN] = [times[ours], times[other]];
      report(what, `${a.toFixed(0)} ms`, `${(a / b).toFixed(2)} x ${other} (${b.toFixed(0)} ms); ${budget}`);
    };
    line('snapshot (1 sample) warm', 'ours warm', 'local sh', 'budget 1.05 x + a round trip');
    line('snapshot (1 sample) warm', 'ours warm', 'ssh warm', '');
    line('snapshot (1 sample) cold', 'ours cold', 'ssh cold', '');
    line('connect and run an empty script, cold', 'ours cold, no script', 'ssh cold, no script', 'budget 0.4 x');
    line('run an empty script, warm', 'ours warm, no script', 'ssh warm, no script', 'budget 0.5 x');
  } finally {
    spawnSync('ssh', [...master, '-O', 'exit', 'sshd-test'], { stdio: 'ignore' });
    await sshd.stop();
  }
}

function ssh(where: readonly string[], script = collectorScript): void {
  const { status } = spawnSync('ssh', ['-T', ...where, 'sh', '-s', '--', '0', 'bench'], {
    input: script,
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`ssh ended with ${status}`);
}

async function snapshot(transport: Transport): Promise<void> {
  await takeCapture(transport, { intervalSeconds: 0, deadlineMs: 30_000, signal });
}

async function nothing(transport: Transport): Promise<void> {
  const shell = await transport.startShell(['0', 'bench'], signal);
  shell.stdout.resume();
  shell.stderr.resume();
  shell.stdin.end();
  await shell.ended;
}

function transportTo(sshd: Sshd): Transport {
  const target: SshTarget = {
    alias: 'sshd-test',
    host: sshd.host,
    port: sshd.port,
    user: sshd.user,
    identityFiles: [sshd.identityFile],
    identitiesOnly: true,
    identityAgent: null,
    knownHostsFiles: [sshd.knownHostsFile],
    hostKeyAlias: null,
    strictHostKeyChecking: 'yes',
    connectTimeoutMs: null,
    serverAliveMs: null,
    serverAliveCountMax: 3,
    proxy: null,
    authentications: ['publickey', 'keyboard-interactive', 'password'],
    passwordPrompts: 3,
    certificateFiles: [],
  };
  const refuse = (): Promise<never> => Promise.reject(new Error('nothing is asked here'));
  return ssh2Transport(async () => target, {
    prompts: { trustHostKey: refuse, secret: refuse },
    store: hostKeyStore(join(sshd.dir, 'store')),
  });
}
