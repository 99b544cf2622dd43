import { findHeader } from './frame.ts';

/** Of what the host says on stderr this much is kept, to tell why there is no capture. */
const mostErrorBytes = 4096;
/** Of one that closes a section named after a NIC; longer ones are not ours. */
const longestClosingLine = 256;
const firstBufferBytes = 64 * 1024;

/**
 * What a collector prints, as it arrives, bounded, with its markers counted as they pass. All of it stands in one buffer
 * that grows: kept piece by piece, a host that sends one byte at a time would cost a hundred times what it sends.
 */
export class CaptureOutput {
  /** What the host may send over both outputs. */
  readonly maxBytes: number;
  /** Sections closed so far. */
  sections = 0;
  sawHeader = false;
  /** The beginning of its stderr. */
  errors = '';
  readonly #closing: Buffer;
  readonly #header: Buffer;
  #bytes = Buffer.allocUnsafe(firstBufferBytes);
  #length = 0;
  #errorBytes = 0;
  #captureFrom = 0;
  /** Up to here markers were looked for. */
  #searched = 0;
  #lastClosing = -1;

  constructor(nonce: string, maxBytes: number) {
    this.maxBytes = maxBytes;
    this.#closing = Buffer.from(`\n@@${nonce} > `);
    this.#header = Buffer.from(`@@${nonce} packet-path `);
  }

  /** Stdout; false when the limit is passed, the chunk is then not kept. */
  take(chunk: Buffer): boolean {
    if (this.#length + this.#errorBytes + chunk.length > this.maxBytes) return false;
    this.#makeRoom(this.#length + chunk.length);
    chunk.copy(this.#bytes, this.#length);
    this.#length += chunk.length;
    this.#search();
    return true;
  }

  /** Stderr; false when the limit is passed. */
  takeError(chunk: Buffer): boolean {
    const room = mostErrorBytes - this.#errorBytes;
    if (room > 0) this.errors += chunk.toString('utf8', 0, room);
    this.#errorBytes += chunk.length;
    return this.#length + this.#errorBytes <= this.maxBytes;
  }

  /** Whether the section `end` has arrived: nothing follows it. */
  isWhole(): boolean {
    if (this.#lastClosing === -1) return false;
    const from = this.#lastClosing + 1;
    const line = this.#bytes.toString('latin1', from, Math.min(this.#length, from + longestClosingLine));
    // The last of four words: a NIC may be called "end" as well, and its section "ethtool-S@A end".
    return /^@@\S+ > \S+ \S+ \S+ end\r?\n/.test(line);
  }

  /**
   * What arrived. What a login shell printed first belongs to it, unless that holds a capture of its own (one that
   * somebody took earlier), which a reader would take for this one.
   */
  capture(): Buffer {
    const before = this.#bytes.subarray(0, this.#captureFrom).toString('latin1');
    return this.#bytes.subarray(findHeader(before) === null ? 0 : this.#captureFrom, this.#length);
  }

  /** The first of what arrived, as text: where it is no capture, what the host says instead. */
  beginning(): string {
    return this.#bytes.toString('utf8', 0, Math.min(this.#length, mostErrorBytes));
  }

  #makeRoom(needed: number): void {
    if (needed <= this.#bytes.length) return;
    const size = Math.max(needed, Math.min(this.#bytes.length * 2, this.maxBytes));
    const grown = Buffer.allocUnsafe(size);
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }

  #search(): void {
    const arrived = this.#bytes.subarray(0, this.#length);
    if (!this.sawHeader) {
      const at = arrived.indexOf(this.#header, this.#searched);
      this.sawHeader = at !== -1;
      if (this.sawHeader) this.#captureFrom = at;
    }
    let from = this.#searched;
    for (let at = arrived.indexOf(this.#closing, from); at !== -1; at = arrived.indexOf(this.#closing, from)) {
      this.sections += 1;
      this.#lastClosing = at;
      from = at + this.#closing.length;
    }
    // A marker may be split over two chunks; none is seen twice.
    this.#searched = Math.max(from, this.#length - this.#header.length + 1, 0);
  }
}
