// Our client for many hosts in a process of its own, so that its memory can be told: takes a file with a task as JSON.
import { readFileSync } from 'node:fs';
import type { Sshd } from '../hosts/sshd.ts';
import { command, snapshot, ssh2To } from './sshWays.ts';

export interface ManyHostsTask {
  /** How many hosts at a time. */
  readonly atOnce: number;
  /** Empty: connect and run nothing; else a snapshot. */
  readonly script: string;
  readonly sshds: readonly Pick<Sshd, 'dir' | 'port' | 'user' | 'identityFile' | 'knownHostsFile'>[];
}

export interface ManyHostsRun {
  /** From the first connection to the last end; Node has started by then, as the extension host has. */
  readonly ms: number;
  readonly peakMB: number;
  readonly grownMB: number;
}

async function main({ atOnce, script, sshds }: ManyHostsTask): Promise<ManyHostsRun> {
  const waiting = [...sshds];
  const idleKB = memoryKB('VmRSS');
  const started = performance.now();
  const worker = async (): Promise<void> => {
    for (let sshd = waiting.shift(); sshd !== undefined; sshd = waiting.shift()) {
      const transport = ssh2To(sshd);
      await (script === '' ? command(transport, '') : snapshot(transport));
      transport.close();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const ms = performance.now() - started;
  const peakKB = memoryKB('VmHWM');
  return { ms, peakMB: Math.round(peakKB / 1024), grownMB: Math.round((peakKB - idleKB) / 1024) };
}

function memoryKB(field: 'VmRSS' | 'VmHWM'): number {
  return Number(new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

main(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ManyHostsTask).then(
  (run) => process.stdout.write(JSON.stringify(run)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
