import type { Readable } from 'node:stream';
import { printable } from '../kernel/printable.ts';

const keptBytes = 4096;
const keptLines = 3;
const mostCharacters = 300;

/** What a program says last before it gives up, kept while somebody listens. */
export interface LastWords {
  /** Its last lines as one, fit for a message; empty when it said nothing. */
  text(): string;
  /** All that is kept, as it came. */
  whole(): string;
  /** Reads no more: what comes from now on stays in the stream. */
  stop(): void;
}

/** Listens to a stream, however much it says. */
export function lastWords(stream: Readable): LastWords {
  let kept = Buffer.alloc(0);
  const onReadable = (): void => {
    for (let chunk: Buffer | null = stream.read(); chunk !== null; chunk = stream.read())
      kept = Buffer.concat([kept, chunk]).subarray(-keptBytes);
  };
  stream.on('readable', onReadable);
  return {
    text: () => lastLines(kept.toString('utf8')),
    whole: () => kept.toString('utf8'),
    stop: () => stream.off('readable', onReadable),
  };
}

/** The last lines that are not empty, as many as fit, as one line that is fit for a message. */
export function lastLines(text: string): string {
  let words = '';
  const lines = text
    .slice(-keptBytes)
    .split('\n')
    .map((line) => printable(line));
  for (const line of lines
    .filter((each) => each !== '')
    .slice(-keptLines)
    .reverse()) {
    if (words !== '' && words.length + line.length > mostCharacters) break;
    words = words === '' ? line : `${line} / ${words}`;
  }
  return words;
}
