import { constants, createGunzip } from 'node:zlib';

/** A capture as plain text. */
export interface Unpacked {
  readonly text: Buffer;
  /** Unpacked it is larger than allowed: it ends where that was reached. */
  readonly tooMuch: boolean;
}

/** One section whose payload came through gzip (docs/collector.md). */
interface Packed {
  /** Where its opening marker begins, and what that becomes. */
  readonly from: number;
  readonly opening: Buffer;
  readonly payload: Buffer;
  /** Where its next marker begins: that of its stderr or its end; the end of the capture when it was cut off. */
  readonly end: number;
  /** What gzip says the text is long (RFC 1952, ISIZE), the only thing believed of a stream before it is inflated. */
  readonly claimed: number;
}

/** The collector packs a dozen at most; each costs an inflater. More stay as they came, and no reader takes them for text. */
const mostPacked = 64;
/** Header and footer: nothing shorter is a whole stream. */
const shortestStream = 18;

/**
 * The capture with its packed sections as text, at most `maxBytes` of it. Of a stream that is cut off or damaged the whole
 * lines before that stay, and the section gets no end, as one that was cut off has none, with a word about it as stderr.
 */
export async function unpackSections(capture: Buffer, nonce: string, maxBytes: number): Promise<Unpacked> {
  const packed = findPacked(capture, nonce);
  if (packed.length === 0) return { text: capture, tooMuch: false };
  const claimed = packed.reduce((sum, { claimed }) => sum + claimed + notice(nonce).length, capture.length);
  // All of it in one buffer: pieces that are joined later would stand in memory twice.
  const text = Buffer.allocUnsafe(Math.min(claimed, maxBytes));
  let length = 0;
  let tooMuch = false;
  const put = (bytes: Buffer): void => {
    tooMuch ||= length + bytes.length > text.length;
    length += bytes.copy(text, length);
  };
  let from = 0;
  for (const section of packed) {
    put(capture.subarray(from, section.from));
    put(section.opening);
    const body = length;
    const room = text.subarray(body, body + section.claimed);
    const { written, whole } = await inflateInto(room, section.payload);
    from = section.end;
    length = body + written;
    tooMuch ||= room.length < section.claimed && written === room.length;
    if (tooMuch) return { text: text.subarray(0, length), tooMuch };
    if (whole) continue;
    length = Math.max(body, text.subarray(0, length).lastIndexOf(10) + 1);
    put(notice(nonce));
    const next = capture.indexOf(`\n@@${nonce} <`, section.end);
    from = next === -1 ? capture.length : next;
  }
  put(capture.subarray(from));
  return { text: text.subarray(0, length), tooMuch };
}

function notice(nonce: string): Buffer {
  return Buffer.from(`\n@@${nonce} !\nthe compressed text is damaged or cut off here`);
}

function findPacked(capture: Buffer, nonce: string): Packed[] {
  const marker = `\n@@${nonce} `;
  const opening = Buffer.from(`${marker}<z `);
  const found: Packed[] = [];
  for (let from = capture.indexOf(opening); from !== -1 && found.length < mostPacked; ) {
    const name = from + opening.length;
    const lineEnd = capture.indexOf(10, name);
    if (lineEnd === -1) break;
    const next = capture.indexOf(marker, lineEnd + 1);
    const end = next === -1 ? capture.length : next;
    const payload = capture.subarray(lineEnd + 1, end);
    found.push({
      from,
      opening: Buffer.concat([Buffer.from(`${marker}< `), capture.subarray(name, lineEnd + 1)]),
      payload,
      end,
      claimed: payload.length < shortestStream ? 0 : payload.readUInt32LE(payload.length - 4),
    });
    from = capture.indexOf(opening, end);
  }
  return found;
}

/** Inflates into `room` as far as that goes; whole: to the very end, and it is as long as `room`. */
function inflateInto(room: Buffer, payload: Buffer): Promise<{ readonly written: number; readonly whole: boolean }> {
  return new Promise((resolve) => {
    let written = 0;
    const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
    const finish = (whole: boolean): void => {
      gunzip.destroy();
      resolve({ written, whole });
    };
    gunzip.on('data', (chunk: Buffer) => {
      const fits = chunk.length <= room.length - written;
      written += chunk.copy(room, written);
      if (!fits) finish(false);
    });
    gunzip.on('error', () => finish(false));
    gunzip.on('end', () => finish(written === room.length && payload.length >= shortestStream));
    gunzip.end(payload);
  });
}
