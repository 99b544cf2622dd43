import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Sockets of this process on loopback, in a state that a test wants. */
export interface HeldSockets {
  readonly port: number;
  close(): void;
}

/** `count` sockets in CLOSE_WAIT on one port, held by this process. */
export async function closeWait(count: number): Promise<HeldSockets> {
  const { server, port, accepted } = await listening();
  const clients = await connected(port, count);
  // They say goodbye, and nobody answers.
  for (const client of clients) client.end();
  await settled(() => accepted.filter((socket) => socket.readableEnded).length === count);
  return { port, close: () => closeAll(server, [...clients, ...accepted]) };
}

/** `count` connections towards one peer that are over: TIME_WAIT is on the side that closed first. */
export async function timeWait(count: number): Promise<HeldSockets> {
  const { server, port, accepted } = await listening();
  const clients = await connected(port, count);
  for (const client of clients) client.end();
  await settled(() => accepted.filter((socket) => socket.readableEnded).length === count);
  for (const socket of accepted) socket.end();
  await settled(() => clients.every((client) => client.closed));
  return { port, close: () => closeAll(server, accepted) };
}

/** A python program that says its port on the first line; it ends with its stdin. */
export async function python(program: string, prefix: readonly string[] = []): Promise<HeldSockets & { pid: number }> {
  // Not one that only root may run.
  const [command = '', ...args] = [...prefix, '/usr/bin/python3', '-c', `${program}\nimport sys; sys.stdin.read()`];
  const child: ChildProcess = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let line = '';
  while (child.stdout !== null && !line.includes('\n')) line += String((await once(child.stdout, 'data'))[0]);
  const [port = Number.NaN, pid = Number.NaN] = line.trim().split(' ').map(Number);
  return { port, pid, close: () => child.stdin?.end() };
}

async function listening(): Promise<{ server: Server; port: number; accepted: Socket[] }> {
  const accepted: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.resume();
    accepted.push(socket);
  });
  server.listen({ host: '127.0.0.1', port: 0, backlog: 511 });
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port, accepted };
}

async function connected(port: number, count: number): Promise<Socket[]> {
  const clients = Array.from({ length: count }, () => connect({ host: '127.0.0.1', port, allowHalfOpen: false }));
  for (const client of clients) client.on('error', () => undefined).resume();
  await Promise.all(clients.map((client) => once(client, 'connect')));
  return clients;
}

async function settled(done: () => boolean): Promise<void> {
  for (let tries = 0; !done(); tries += 1) {
    if (tries === 500) throw new Error('the sockets did not come into the state they were to be in');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function closeAll(server: Server, sockets: readonly Socket[]): void {
  for (const socket of sockets) socket.destroy();
  server.close();
}
