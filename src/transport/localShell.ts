import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Shell, type ShellEnd, shellArguments, type Transport, TransportError } from './shell.ts';

const graceMs = 500;

/** This machine: `/bin/sh` in a process group of its own, so that everything it started can be ended with it. */
export function localTransport(): Transport {
  const running = new Set<Shell>();
  return {
    async startShell(args, signal) {
      const shArgs = shellArguments(args);
      signal.throwIfAborted();
      if (process.platform !== 'linux') {
        throw new TransportError(
          'unsupported',
          'This machine does not run Linux',
          'Add a Linux host reached over SSH.',
        );
      }
      const child = spawn('/bin/sh', shArgs, { cwd: '/', detached: true, stdio: 'pipe' });
      try {
        await once(child, 'spawn');
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new TransportError('unsupported', `/bin/sh could not be started: ${why}`, 'Check that /bin/sh exists.');
      }
      const shell = processShell(child);
      running.add(shell);
      const onAbort = (): void => shell.end();
      signal.addEventListener('abort', onAbort, { once: true });
      void shell.ended.then(() => {
        running.delete(shell);
        signal.removeEventListener('abort', onAbort);
      });
      if (signal.aborted) {
        shell.end();
        throw signal.reason;
      }
      return shell;
    },
    close() {
      for (const shell of running) shell.end();
    },
  };
}

function processShell(child: ChildProcessWithoutNullStreams): Shell {
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

/** To all of the group: the shell may be gone while what it started still runs. */
function signalGroup(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
