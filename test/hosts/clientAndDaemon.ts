import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/** Like `docker exec -i`: a client that talks to a daemon, which runs the command. */
export interface ClientAndDaemon {
  /** The client; what it is given is run by the daemon. */
  readonly client: string;
  stop(): Promise<void>;
}

const clientText = `#!${process.execPath}
const socket = require('node:net').connect(SOCKET);
socket.write(JSON.stringify(process.argv.slice(2)) + '\\n');
process.stdin.pipe(socket);
socket.pipe(process.stdout);
socket.on('end', () => process.exit(0));
`;

/**
 * The hardest of its kind: nothing that happens to the client reaches what the daemon runs, not even the end of stdin.
 * `before` is what the daemon puts before each command.
 */
export async function clientAndDaemon(dir: string, before: readonly string[]): Promise<ClientAndDaemon> {
  const path = join(dir, 'daemon.sock');
  const client = join(dir, 'client.cjs');
  writeFileSync(client, clientText.replace('SOCKET', JSON.stringify(path)));
  chmodSync(client, 0o755);
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    let head = Buffer.alloc(0);
    const onHead = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\n');
      if (end === -1) return;
      socket.off('data', onHead);
      const words: string[] = JSON.parse(head.subarray(0, end).toString('utf8'));
      const [program = '', ...args] = [...before, ...words];
      const inner = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
      inner.stdin.on('error', () => {});
      inner.stdin.write(head.subarray(end + 1));
      socket.on('data', (more: Buffer) => inner.stdin.write(more));
      inner.stdout.pipe(socket);
    };
    socket.on('data', onHead);
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    client,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
