/** One file of an archive. */
export interface TarFile {
  readonly path: string;
  /** Empty for a link. */
  readonly bytes: Buffer;
  /** What a symbolic link names, as it stands; null for a file. */
  readonly target: string | null;
}

/** Larger headers of one file nobody writes. */
const mostHeaderBytes = 1024 * 1024;
const block = 512;

/**
 * The wanted regular files of a tar archive (ustar, GNU and pax headers), as they pass: nothing is written anywhere, and
 * of the others nothing is kept. A symbolic link is told of, not followed; hard links, devices and folders are passed over. Rejects for what is no such archive, and
 * where it ends in the middle of something.
 */
export async function* tarFiles(
  chunks: AsyncIterable<Uint8Array>,
  isWanted: (path: string, size: number) => boolean,
): AsyncGenerator<TarFile> {
  const bytes = byteReader(chunks);
  let longPath: string | null = null;
  let longSize: number | null = null;
  for (;;) {
    const header = await bytes.take(block);
    if (header === null || header.every((byte) => byte === 0)) return;
    if (!hasChecksum(header)) throw new Error('not a tar archive, or a damaged one');
    const type = String.fromCharCode(header[156] ?? 0);
    const size: number = longSize ?? sizeIn(header);
    if (type === 'L' || type === 'x') {
      if (size > mostHeaderBytes) throw new Error('a header of the archive is too large');
      const text = (await bytes.needed(size)).toString('utf8');
      await bytes.skip(padding(size));
      if (type === 'L') longPath = text.replace(/\0.*$/s, '');
      else {
        longPath = paxValue(text, 'path') ?? longPath;
        const said = Number(paxValue(text, 'size') ?? Number.NaN);
        longSize = Number.isSafeInteger(said) && said >= 0 ? said : null;
      }
      continue;
    }
    const path: string = longPath ?? pathIn(header);
    [longPath, longSize] = [null, null];
    const isFile = type === '0' || type === '\0' || type === '7';
    if (isFile && isWanted(path, size)) yield { path, bytes: await bytes.needed(size), target: null };
    else if (type === '2' && isWanted(path, 0))
      yield { path, bytes: Buffer.alloc(0), target: textIn(header, 157, 100) };
    else await bytes.skip(size);
    await bytes.skip(padding(size));
  }
}

/** What fills the last block. */
function padding(size: number): number {
  return (block - (size % block)) % block;
}

function hasChecksum(header: Buffer): boolean {
  const said = Number.parseInt(textIn(header, 148, 8), 8);
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  return sum === said;
}

/** Octal, or the base-256 of GNU tar where the first bit is set. */
function sizeIn(header: Buffer): number {
  const size =
    ((header[124] ?? 0) & 0x80) === 0
      ? Number.parseInt(textIn(header, 124, 12) || '0', 8)
      : Number(header.readBigUInt64BE(128));
  if (!Number.isSafeInteger(size) || size < 0) throw new Error('the archive gives a file no size');
  return size;
}

function pathIn(header: Buffer): string {
  const name = textIn(header, 0, 100);
  const prefix = textIn(header, 257, 6) === 'ustar' ? textIn(header, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function textIn(header: Buffer, from: number, length: number): string {
  return header
    .toString('utf8', from, from + length)
    .replace(/\0.*$/s, '')
    .trim();
}

/** `27 path=sosreport-web-1/...`: records of a length, a blank, a key and a value. */
function paxValue(text: string, key: string): string | null {
  return new RegExp(`^\\d+ ${key}=(.*)$`, 'm').exec(text)?.[1] ?? null;
}

interface ByteReader {
  /** Null at the very end. */
  readonly take: (count: number) => Promise<Buffer | null>;
  readonly needed: (count: number) => Promise<Buffer>;
  readonly skip: (count: number) => Promise<void>;
}

function byteReader(chunks: AsyncIterable<Uint8Array>): ByteReader {
  const source = chunks[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const { done, value } = await source.next();
    if (done === true) return false;
    rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return true;
  };
  /** Hands over up to so many bytes, chunk by chunk; how many are lacking. */
  const pass = async (count: number, use: (part: Buffer) => void): Promise<number> => {
    let left = count;
    while (left > 0) {
      if (rest.length === 0 && !(await more())) return left;
      const part = rest.subarray(0, left);
      use(part);
      rest = rest.subarray(part.length);
      left -= part.length;
    }
    return 0;
  };
  const take = async (count: number): Promise<Buffer | null> => {
    const parts: Buffer[] = [];
    const lacking = await pass(count, (part) => parts.push(part));
    if (lacking === count && count > 0) return null;
    if (lacking > 0) throw new Error('the archive is cut off');
    return Buffer.concat(parts);
  };
  return {
    take,
    needed: async (count) => {
      const taken = await take(count);
      if (taken === null) throw new Error('the archive is cut off');
      return taken;
    },
    skip: async (count) => {
      if ((await pass(count, () => undefined)) > 0) throw new Error('the archive is cut off');
    },
  };
}
