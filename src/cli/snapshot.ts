import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeNetsnap } from '../capture/netsnap.ts';
import { readSnapshot } from '../capture/readSnapshot.ts';
import { PartialCapture, takeCapture } from '../capture/takeCapture.ts';
import { hostNamed, openTransport } from '../hosts/host.ts';
import { processSshEnvironment } from '../hosts/sshEnvironment.ts';
import { printable } from '../kernel/printable.ts';
import { hostKeyStore } from '../transport/hostKeyStore.ts';
import { type ExitStatus, exit, UsageError } from './exit.ts';
import { printJson } from './output.ts';
import { sshPromptsInTerminal } from './sshPromptsInTerminal.ts';

export interface SnapshotOptions {
  readonly intervalSeconds: number;
  readonly deadlineSeconds: number;
}

export interface Taken {
  readonly capture: Buffer;
  /** Why it is not whole; to be thrown when what there is has been shown. */
  readonly problem: PartialCapture | null;
}

/** Takes a capture of `local` or an SSH host; Ctrl+C ends it here and there. Rejects with a `TransportError`. */
export async function captureOf(text: string, { intervalSeconds, deadlineSeconds }: SnapshotOptions): Promise<Taken> {
  const abort = new AbortController();
  const interrupt = (): void => abort.abort(new DOMException('interrupted', 'AbortError'));
  process.once('SIGINT', interrupt);
  const transport = openTransport(hostNamed(text), {
    ssh: processSshEnvironment(),
    prompts: sshPromptsInTerminal,
    store: hostKeyStore(storeFile()),
  });
  try {
    const options = { intervalSeconds, deadlineMs: deadlineSeconds * 1000, signal: abort.signal };
    return { capture: await takeCapture(transport, options), problem: null };
  } catch (error) {
    if (error instanceof PartialCapture) return { capture: error.capture, problem: error };
    throw error;
  } finally {
    process.removeListener('SIGINT', interrupt);
    transport.close();
  }
}

/** `snapshot`: to a file, or to stdout unless that is a terminal: what a host sends is not made harmless in a capture. */
export async function snapshot(
  host: string,
  output: string | undefined,
  json: boolean,
  options: SnapshotOptions,
): Promise<ExitStatus> {
  if (output === undefined && !json && process.stdout.isTTY) {
    throw new UsageError('a capture is not for a terminal: give -o FILE, or redirect the output');
  }
  if (output !== undefined && !existsSync(dirname(output)))
    throw new UsageError(`there is no directory ${dirname(output)}`);
  const { capture, problem } = await captureOf(host, options);
  if (json) {
    printJson(readSnapshot(capture.toString('utf8')));
  }
  if (output !== undefined) {
    await writeNetsnap(output, capture);
    process.stderr.write(`wrote ${output}: ${Math.ceil(capture.length / 1000)} KB of ${printable(host)}\n`);
  } else if (!json) process.stdout.write(capture);
  if (problem !== null) throw problem;
  return exit.clean;
}

/** Host keys the user said yes to on the command line, beside their other data. */
function storeFile(): string {
  const data = process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
  return join(data, 'packet-path', 'known_hosts');
}
