import { randomBytes } from 'node:crypto';
import { firstPrintableLine } from '../kernel/printable.ts';
import type { SshPrompts } from '../transport/prompts/sshPrompts.ts';
import { type ShellEnd, type Transport, TransportError } from '../transport/shell.ts';
import { CaptureOutput } from './captureOutput.ts';
import { collectorArguments, collectorScript } from './collectorScript.ts';
import { unpackSections } from './packedSections.ts';

export interface TakeCaptureOptions {
  readonly intervalSeconds: number;
  /** Milliseconds the collector may take beyond the interval, once the host is connected. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** A capture that grows beyond this is ended: a host may send without end. */
  readonly maxBytes?: number;
  /** Called with the number of finished sections, at most once per arriving chunk. */
  readonly onProgress?: (sections: number) => void;
  /** Who is asked what has to be asked on the way, instead of whom the transport asks otherwise. */
  readonly prompts?: SshPrompts;
  /** Called once the collector runs. */
  readonly onStart?: () => void;
  /** Called once the shell is gone, however that came about. */
  readonly onEnd?: (traffic: CaptureTraffic) => void;
}

/** What went over the wire for a capture. */
export interface CaptureTraffic {
  readonly sentBytes: number;
  /** Over both outputs. */
  readonly receivedBytes: number;
  /** The connection was lost, not cut by us: it may be worth trying again. */
  readonly connectionLost: boolean;
}

/**
 * What a host may send, over both of its outputs. Enough for 512 CPUs and 4,000 interrupts; what is kept
 * of it stands in one buffer, whatever the size of the pieces, so that memory stays below twice this.
 */
export const mostCaptureBytes = 64 * 1024 * 1024;
/** What setTimeout can wait; beyond it fires at once. */
const longestTimerMs = 2 ** 31 - 1;
/** How long a host may take to close a session in which all has been said. */
const farewellMs = 1000;

/** A capture that did not come to its end, for the reason the message says; what arrived of it is worth reading. */
export class PartialCapture extends TransportError {
  /** Begins with the header and holds at least the first sample's counters. */
  readonly capture: Buffer;

  constructor({ kind, message, hint }: TransportError, capture: Buffer) {
    super(kind, message, `${hint} What arrived until then is kept.`);
    this.name = 'PartialCapture';
    this.capture = capture;
  }
}

/**
 * Runs the collector once and returns what it printed, sections that came packed as the text they are. Rejects with a
 * `TransportError` when the host cannot be reached, sends too much, stops before the end, or is not done by the deadline
 * (which begins to count when the interval is over): a `PartialCapture` when something of use had arrived. Rejects with
 * the signal's reason when that is aborted. In each case nothing of ours stays running on the host.
 */
export async function takeCapture(transport: Transport, options: TakeCaptureOptions): Promise<Buffer> {
  const nonce = randomBytes(8).toString('hex');
  const args = collectorArguments({ intervalSeconds: options.intervalSeconds, nonce });
  const { signal, prompts } = options;
  const shell = await transport.startShell(args, signal, prompts === undefined ? {} : { prompts });
  options.onStart?.();
  const output = new CaptureOutput(nonce, options.maxBytes ?? mostCaptureBytes);
  let failure: TransportError | null = null;
  const fail = (error: TransportError): void => {
    failure ??= error;
    shell.end();
  };
  const limitMs = Math.min(longestTimerMs, options.intervalSeconds * 1000 + options.deadlineMs);
  const deadline = setTimeout(() => fail(lateError(output, limitMs)), limitMs);
  let farewell: NodeJS.Timeout | undefined;
  let receivedBytes = 0;
  const received = (fits: boolean): void => {
    if (!fits) fail(tooMuchError(output));
    else if (output.isWhole()) farewell ??= setTimeout(() => shell.end(), farewellMs);
  };
  try {
    shell.stdout.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.length;
      if (failure !== null) return;
      received(output.take(chunk));
      options.onProgress?.(output.sections);
    });
    shell.stderr.on('data', (chunk: Buffer) => {
      receivedBytes += chunk.length;
      if (failure === null) received(output.takeError(chunk));
    });
    // The host may go away while the script is being written; `ended` tells why.
    shell.stdin.on('error', () => undefined);
    shell.stdin.write(collectorScript);
    const end = await shell.ended;
    const connectionLost = end.kind === 'lost' && failure === null && !output.isWhole() && !signal.aborted;
    options.onEnd?.({ sentBytes: Buffer.byteLength(collectorScript), receivedBytes, connectionLost });
    signal.throwIfAborted();
    const { text, tooMuch } = await unpackSections(output.capture(), nonce, output.maxBytes);
    if (output.isWhole() && !tooMuch) return text;
    const problem = failure ?? (tooMuch ? tooMuchError(output) : endedError(end, output));
    // The first section says no more than when.
    throw output.sections > 1 ? new PartialCapture(problem, text) : problem;
  } finally {
    clearTimeout(deadline);
    clearTimeout(farewell);
    shell.end();
  }
}

function tooMuchError({ maxBytes }: CaptureOutput): TransportError {
  return new TransportError(
    'lost',
    `the host sent more than ${maxBytes} bytes`,
    'No capture is that large: look at what its login shell and its tools print.',
  );
}

function lateError(output: CaptureOutput, limitMs: number): TransportError {
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

/** Why a shell that is gone left no whole capture. */
function endedError(end: ShellEnd, output: CaptureOutput): TransportError {
  const { sections, sawHeader, errors } = output;
  if (end.kind === 'lost') return lostError(end.message, sections);
  const how = end.kind === 'exit' ? `exit status ${end.code}` : `signal ${end.signal}`;
  // What refuses a shell may say so on either output.
  const said = firstPrintableLine(errors, 200) || (sawHeader ? '' : firstPrintableLine(output.beginning(), 200));
  const why = `(${how})${said === '' ? '' : `: ${withoutPeriod(said)}`}`;
  if (sawHeader) {
    return new TransportError(
      'lost',
      `the collector ended on the host before it was done, after ${sections} sections ${why}`,
      'Something there ended it: a limit on memory, processes or time, or somebody.',
    );
  }
  return new TransportError(
    'unsupported',
    `the host did not run the collector ${why}`,
    'Packet Path needs a POSIX sh that runs what it reads from stdin; a forced command or a restricted shell prevents that.',
  );
}

/** Whoever shows a message puts it into a sentence; the dots of a text cut short stay. */
function withoutPeriod(text: string): string {
  return text.replace(/(?<!\.)\.$/, '');
}
