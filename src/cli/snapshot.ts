import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeNetsnap } from '../capture/netsnap.ts';
import { readSnapshot } from '../capture/readSnapshot.ts';
import { PartialCapture, takeCapture } from '../capture/takeCapture.ts';
import { printable } from '../kernel/printable.ts';
import type { ChosenHost } from './chosenHost.ts';
import { type ExitStatus, exit, UsageError } from './exit.ts';
import { onHost } from './onHost.ts';
import { printJson } from './output.ts';

export interface SnapshotOptions {
  readonly intervalSeconds: number;
  readonly deadlineSeconds: number;
}

export interface Taken {
  readonly capture: Buffer;
  /** Why it is not whole; to be thrown when what there is has been shown. */
  readonly problem: PartialCapture | null;
}

/** Takes a capture of the host, or of its namespace. Rejects with a `TransportError`. */
export async function captureOf(
  host: ChosenHost,
  { intervalSeconds, deadlineSeconds }: SnapshotOptions,
): Promise<Taken> {
  try {
    const capture = await onHost(host, (transport, signal) =>
      takeCapture(transport, { intervalSeconds, deadlineMs: deadlineSeconds * 1000, signal }),
    );
    return { capture, problem: null };
  } catch (error) {
    if (error instanceof PartialCapture) return { capture: error.capture, problem: error };
    throw error;
  }
}

/** `snapshot`: to a file, or to stdout unless that is a terminal: what a host sends is not made harmless in a capture. */
export async function snapshot(
  host: ChosenHost,
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
    process.stderr.write(
      `wrote ${output}: ${Math.ceil(capture.length / 1000)} KB of ${printable(host.namespace === null ? host.text : `${host.namespace} on ${host.text}`)}\n`,
    );
  } else if (!json) process.stdout.write(capture);
  if (problem !== null) throw problem;
  return exit.clean;
}
