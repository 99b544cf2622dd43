import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PartialCapture, takeCapture } from '../../src/capture/takeCapture.ts';
import { processSshEnvironment } from '../../src/hosts/sshEnvironment.ts';
import { resolveSystemSsh } from '../../src/hosts/systemSshHost.ts';
import { hostKeyStore } from '../../src/transport/hostKeys/hostKeyStore.ts';
import { ssh2Transport } from '../../src/transport/ssh2/ssh2Shell.ts';
import type { SshTarget } from '../../src/transport/sshTarget.ts';
import { systemSshTransport } from '../../src/transport/systemSsh/systemSsh.ts';

/** What a capture of one host came to, in a process of its own. */
export interface CaptureCost {
  readonly outcome: 'whole' | 'partial' | 'none';
  readonly message: string;
  readonly bytes: number;
  readonly seconds: number;
  /** How far the resident memory rose above what it was when the host was connected. */
  readonly grownMB: number;
}

/** The host: by ssh2, or by the system's ssh as the host `sshd-test` of an ssh_config. */
export type CaptureWay = { readonly target: SshTarget } | { readonly configFile: string };

/** Run as a program: takes a capture of the host given as JSON, prints a `CaptureCost` as JSON. */
async function main(way: CaptureWay, deadlineMs: number): Promise<void> {
  const refuse = (): Promise<never> => Promise.reject(new Error('nothing is asked here'));
  const options = {
    prompts: { trustHostKey: refuse, secret: refuse },
    store: hostKeyStore(join(__dirname, 'host_keys')),
  };
  const transport =
    'target' in way
      ? ssh2Transport(async () => way.target, options)
      : systemSshTransport(
          (asked) => resolveSystemSsh('sshd-test', { ...processSshEnvironment(), configFile: way.configFile }, asked),
          { ...options, askpass: null },
        );
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

const [way = '', deadlineMs = ''] = process.argv.slice(2);
main(JSON.parse(way) as CaptureWay, Number(deadlineMs)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
