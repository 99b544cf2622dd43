import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { firstPrintableLine } from '../../kernel/printable.ts';
import { lastWords } from '../lastWords.ts';
import { leavingNothing } from '../leavingNothing.ts';
import { processShell } from '../processShell.ts';
import { type ReadyMark, readyMark } from '../readyMark.ts';
import { type Shell, type ShellEnd, TransportError } from '../shell.ts';
import { shellMark } from '../shellMark.ts';
import { describeTarget, type SshTarget } from '../sshTarget.ts';
import { noSsh } from './systemSshErrors.ts';

/** ssh's own exit status for "it did not come to that" (ssh(1), EXIT STATUS). */
export const sshFailed = 255;
/** A program whose output is over is about to end. */
const lastMs = 500;

/** A shell to be started: what the host's login shell is told, and what goes with it. */
export interface RemoteCommand {
  readonly line: string;
  readonly ready: ReadyMark;
  /** A script that kills what is left of it. */
  readonly killScript: string;
}

/** The command line that runs `command`, which must be without single quotes; `asRoot` where that becomes root by sudo. */
export function remoteCommand(command: string, asRoot: boolean): RemoteCommand {
  const mark = shellMark(asRoot);
  const ready = readyMark();
  // Needs no program but sh, and single quotes mean the same to every login shell.
  return { line: `sh -c '${mark.set}; ${ready.command}; exec ${command}'`, ready, killScript: mark.killScript };
}

/** An ssh that ended, or talked without end, before the command ran. */
export interface NotReady {
  /** Null when it has not ended. */
  readonly code: number | null;
  readonly stderr: string;
  /** What came on stdout instead. */
  readonly noise: string;
}

/** Starts an ssh with its outputs piped; rejects with a `TransportError` when there is no such program. */
export async function spawnSsh(
  program: string,
  args: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  leads = process.platform !== 'win32',
): Promise<ChildProcessWithoutNullStreams> {
  // Windows looks for a program in the current directory first: that must be none that a workspace chose.
  const child = spawn(program, args, {
    stdio: 'pipe',
    env: { ...variables },
    cwd: homedir(),
    detached: leads,
    windowsHide: true,
  });
  // Writing to one that is gone fails with EPIPE.
  child.stdin.on('error', () => {});
  try {
    await once(child, 'spawn');
    return child;
  } catch (error) {
    throw noSsh(program, error);
  }
}

/**
 * Waits until the command of an ssh runs; resolves to null then, with both outputs as the command makes them from there
 * on, or to what came of it instead. Rejects with the signal's reason. The ssh is left running.
 */
export async function untilReady(
  child: ChildProcessWithoutNullStreams,
  ready: ReadyMark,
  signal: AbortSignal,
): Promise<NotReady | null> {
  const said = lastWords(child.stderr);
  const closed = once(child, 'close').then(([code]): number | null => (typeof code === 'number' ? code : null));
  try {
    const { outcome, before } = await ready.passed(child.stdout, signal);
    if (outcome === 'aborted') throw signal.reason;
    if (outcome === 'ready') return null;
    const code = outcome === 'ended' ? await Promise.race([closed, delay(lastMs, null)]) : null;
    return { code, stderr: said.whole(), noise: before };
  } finally {
    said.stop();
  }
}

/** The connection stood, and the command did not run. */
export function notRun({ code, stderr, noise }: NotReady, target: SshTarget): TransportError {
  const said = firstPrintableLine(stderr) || firstPrintableLine(noise) || `it says nothing (exit status ${code})`;
  return new TransportError(
    'unsupported',
    `${describeTarget(target)} does not let us run a command: ${said}`,
    'Check MaxSessions, ForceCommand and the login shell of this user on the host.',
  );
}

export interface RemoteEnds {
  /** Kills on the host what is left of the shell; never rejects. */
  kill(): Promise<void>;
  /** Whether the connection still stands, after an ssh has failed; never rejects. */
  connected(): Promise<boolean>;
}

/** The shell at the other end of an ssh that `spawnSsh` has started. */
export function systemSshShell(child: ChildProcessWithoutNullStreams, { kill, connected }: RemoteEnds): Shell {
  const shell = leavingNothing(processShell(child), kill);
  let asked = false;
  const ended = shell.ended.then(async (end): Promise<ShellEnd> => {
    if (end.kind !== 'exit' || end.code !== sshFailed) return end;
    if (asked) return { kind: 'signal', signal: 'SIGTERM' };
    // It is also what ssh makes of a shell that was killed.
    return (await connected())
      ? { kind: 'signal', signal: 'unknown' }
      : { kind: 'lost', message: 'the connection was lost' };
  });
  return {
    ...shell,
    ended,
    end() {
      asked = true;
      shell.end();
    },
  };
}

/** Says a script to `sh -s` at the other end of an ssh; of how it goes only the log hears. */
export async function runScript(
  start: () => Promise<ChildProcessWithoutNullStreams>,
  script: string,
  log: (line: string) => void,
): Promise<void> {
  try {
    const child = await start();
    child.stdout.resume();
    child.stderr.resume();
    child.stdin.end(script);
    const [code] = await once(child, 'close');
    if (code !== 0) log(`a shell may be left on the host: ssh ended with status ${String(code)}`);
  } catch (error) {
    log(`a shell may be left on the host: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Ends an ssh that is no shell, and what it has started on this machine; `leads`: it leads a process group. */
export function endSsh(child: ChildProcess, leads: boolean): void {
  // Nobody reads it any more.
  child.stdout?.destroy();
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (!leads) {
    child.kill('SIGTERM');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
