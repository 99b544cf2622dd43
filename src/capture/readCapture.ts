import { readNetsnap } from './netsnap.ts';
import { isSosreport, readSosreport } from './sos/readSosreport.ts';

/**
 * The text of a capture from a `.netsnap` file, gzipped or not, or made from a sosreport, folder or archive; told by what
 * they hold. Rejects when it cannot be read, or with the signal's reason.
 */
export async function readCapture(path: string, signal?: AbortSignal): Promise<string> {
  return (await isSosreport(path)) ? readSosreport(path, signal) : readNetsnap(path);
}
