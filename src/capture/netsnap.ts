import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** A capture file may unpack to at most this much. */
const maxBytes = 256 * 1024 * 1024;

/** Reads the text of a `.netsnap` file, gzipped or not (told by its first bytes). Rejects when it cannot be read. */
export async function readNetsnap(path: string): Promise<string> {
  return decodeNetsnap(await readFile(path));
}

/** The text of a capture from the bytes of a file. */
export async function decodeNetsnap(bytes: Uint8Array): Promise<string> {
  if (bytes.byteLength > maxBytes) throw new Error(`larger than ${maxBytes} bytes`);
  const plain =
    bytes[0] === 0x1f && bytes[1] === 0x8b ? await promisify(gunzip)(bytes, { maxOutputLength: maxBytes }) : bytes;
  return textOf(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength));
}

/** UTF-8, or the UTF-16 that PowerShell's `>` writes; a byte order mark is no text. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  return bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}

/** Writes what the host sent, unchanged; gzipped when the name ends in `.gz`. The file is whole or not there. */
export async function writeNetsnap(path: string, capture: Uint8Array): Promise<void> {
  const bytes = path.endsWith('.gz') ? await promisify(gzip)(capture) : capture;
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  await writeFile(partial, bytes, { mode: 0o600 });
  await rename(partial, path);
}
