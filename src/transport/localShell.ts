import { commandTransport } from './commandShell.ts';
import { type Transport, TransportError } from './shell.ts';

/** This machine: `/bin/sh`, ended with everything it started. */
export function localTransport(log?: (line: string) => void): Transport {
  const transport = commandTransport([], { name: 'This machine', cwd: '/', ...(log && { log }) });
  return {
    ...transport,
    async startShell(...args) {
      if (process.platform === 'linux') return transport.startShell(...args);
      throw new TransportError('unsupported', 'This machine does not run Linux', 'Add a Linux host reached over SSH.');
    },
  };
}
