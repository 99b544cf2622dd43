import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Shell, ShellEnd } from './shell.ts';

const graceMs = 500;

/** A program of this machine as a shell. It has to lead a process group (`detached`), with which it is ended. */
export function processShell(child: ChildProcessWithoutNullStreams): Shell {
  // Writing to a shell that is gone fails with EPIPE; that it is gone is what `ended` says.
  child.stdin.on('error', () => {});
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let ending = false;
  const ended = new Promise<ShellEnd>((resolve) => {
    child.once('close', (code, signal) => {
      closed = true;
      clearTimeout(timer);
      resolve(signal === null ? { kind: 'exit', code: code ?? 0 } : { kind: 'signal', signal });
    });
  });

  function after(step: () => void): void {
    timer = setTimeout(() => {
      if (!closed) step();
    }, graceMs);
  }
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    end() {
      if (ending || closed) return;
      ending = true;
      child.stdin.end();
      after(() => {
        signalGroup(child, 'SIGTERM');
        after(() => {
          signalGroup(child, 'SIGKILL');
          // Output nobody reads, or a process that left the group and keeps the pipes open: both would hold `close` back.
          after(() => {
            child.stdout.destroy();
            child.stderr.destroy();
          });
        });
      });
    },
  };
}

/** To all of the group, where there are groups: the shell may be gone while what it started still runs. */
function signalGroup(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // Gone, or become another user by sudo: that one is for the same program to kill.
    const expected = error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM');
    if (!expected) throw error;
  }
}
