import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

/** A TCP proxy in a process of its own, so that it takes no time of the one that is measured. */
export interface DelayProxy {
  readonly port: number;
  stop(): void;
}

/** Starts it before a port of 127.0.0.1. What is sent arrives `delayMs` later, each way, in order, at any rate. */
export async function delayProxy(target: number, delayMs: number): Promise<DelayProxy> {
  const child: ChildProcess = fork(join(__dirname, 'delayProxyServer.js'), [String(target), String(delayMs)]);
  const [port] = await once(child, 'message');
  return { port: Number(port), stop: () => child.kill() };
}

/** Median milliseconds of `rounds` echoes of one byte through a proxy with this delay. */
export async function pingMs(delayMs: number, rounds: number): Promise<number[]> {
  const echo = createServer((socket) => socket.setNoDelay(true).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const proxy = await delayProxy(portOf(echo), delayMs);
  const socket = connect(proxy.port, '127.0.0.1').setNoDelay(true);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    socket.write('x');
    await once(socket, 'data');
    times.push(performance.now() - started);
  }
  socket.destroy();
  proxy.stop();
  echo.close();
  return times;
}

/** The port a server got. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
