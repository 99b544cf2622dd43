import { readFileSync, writeFileSync } from 'node:fs';
import { PartialCapture, takeCapture } from '../../src/capture/takeCapture.ts';
import { hostKeyStore } from '../../src/transport/hostKeys/hostKeyStore.ts';
import { ssh2Transport } from '../../src/transport/ssh2/ssh2Shell.ts';
import type { SshTarget } from '../../src/transport/sshTarget.ts';

/** What a capture of one host came to, in a process of its own. */
export interface CaptureCost {
  readonly outcome: 'whole' | 'partial' | 'none';
  readonly message: string;
  readonly bytes: number;
  readonly seconds: number;
  /** How far the resident memory rose above what it was when the host was connected. */
  readonly grownMB: number;
}

/** Run as a program: takes a capture of the target given as JSON, prints a `CaptureCost` as JSON. */
async function main(target: SshTarget, deadlineMs: number): Promise<void> {
  const refuse = (): Promise<never> => Promise.reject(new Error('nothing is asked here'));
  const transport = ssh2Transport(async () => target, {
    prompts: { trustHostKey: refuse, secret: refuse },
    store: hostKeyStore('/nonexistent/host_keys'),
  });
  const { signal } = new AbortController();
  const first = await transport.startShell(['connect'], signal);
  first.stdout.resume();
  first.stderr.resume();
  first.stdin.end();
  await first.ended;
  // Resets VmHWM (proc_pid_clear_refs(5)).
  writeFileSync('/proc/self/clear_refs', '5');
  const before = memoryKB('VmRSS');
  const started = performance.now();
  const result = await takeCapture(transport, { intervalSeconds: 0, deadlineMs, signal }).then(
    (capture) => ({ outcome: 'whole', message: '', bytes: capture.length }) as const,
    (error: unknown) => ({
      outcome: error instanceof PartialCapture ? ('partial' as const) : ('none' as const),
      message: error instanceof Error ? error.message : String(error),
      bytes: error instanceof PartialCapture ? error.capture.length : 0,
    }),
  );
  const cost: CaptureCost = {
    ...result,
    seconds: (performance.now() - started) / 1000,
    grownMB: Math.round((memoryKB('VmHWM') - before) / 1024),
  };
  transport.close();
  process.stdout.write(JSON.stringify(cost));
}

function memoryKB(field: 'VmRSS' | 'VmHWM'): number {
  return Number(new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

const [target = '', deadlineMs = ''] = process.argv.slice(2);
main(JSON.parse(target) as SshTarget, Number(deadlineMs)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
