import { randomBytes } from 'node:crypto';
import { firstPrintableLine } from '../kernel/printable.ts';
import { type Shell, type ShellEnd, type Transport, TransportError } from '../transport/shell.ts';
import { collectorArguments, collectorScript } from './collectorScript.ts';

export interface TakeCaptureOptions {
  readonly intervalSeconds: number;
  /** Milliseconds the collector may take beyond the interval, once the host is connected. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** A capture that grows beyond this is ended: a host may send without end. */
  readonly maxBytes?: number;
  /** Called with the number of finished sections, at most once per arriving chunk. */
  readonly onProgress?: (sections: number) => void;
}

const defaultMaxBytes = 64 * 1024 * 1024;
/** What setTimeout can wait; beyond it fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Runs the collector once and returns what it printed, unchanged. Rejects with a `TransportError` when the host cannot
 * be reached, sends too much, or is not done by the deadline (which begins to count when the interval is over), and with the signal's reason when that is aborted; in each
 * case nothing of ours stays running on the host.
 */
export async function takeCapture(transport: Transport, options: TakeCaptureOptions): Promise<Buffer> {
  const nonce = randomBytes(8).toString('hex');
  const args = collectorArguments({ intervalSeconds: options.intervalSeconds, nonce });
  const shell = await transport.startShell(args, options.signal);
  const output = new Output(nonce, options.maxBytes ?? defaultMaxBytes);
  let failure: TransportError | null = null;
  const fail = (error: TransportError): void => {
    failure ??= error;
    shell.end();
  };
  const limitMs = Math.min(longestTimerMs, options.intervalSeconds * 1000 + options.deadlineMs);
  const deadline = setTimeout(() => fail(lateError(output, limitMs)), limitMs);
  try {
    const end = await run(shell, output, options, fail);
    options.signal.throwIfAborted();
    if (failure !== null) throw failure;
    if (end.kind === 'lost') throw lostError(end.message, output.sections);
    if (!output.sawHeader) throw noCaptureError(end, output.errors);
    return output.bytes();
  } finally {
    clearTimeout(deadline);
    shell.end();
  }
}

async function run(
  shell: Shell,
  output: Output,
  options: TakeCaptureOptions,
  fail: (error: TransportError) => void,
): Promise<ShellEnd> {
  shell.stdout.on('data', (chunk: Buffer) => {
    if (!output.take(chunk)) {
      fail(
        new TransportError(
          'lost',
          `the host sent more than ${output.maxBytes} bytes`,
          'That is no capture; look at what its login shell prints.',
        ),
      );
      return;
    }
    options.onProgress?.(output.sections);
  });
  shell.stderr.on('data', (chunk: Buffer) => output.takeError(chunk));
  // The host may go away while the script is being written; `ended` tells why.
  shell.stdin.on('error', () => undefined);
  shell.stdin.write(collectorScript);
  return shell.ended;
}

/** What arrived so far, bounded, with the markers counted as they pass. */
class Output {
  readonly maxBytes: number;
  sections = 0;
  sawHeader = false;
  errors = '';
  readonly #chunks: Buffer[] = [];
  readonly #closing: Buffer;
  readonly #header: Buffer;
  #length = 0;
  #tail = Buffer.alloc(0);

  constructor(nonce: string, maxBytes: number) {
    this.maxBytes = maxBytes;
    this.#closing = Buffer.from(`\n@@${nonce} > `);
    this.#header = Buffer.from(`@@${nonce} packet-path `);
  }

  /** False when the limit is passed; the chunk is then not kept. */
  take(chunk: Buffer): boolean {
    if (this.#length + chunk.length > this.maxBytes) return false;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const searched = Buffer.concat([this.#tail, chunk]);
    this.sawHeader ||= searched.includes(this.#header);
    let at = searched.indexOf(this.#closing);
    let after = 0;
    while (at !== -1) {
      this.sections += 1;
      after = at + this.#closing.length;
      at = searched.indexOf(this.#closing, after);
    }
    // Keep less than one marker, so that one split over two chunks is seen and none is seen twice.
    const keepFrom = Math.max(after, searched.length - this.#closing.length - 16);
    this.#tail = Buffer.from(searched.subarray(keepFrom));
    return true;
  }

  takeError(chunk: Buffer): void {
    if (this.errors.length < 4096) this.errors += chunk.toString('utf8');
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

function lateError(output: Output, limitMs: number): TransportError {
  return new TransportError(
    'timed-out',
    `the host was not done after ${limitMs / 1000} s (${output.sections} sections arrived)`,
    'Allow it more time (setting packetPath.snapshot.deadline, or --deadline), or look on the host at what the collector waits for.',
  );
}

function lostError(message: string, sections: number): TransportError {
  const when = sections === 0 ? 'before anything of the capture arrived' : `after ${sections} sections`;
  return new TransportError(
    'lost',
    `the connection was lost ${when}: ${withoutPeriod(message)}`,
    'Take the snapshot again.',
  );
}

function noCaptureError(end: Exclude<ShellEnd, { kind: 'lost' }>, errors: string): TransportError {
  const how = end.kind === 'exit' ? `exit status ${end.code}` : `signal ${end.signal}`;
  const said = firstPrintableLine(errors, 200);
  return new TransportError(
    'unsupported',
    `the host did not run the collector (${how})${said === '' ? '' : `: ${withoutPeriod(said)}`}`,
    'Packet Path needs a POSIX sh that runs what it reads from stdin; a forced command or a restricted shell prevents that.',
  );
}

/** Whoever shows a message puts it into a sentence; the dots of a text cut short stay. */
function withoutPeriod(text: string): string {
  return text.replace(/(?<!\.)\.$/, '');
}
