import { stat } from 'node:fs/promises';
import { isCapture } from '../capture/frame.ts';
import { readCapture } from '../capture/readCapture.ts';
import { isSosreport } from '../capture/sos/readSosreport.ts';
import type { ChosenHost } from './chosenHost.ts';
import { UsageError } from './exit.ts';
import { captureOf, type SnapshotOptions } from './snapshot.ts';

export interface CaptureText {
  readonly text: string;
  /** Why it did not come to its end; null when it did. */
  readonly problem: Error | null;
  /** It was in a file, not taken of a host. */
  readonly isFile: boolean;
}

/**
 * The capture that a command line names: a file or sosreport when there is one of that name and nothing says that it is a host, else
 * taken of the host. Throws `UsageError` for a text that is no capture.
 */
export async function captureText(target: ChosenHost, options: SnapshotOptions): Promise<CaptureText> {
  const found = await fileOrHost(target, options);
  if (!isCapture(found.text))
    throw new UsageError(`${target.text} is not a capture: it has no "@@NONCE packet-path" line`);
  return found;
}

async function fileOrHost(target: ChosenHost, options: SnapshotOptions): Promise<CaptureText> {
  if (!target.surely && (await isReadable(target.text)))
    return { text: await readCapture(target.text), problem: null, isFile: true };
  const { capture, problem } = await captureOf(target, options);
  return { text: capture.toString('utf8'), problem, isFile: false };
}

/** A file, or a pipe (`/dev/stdin`, what a shell makes of `<(...)`); a directory may have the name of a host. */
async function isReadable(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isDirectory() || (await isSosreport(path));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')))
      throw error;
    if (/\/|\.netsnap(\.gz)?$/.test(path))
      throw new UsageError(`there is no file ${path}, and no host has such a name`);
    return false;
  }
}
