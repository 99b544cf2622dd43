import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { processShell } from './processShell.ts';
import { type Shell, shellArguments, type Transport, TransportError } from './shell.ts';

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
