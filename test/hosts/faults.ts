import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A fault under way on this machine, on loopback or in a namespace of its own. It ends by itself after its time. */
export interface Fault {
  /** Command to put before another so that it runs where the fault is; empty on the machine itself. */
  readonly inside: readonly string[];
  stop(): Promise<void>;
}

const longest = 180;

/**
 * A UDP socket on 127.0.0.1 whose process never reads, and 20 senders' worth of datagrams to it: the receive buffer
 * fills and the kernel counts RcvbufErrors.
 */
export async function udpReceiverAsleep(): Promise<Fault> {
  const receiver = script(`
    const socket = require('node:dgram').createSocket('udp4');
    socket.bind(0, '127.0.0.1', () => {
      require('node:fs').writeSync(1, socket.address().port + '\\n');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${longest * 1000});
    });`);
  const port = await firstLine(receiver);
  const sender = script(`
    const socket = require('node:dgram').createSocket('udp4');
    const datagram = Buffer.alloc(500);
    const timer = setInterval(() => { for (let n = 0; n < 200; n++) socket.send(datagram, ${Number(port)}, '127.0.0.1'); }, 20);
    setTimeout(() => { clearInterval(timer); socket.close(); }, ${longest * 1000});
    process.stdout.write('sending\\n');`);
  await firstLine(sender);
  return { inside: [], stop: () => end([sender, receiver]) };
}

/**
 * A listener that never accepts, on a host (a network namespace) whose somaxconn is 8, and 60 clients that keep trying:
 * the accept queue is full and the kernel counts ListenOverflows. Needs root.
 */
export async function listenerAsleep(): Promise<Fault> {
  const name = `pp-listen-${process.pid}`;
  const inside = ['ip', 'netns', 'exec', name];
  const ip = (...args: string[]): Buffer => execFileSync('ip', args);
  ip('netns', 'add', name);
  ip('-n', name, 'link', 'set', 'lo', 'up');
  execFileSync('ip', ['netns', 'exec', name, 'sh', '-c', 'echo 8 > /proc/sys/net/core/somaxconn']);
  const server = script(
    `const server = require('node:net').createServer();
    server.listen({ port: 7002, host: '127.0.0.1', backlog: 4096 }, () => {
      require('node:fs').writeSync(1, 'listening\\n');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${longest * 1000});
    });`,
    inside,
  );
  await firstLine(server);
  const clients = script(
    `const net = require('node:net');
    for (let n = 0; n < 60; n++) net.connect(7002, '127.0.0.1').on('error', () => undefined);
    setTimeout(() => process.exit(), ${longest * 1000});
    process.stdout.write('connecting\\n');`,
    inside,
  );
  await firstLine(clients);
  return {
    inside,
    stop: async () => {
      await end([clients, server]);
      ip('netns', 'del', name);
    },
  };
}

function script(text: string, inside: readonly string[] = []): ChildProcess {
  const [program = process.execPath, ...args] = [...inside, process.execPath, '-e', text];
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no stdout');
  const [chunk] = await once(child.stdout, 'data');
  return String(chunk).trim();
}

async function end(children: readonly ChildProcess[]): Promise<void> {
  for (const child of children) {
    const gone = once(child, 'exit');
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await gone;
  }
}
