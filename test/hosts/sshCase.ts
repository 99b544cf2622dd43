import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect } from 'vitest';
import { hostKeyStore } from '../../src/transport/hostKeys/hostKeyStore.ts';
import type { HostKeyQuestion, SecretQuestion } from '../../src/transport/prompts/sshPrompts.ts';
import type { Shell, ShellEnd, Transport } from '../../src/transport/shell.ts';
import type { JumpHosts } from '../../src/transport/ssh2/ssh2Connection.ts';
import { ssh2Transport } from '../../src/transport/ssh2/ssh2Shell.ts';
import type { SshTarget } from '../../src/transport/sshTarget.ts';
import { sshTarget } from '../sshTarget.ts';
import { type PromptAnswers, recordedPrompts } from './recordedPrompts.ts';
import type { Sshd } from './sshd.ts';

const stores = mkdtempSync(join(tmpdir(), 'packet-path-stores-'));
afterAll(() => rmSync(stores, { recursive: true, force: true }));
let storesMade = 0;

export interface SshCase {
  readonly transport: Transport;
  readonly storeFile: string;
  readonly questions: HostKeyQuestion[];
  readonly secrets: SecretQuestion[];
  readonly log: string[];
}

type Answers = PromptAnswers & {
  readonly storeFile?: string;
  readonly readyMs?: number;
  readonly idleMs?: number;
  readonly jumps?: JumpHosts;
};

/** A transport to a test server, and a record of what it asked and logged. */
export function sshCase(target: SshTarget, answers: Answers = {}): SshCase {
  const { prompts, questions, secrets } = recordedPrompts(answers);
  const log: string[] = [];
  const storeFile = answers.storeFile ?? join(stores, String(storesMade++), 'host_keys');
  const { readyMs = 10_000, idleMs = 60_000 } = answers;
  const store = hostKeyStore(storeFile);
  const transport = ssh2Transport(async () => target, {
    prompts,
    store,
    readyMs,
    idleMs,
    ...(answers.jumps === undefined ? {} : { jumps: answers.jumps }),
    log: (line) => log.push(line),
  });
  return { transport, storeFile, questions, secrets, log };
}

/** How to reach the test server with its plain key and its known_hosts. */
export function targetOf(sshd: Sshd, more: Partial<SshTarget> = {}): SshTarget {
  return {
    ...targetAt(sshd.port),
    host: sshd.host,
    user: sshd.user,
    identityFiles: [sshd.identityFile],
    knownHostsFiles: [sshd.knownHostsFile],
    ...more,
  };
}

/** How to reach something on loopback that is no sshd. */
export function targetAt(port: number, more: Partial<SshTarget> = {}): SshTarget {
  return sshTarget({ port, ...more });
}

export const never = new AbortController().signal;

/** Runs a script to its end. */
export async function run(transport: Transport, script: string, args: readonly string[] = ['test']): Promise<Ran> {
  const shell = await transport.startShell(args, never);
  shell.stdin.end(script);
  return finish(shell);
}

/** Runs `echo hello` and closes; gives what it printed. */
export async function hello({ transport }: { readonly transport: Transport }): Promise<string> {
  try {
    return (await run(transport, 'echo hello $1')).stdout;
  } finally {
    transport.close();
  }
}

/** Why `hello` does not get in; fails when it does. */
export async function failure(test: { readonly transport: Transport }): Promise<unknown> {
  return hello(test).then(
    (stdout) => expect.unreachable(`it got in: ${stdout}`),
    (error: unknown) => error,
  );
}

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly end: ShellEnd;
}

/** Reads a shell to its end. */
export async function finish(shell: Shell): Promise<Ran> {
  const [stdout, stderr, end] = await Promise.all([text(shell.stdout), text(shell.stderr), shell.ended]);
  return { stdout, stderr, end };
}

/** How many processes have `marker` in their command line. */
export function processesWith(marker: string): number {
  const all = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' });
  return all.split('\n').filter((line) => line.includes(marker)).length;
}

/** Waits until it holds; throws after `timeMs`. */
export async function until(condition: () => boolean, what: string, timeMs = 5000): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > timeMs) throw new Error(`still not: ${what}`);
    await delay(25);
  }
}

/** How often `part` occurs. */
export function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}
