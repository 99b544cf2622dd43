import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A fault under way on this machine, on loopback. It ends by itself after its time. */
export interface Fault {
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
  return { stop: () => end([sender, receiver]) };
}

function script(text: string): ChildProcess {
  return spawn(process.execPath, ['-e', text], { stdio: ['ignore', 'pipe', 'inherit'] });
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
