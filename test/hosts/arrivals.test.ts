import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { askArrivals, askRepair } from '../../src/capture/questions/questions.ts';
import { commandTransport } from '../../src/transport/commandShell.ts';
import { localTransport } from '../../src/transport/localShell.ts';
import { busyboxHost } from './busyboxHost.ts';
import { type HeldSockets, python } from './realSockets.ts';

const { signal } = new AbortController();
const isRoot = process.getuid?.() === 0;
const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

const held: HeldSockets[] = [];
afterEach(() => {
  for (const sockets of held.splice(0)) sockets.close();
});

/** A server pinned to CPU 0 with a connection whose peer, another thread, sends from CPU 1: packets arrive there. */
const pinned = `
import os, socket, threading
os.sched_setaffinity(0, {0})
s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(4)
def send():
    os.sched_setaffinity(0, {1})
    c = socket.socket(); c.connect(s.getsockname())
    for each in range(20): c.send(b'x')
    sent.append(c)
sent = []
t = threading.Thread(target=send); t.start()
a, _ = s.accept(); t.join()
print(s.getsockname()[1], os.getpid(), flush=True)
`;

describe.runIf(isRoot)('where packets arrive', () => {
  it('root sees any process: the CPU of the packets beside that of the process', async () => {
    const { port, pid } = await python(pinned, nobody).then(keep);
    const { value } = await askArrivals(localTransport(), signal);
    if (!value.ok) throw new Error(value.reason);
    const { rows, looked, sockets, longestMicroseconds } = value.value;
    const [listener, accepted] = [
      rows.find(({ local, state }) => local === `127.0.0.1:${port}` && state === 'LISTEN'),
      rows.find(({ local, state }) => local === `127.0.0.1:${port}` && state === 'ESTABLISHED'),
    ];
    expect(listener).toMatchObject({ pid, protocol: 'tcp', incomingCpu: null });
    expect(accepted).toMatchObject({ pid, incomingCpu: 1, ranOn: [0], threads: 1 });
    expect(looked).toBeLessThanOrEqual(sockets);
    expect(longestMicroseconds).toBeLessThan(1_000_000);
  });

  it('an ordinary user sees its own processes and no others', async () => {
    const mine = await python(pinned, nobody).then(keep);
    const others = await python(pinned).then(keep);
    const { value } = await askArrivals(commandTransport(nobody, { name: 'nobody', cwd: '/' }), signal);
    if (!value.ok) throw new Error(value.reason);
    const pids = value.value.rows.map(({ pid }) => pid);
    expect(pids).toContain(mine.pid);
    expect(pids).not.toContain(others.pid);
    expect(value.value.hidden).toBeGreaterThan(0);
  });

  it('the connection goes on as if nothing had been', async () => {
    const echo = `
import os, socket, sys
s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(4)
c = socket.socket(); c.connect(s.getsockname()); a, _ = s.accept()
print(s.getsockname()[1], os.getpid(), flush=True)
sys.stdin.readline()
c.send(b'still here'); print(a.recv(100).decode(), flush=True)
`;
    const child = spawn('/usr/bin/python3', ['-c', echo], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const { value } = await askArrivals(localTransport(), signal);
    expect(value.ok && value.value.rows.filter(({ pid }) => pid === child.pid)).toHaveLength(3);
    child.stdin.write('\n');
    const [answer] = await once(child.stdout, 'data');
    expect(String(answer).trim()).toBe('still here');
    child.stdin.end();
  });

  it('says that it takes python3', async () => {
    const userland = busyboxHost();
    try {
      const transport = commandTransport([userland.enter], { name: 'busybox', cwd: '/' });
      expect((await askArrivals(transport, signal)).value).toMatchObject({
        ok: false,
        kind: 'no-tool',
        reason: 'it takes python3, which the host lacks',
      });
    } finally {
      userland.remove();
    }
  });
});

describe.runIf(isRoot)('TCP_REPAIR', () => {
  it('may be used by root', async () => {
    expect((await askRepair(localTransport(), signal)).value).toMatchObject({ ok: true, value: { errno: 0 } });
  });

  it('is refused to an ordinary user', async () => {
    const { value } = await askRepair(commandTransport(nobody, { name: 'nobody', cwd: '/' }), signal);
    expect(value).toMatchObject({ ok: true, value: { errno: 1 } });
  });
});

function keep<T extends HeldSockets>(sockets: T): T {
  held.push(sockets);
  return sockets;
}
