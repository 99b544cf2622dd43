import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { collectorScript } from '../../src/capture/collectorScript.ts';
import { type Sshd, startSshd } from '../hosts/sshd.ts';
import type { ManyHostsRun, ManyHostsTask } from './manyHostsClient.ts';
import { report } from './report.ts';

const hosts = 50;
const work = [
  ['an empty script', ''],
  ['a snapshot (1 sample)', collectorScript],
] as const;

/** 50 real sshds at once by our client, against a loop of as many `ssh` at a time: total time and peak memory. */
export async function measureManyHosts(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'packet-path-many-'));
  const sshds = await startMany(dir);
  console.log(`\n${hosts} hosts, each an sshd of its own, on this machine`);
  try {
    for (const [what, script] of work) {
      writeFileSync(join(dir, 'script'), script);
      for (const atOnce of [8, hosts]) {
        const theirs = await openSshLoop(dir, sshds, atOnce);
        const ours = await ourClient(dir, { atOnce, script, sshds: sshds.map(reach) });
        const peak = await openSshPeakMB(dir, sshds, atOnce);
        report(
          `${what}, ${atOnce} at a time, ssh2`,
          `${(ours.ms / 1000).toFixed(2)} s`,
          `${(ours.ms / theirs).toFixed(2)} x xargs -P ${atOnce} ssh (${(theirs / 1000).toFixed(2)} s); ` +
            `peak ${ours.peakMB} MB (${ours.grownMB} over an idle Node), ${(ours.peakMB / peak).toFixed(2)} x theirs (${peak} MB)`,
        );
      }
    }
  } finally {
    await Promise.all(sshds.map((sshd) => sshd.stop()));
    rmSync(dir, { recursive: true });
  }
}

function reach({ dir, port, user, identityFile, knownHostsFile }: Sshd): ManyHostsTask['sshds'][number] {
  return { dir, port, user, identityFile, knownHostsFile };
}

/** The first makes the keys; the others get copies, as making them takes longer than all else. */
async function startMany(dir: string): Promise<Sshd[]> {
  const first = join(dir, '0');
  mkdirSync(first);
  const sshds = [await startSshd({ dir: first })];
  const keys = readdirSync(first).filter((file) => /^(host|id)_/.test(file));
  while (sshds.length < hosts) {
    const next = Array.from({ length: Math.min(5, hosts - sshds.length) }, (_, index) => {
      const own = join(dir, String(sshds.length + index));
      for (const key of keys) cpSync(join(first, key), join(own, key));
      return startSshd({ dir: own });
    });
    sshds.push(...(await Promise.all(next)));
  }
  return sshds;
}

const loop = 'exec ssh -T -F "$1/ssh_config" sshd-test sh -s -- 0 bench <"$2/script" >/dev/null';

/** Milliseconds. */
async function openSshLoop(dir: string, sshds: readonly Sshd[], atOnce: number): Promise<number> {
  const started = performance.now();
  const args = ['-P', String(atOnce), '-I{}', 'sh', '-c', loop, 'sh', '{}', dir];
  const child = spawn('xargs', args, { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(sshds.map((sshd) => sshd.dir).join('\n'));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`xargs ended with ${code}`);
  return performance.now() - started;
}

/** A run of its own, as looking costs time. */
async function openSshPeakMB(dir: string, sshds: readonly Sshd[], atOnce: number): Promise<number> {
  let running = true;
  const loopEnded = openSshLoop(dir, sshds, atOnce).finally(() => {
    running = false;
  });
  let peak = 0;
  while (running) {
    peak = Math.max(peak, clientsKB(dir));
    await delay(20);
  }
  await loopEnded;
  return Math.round(peak / 1024);
}

/** The share of memory (Pss, proc_pid_smaps(5)) of all `ssh` processes that were given a file below `dir`. */
function clientsKB(dir: string): number {
  let total = 0;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith(`ssh\0-T\0-F\0${dir}/`)) continue;
      total += Number(/^Pss:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0);
    } catch (error) {
      // It has ended since it was listed.
      if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')))
        throw error;
    }
  }
  return total;
}

async function ourClient(dir: string, task: ManyHostsTask): Promise<ManyHostsRun> {
  const file = join(dir, 'task.json');
  writeFileSync(file, JSON.stringify(task));
  const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'manyHostsClient.js'), file]);
  return JSON.parse(stdout) as ManyHostsRun;
}
