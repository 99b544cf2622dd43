import { randomBytes } from 'node:crypto';
import type { Transport } from '../../transport/shell.ts';
import { mostSockets } from '../collectorScript.ts';
import { parseCapture } from '../frame.ts';
import { runScript } from '../runScript.ts';
import { Sections } from '../sections.ts';
import framing from './framing.sh';
import incomingCpu from './incomingCpu.sh';
import socketQuestions from './socketQuestions.sh';

/** The scripts of all questions, each exactly as it is sent. */
export const questionScripts = {
  sockets: `${framing}\n${socketQuestions}`,
  incomingCpu: `${framing}\n${incomingCpu}`,
} as const;

/** Seconds that one command on the host may take. */
const commandSeconds = 10;
const limitMs = 40_000;
const mostBytes = 8 * 1024 * 1024;

/**
 * Asks a host something and gives what it said in sections, as a capture has them. Rejects with a `TransportError`, or with
 * the signal's reason.
 */
export function askHost(
  transport: Transport,
  script: keyof typeof questionScripts,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Sections> {
  const nonce = randomBytes(8).toString('hex');
  return runScript(
    transport,
    {
      script: questionScripts[script],
      args: [nonce, String(commandSeconds), String(mostSockets), ...args],
      task: 'answer',
      limitMs,
      mostBytes,
      read: (text) => {
        const sections = new Sections(parseCapture(text).sections);
        return sections.isWhole ? sections : null;
      },
    },
    signal,
  );
}
