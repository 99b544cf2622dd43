import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, readlink, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isWanted, reportPath } from './reportPaths.ts';
import { type SosReport, sosCapture } from './sosCapture.ts';
import { tarFiles } from './tar.ts';

/** Of a report at most so much is kept, of one file so much; what is beyond is as if it were not there. */
const mostBytes = 128 * 1024 * 1024;
const mostFileBytes = 32 * 1024 * 1024;
/** A folder or archive with more entries, or one that unpacks to more bytes, is no report. */
const mostEntries = 2_000_000;
const mostUnpacked = 20 * 1024 * 1024 * 1024;

/** The kinds of file that may hold a report, by their first bytes. */
type Packing = 'tar' | 'gzip' | 'xz' | 'bzip2' | 'other';

/**
 * Whether a user opened a sosreport, as a folder or an archive (.tar, .tar.gz, .tar.xz). A gzipped file is an archive when
 * tar's mark stands where it must. Rejects when there is no such file.
 */
export async function isSosreport(path: string): Promise<boolean> {
  const found = await stat(path);
  if (found.isDirectory()) return (await rootOf(path)) !== null;
  // What is read of a pipe is gone.
  if (!found.isFile()) return false;
  const packing = await packingOf(path);
  if (packing !== 'gzip') return packing !== 'other';
  for await (const chunk of unpacked(path, 'gzip')) return isTar(Buffer.from(chunk));
  return false;
}

/**
 * The text of a capture made from a sosreport. Rejects, with what to do, when there is none in the folder or archive, or
 * with the signal's reason. Links are not followed, nothing is unpacked to disk, nothing is run.
 */
export async function readSosreport(path: string, signal?: AbortSignal): Promise<string> {
  const isFolder = (await stat(path)).isDirectory();
  const report = isFolder ? await filesOfFolder(path, signal) : await filesOfArchive(path, signal);
  if (![...report.files.keys()].some((file) => /^(?:sos_commands|proc|sys)\//.test(file)))
    throw new Error(
      `${basename(path)} is no sosreport: it has none of sos_commands/, proc/ and sys/. Open the report's own folder or archive.`,
    );
  return sosCapture(report, unusedNonce(report), basename(path));
}

/** A nonce of markers that no text of the report can be taken for. */
function unusedNonce({ files, links }: SosReport): string {
  for (;;) {
    const nonce = randomBytes(8).toString('hex');
    if (![...files.values(), ...links.values()].some((text) => text.includes(nonce))) return nonce;
  }
}

/** What is kept of a report, within its bounds. */
function keeper(): {
  files: Map<string, string>;
  links: Map<string, string>;
  wants: (path: string, size: number) => boolean;
} {
  const files = new Map<string, string>();
  let kept = 0;
  let seen = 0;
  return {
    files,
    links: new Map<string, string>(),
    wants: (path, size) => {
      seen += 1;
      if (seen > mostEntries) throw new Error(`more than ${mostEntries} files: this is no sosreport`);
      const inside = reportPath(path);
      if (inside === null || !isWanted(inside) || size > mostFileBytes || kept + size > mostBytes) return false;
      kept += size;
      return true;
    },
  };
}

async function filesOfArchive(path: string, signal: AbortSignal | undefined): Promise<SosReport> {
  const packing = await packingOf(path);
  if (packing === 'bzip2' || packing === 'other')
    throw new Error(`${basename(path)} is not read as it is: unpack it (tar xf) and open the folder.`);
  const { files, links, wants } = keeper();
  for await (const file of tarFiles(bounded(unpacked(path, packing), signal), wants)) {
    const inside = reportPath(file.path);
    if (inside === null) continue;
    if (file.target === null) files.set(inside, file.bytes.toString('utf8'));
    else links.set(inside, file.target);
  }
  return { files, links };
}

async function packingOf(path: string): Promise<Packing> {
  const file = await open(path);
  try {
    const start = Buffer.alloc(512);
    await file.read(start, 0, start.length, 0);
    if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
    if (start.subarray(0, 6).equals(Buffer.from('\xfd7zXZ\0', 'latin1'))) return 'xz';
    if (start.toString('latin1', 0, 3) === 'BZh') return 'bzip2';
    return isTar(start) ? 'tar' : 'other';
  } finally {
    await file.close();
  }
}

function isTar(start: Buffer): boolean {
  return start.toString('latin1', 257, 262) === 'ustar';
}

async function* unpacked(path: string, packing: 'tar' | 'gzip' | 'xz'): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  try {
    if (packing === 'tar') yield* file;
    else if (packing === 'gzip') yield* file.pipe(createGunzip());
    else {
      // Only who opens such an archive needs it: most of it is WebAssembly.
      const { XzReadableStream } = await import('xz-decompress');
      yield* Readable.fromWeb(new XzReadableStream(Readable.toWeb(file) as never) as never);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${basename(path)} is cut off or damaged: ${why}. Fetch it again, or unpack it and open the folder.`,
    );
  } finally {
    file.destroy();
  }
}

async function* bounded(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    bytes += chunk.byteLength;
    if (bytes > mostUnpacked) throw new Error(`unpacks to more than ${mostUnpacked} bytes: this is no sosreport`);
    yield chunk;
  }
}

/** The folder of the report: this one, or the only one in it; null when neither is one. */
async function rootOf(path: string): Promise<string | null> {
  const entries = await readdir(path, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'sos_commands')) return path;
  const [only, ...more] = entries.filter((entry) => entry.isDirectory());
  if (only === undefined || more.length > 0) return null;
  const inside = join(path, only.name);
  return (await readdir(inside)).includes('sos_commands') ? inside : null;
}

async function filesOfFolder(path: string, signal: AbortSignal | undefined): Promise<SosReport> {
  const { files, links, wants } = keeper();
  const root = (await rootOf(path)) ?? path;
  const walk = async (folder: string): Promise<void> => {
    signal?.throwIfAborted();
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const inside = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && (folder !== '' || /^(?:sos_commands|proc|sys|etc|usr|run|lib|boot)$/.test(entry.name)))
        await walk(inside);
      // Not followed: what it leads to is in the report, or none of our business.
      else if (entry.isSymbolicLink() && isWanted(inside) && wants(inside, 0))
        links.set(inside, await readlink(join(root, inside)));
      else if (entry.isFile()) {
        if (!isWanted(inside)) continue;
        const file = join(root, inside);
        const { size, mode } = await stat(file);
        // What nobody may read (`flush`) says nothing; of what only others may, it must not be said that it is not there.
        if ((mode & 0o444) !== 0 && wants(inside, size)) files.set(inside, await readFile(file, 'utf8'));
      }
    }
  };
  await walk('');
  return { files, links };
}
