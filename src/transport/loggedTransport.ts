import { printable } from '../kernel/printable.ts';
import type { ShellEnd, ShellOptions, Transport } from './shell.ts';

/**
 * Tells of each command on a host: that it was started, how it ended, and after how long. `onCount` hears how many run or
 * are being started, each time that changes.
 */
export function loggedTransport(
  transport: Transport,
  log: (line: string) => void,
  onCount: (running: number) => void,
): Transport {
  let commands = 0;
  let running = 0;
  const count = (by: 1 | -1): void => {
    running += by;
    onCount(running);
  };
  return {
    async startShell(args, signal, options = {}) {
      commands += 1;
      const name = `command ${commands}`;
      const startedAt = performance.now();
      const after = (): string => `after ${((performance.now() - startedAt) / 1000).toFixed(2)} s`;
      log(`${name}: sh -s -- ${args.join(' ')}${where(options)}`);
      count(1);
      try {
        const shell = await transport.startShell(args, signal, options);
        log(`${name} runs ${after()}`);
        void shell.ended.then((end) => {
          log(`${name} ended ${after()}: ${howItEnded(end)}`);
          count(-1);
        });
        return shell;
      } catch (error) {
        const why = signal.aborted ? 'given up' : error instanceof Error ? error.message : String(error);
        log(`${name} was not started, ${after()}: ${printable(why)}`);
        count(-1);
        throw error;
      }
    },
    close: () => transport.close(),
  };
}

function where({ namespace }: ShellOptions): string {
  if (namespace === undefined) return '';
  const which = namespace.kind === 'name' ? printable(namespace.name) : `of process ${namespace.pid}`;
  return ` (in network namespace ${which}${namespace.sudo ? ', by sudo' : ''})`;
}

function howItEnded(end: ShellEnd): string {
  if (end.kind === 'exit') return `exit status ${end.code}`;
  return end.kind === 'signal' ? `signal ${end.signal}` : `connection lost, ${printable(end.message)}`;
}
