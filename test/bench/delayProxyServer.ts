// The program behind `delayProxy`: takes the port it leads to and the delay in ms, tells its parent its own port.
import { connect, createServer, type Socket } from 'node:net';
import { portOf } from './delayProxy.ts';

/** Chunks of one delay stay in order: timers of the same length fire in the order they were set. */
function carry(from: Socket, to: Socket, delayMs: number): void {
  from.setNoDelay(true);
  from.on('data', (chunk) => setTimeout(() => to.write(chunk), delayMs));
  from.on('end', () => setTimeout(() => to.end(), delayMs));
  from.on('error', () => to.destroy());
  from.on('close', () => setTimeout(() => to.destroy(), delayMs + 1));
}

function serve(target: number, delayMs: number): void {
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const host = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    carry(client, host, delayMs);
    carry(host, client, delayMs);
  });
  server.listen(0, '127.0.0.1', () => process.send?.(portOf(server)));
  process.on('disconnect', () => process.exit());
}

const [target, delayMs] = process.argv.slice(2);
serve(Number(target), Number(delayMs));
